#ifndef HYBRID_BENCH_FLAGS_MIN_TIME_H_
#define HYBRID_BENCH_FLAGS_MIN_TIME_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "flags/google_flags.h"

namespace hybrid {

/// More than 11 days: the longest that a repetition may be asked to take.
inline constexpr double kMostSeconds = 1e6;

/// How long a repetition is, as --benchmark_min_time says in any release of
/// Google Benchmark: for at least so many seconds (`0.1`, `0.1s`), or so many
/// iterations (`10x`).
struct MinTime {
  double seconds = kDefaultMinTimeS;  ///< while there are no `iterations`
  std::optional<std::int64_t> iterations;
};

/// What the value `text` says; nothing if that is neither.
std::optional<MinTime> ParseMinTime(std::string_view text);

/// What `flags` say, by default if by nothing else.
MinTime MinTimeOf(const GoogleFlags& flags);

/// One text for all that mean the same: `0.1` or `10x`.
std::string MinTimeText(const MinTime& min_time);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_MIN_TIME_H_
