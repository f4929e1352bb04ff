#ifndef HYBRID_COMPARE_PAIRS_H_
#define HYBRID_COMPARE_PAIRS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "foreign/google_benchmark.h"
#include "key/key.h"
#include "results/row.h"
#include "statistics/bootstrap.h"
#include "statistics/paired_verdict.h"

namespace hybrid {

/// Which time of a side counts in a pair.
enum class PairTime : std::uint32_t {
  /// Its fastest batch, or repetition: what disturbs a machine for a moment
  /// spares some, so that two of them, a tenth of a second apart, differ by a
  /// fraction of what two medians do. J. Chen and J. Revels, "Robust
  /// benchmarking in noisy environments" (2016).
  kFastest,
  kMedian,  ///< its median batch, or repetition: what a user mostly waits for
};
template <>
inline constexpr std::array<std::string_view, 2> kNames<PairTime>{"fastest",
                                                                  "median"};

/// Each configuration is tested as often: by each time.
inline constexpr std::size_t kPairTimes = kNames<PairTime>.size();

/// What both sides took in one round, one right behind the other.
struct Pair {
  std::size_t round = 0;  ///< from 1 on
  double baseline_s = 0;
  double now_s = 0;
  /// What disturbed a side, for which the pair is left out; empty: it counts.
  std::string disturbance{};

  /// The logarithm of the new time over the baseline's. Where one side was
  /// capped beyond the other's time, the bound that this is.
  double log_ratio() const;
  bool operator==(const Pair&) const = default;
};

/// The pairs of one configuration, in the order of their rounds. A round in
/// which a side has no time, or only caps tell, makes none.
using Pairs = std::vector<Pair>;

/// The logarithms of those that count.
std::vector<double> LogRatios(const Pairs& pairs);

/// The same rounds by either time. Where a side does not tell its fastest
/// batch, both count with their median there, too.
struct PairsByTime {
  Pairs fastest;
  Pairs median;
};

/// What the pairs of one configuration say.
struct WeighedPairs {
  PairTime time = PairTime::kMedian;
  Pairs pairs;
  PairedEvidence evidence;
  Interval interval;       ///< of the logarithms' center: 95 %
  Interval look_interval;  ///< the same, as sure as a look has to be
  Looks looks;  ///< how often may be looked, and how sure each has to be
  /// By the median though there were fastest times, which tell less.
  bool hides_fastest = false;
  /// How many rounds more would decide, estimated; nothing if no number would.
  std::optional<std::size_t> more_rounds{};
};

/// The rows of both sides, of each round those of one side.
using RowRounds = std::span<const std::vector<Row>>;

/// The pairs of each configuration that both sides have.
std::map<Key, PairsByTime> PairRows(RowRounds baseline, RowRounds now);

/// The same by name, of a run each round.
std::map<std::string, PairsByTime> PairBenchmarks(
    std::span<const BenchmarkRun> baseline, std::span<const BenchmarkRun> now);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_PAIRS_H_
