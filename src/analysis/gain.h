#ifndef HYBRID_ANALYSIS_GAIN_H_
#define HYBRID_ANALYSIS_GAIN_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/split_result.h"

namespace hybrid {

/// The best split's speed-up over one base, a split that one might choose
/// without measuring.
struct Gain {
  /// What the ratio is known by, or why there is none.
  enum class Kind {
    kMeasured,     ///< by the times of completed batches
    kMoreThan,     ///< the base was capped: its batch takes longer than the cap
    kByRate,       ///< by the rates reached, where the cap gives no bound
    kTie,          ///< none: the base ties with the best
    kUnclear,      ///< unknown: too noisy, or run too seldom, to tell
    kNotMeasured,  ///< the base was not in the sweep, or has no rate
    kDisturbed,    ///< the base has no verdict
    kFailed,       ///< the base failed
    kNotRun,       ///< a search or a budget left the base out
  };
  std::string base;  ///< what the base is called, such as "cores × 1"
  Split split;       ///< the base itself
  Kind kind = Kind::kNotMeasured;
  double ratio = 0;  ///< the base's time over the best's; 0 if there is none
};

/// The gain of the first of `splits`, which is the best, over `split`, a base
/// called `name`.
Gain GainOver(std::string_view name, Split split,
              std::span<const SplitResult> splits);

/// What the bases that FindGains compares with are called, in its order.
inline constexpr std::array<std::string_view, 4> kGainBases{
    "1 × 1", "cores × 1", "1 × cores", "cores × cores"};

/// The gains of the first of `splits`, which is the best, over the usual rules
/// of thumb, one for each of kGainBases; on one core, where these are all the
/// same split, only over the first base.
std::vector<Gain> FindGains(std::uint64_t cores,
                            std::span<const SplitResult> splits);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_GAIN_H_
