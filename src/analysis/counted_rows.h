#ifndef HYBRID_ANALYSIS_COUNTED_ROWS_H_
#define HYBRID_ANALYSIS_COUNTED_ROWS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "results/row.h"

namespace hybrid {

/// How the repetitions of one configuration ended, taken together.
enum class PooledStatus : std::uint32_t {
  kOk,         ///< all completed
  kCapped,     ///< one or more were stopped at the time limit, none failed
  kDisturbed,  ///< all completed, but too few of them undisturbed
  kFailed,     ///< one or more failed, or have no time
  kSkipped,    ///< a search or a budget left the split out
  kMissing,    ///< there are none
};
template <>
inline constexpr std::array<std::string_view, 6> kNames<PooledStatus>{
    "ok", "capped", "disturbed", "failed", "skipped", "missing"};

/// Where repetitions were disturbed, at least this many others must be left.
inline constexpr std::size_t kFewestUndisturbed = 3;

/// The rows of one configuration, by what they are good for.
struct CountedRows {
  PooledStatus status = PooledStatus::kMissing;
  std::vector<const Row*> counted;   ///< completed, and nothing disturbed them
  std::vector<const Row*> left_out;  ///< completed, but disturbed
  /// Of `counted` those that were disturbed: a search's, which has too few
  /// others.
  std::size_t disturbed = 0;
  std::vector<const Row*> capped;  ///< at the time limit, disturbed or not
  bool skipped = false;            ///< there are none, and a row says so
  std::string error;  ///< why the first one that failed did; empty: none did

  /// How many repetitions completed, disturbed ones included.
  std::size_t completed() const { return counted.size() + left_out.size(); }
};

/// Sorts the rows of one configuration. The one rule for repetitions that
/// something else disturbed: they are left out where kFewestUndisturbed others
/// remain; otherwise the configuration has no verdict. One error fails it,
/// whatever else was measured, and one capped repetition caps it; of launches
/// a grid's first one does, or a search's last, and another one that was capped
/// counts as what it took
/// until then, which is the least that it would have taken. A search launches
/// most splits once or twice, each beside others of the same round: there what
/// was disturbed counts where it is all there is. What was launched
/// for a search's bounds is no measurement of the configuration.
CountedRows CountRows(std::span<const Row* const> rows);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_COUNTED_ROWS_H_
