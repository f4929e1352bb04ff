#ifndef HYBRID_ANALYSIS_CAUSES_H_
#define HYBRID_ANALYSIS_CAUSES_H_

#include <optional>

#include "analysis/finding.h"
#include "analysis/noise_floor.h"
#include "analysis/rule_input.h"
#include "analysis/split_result.h"

namespace hybrid {

/// A cause is dominant if it explains at least this part of the slowdown's
/// logarithm: with less, something else weighs as much.
inline constexpr double kDominantPart = 0.5;

/// A dominant cause that explains at least this part of the slowdown's
/// logarithm is named alone, without a second one.
inline constexpr double kMostOfIt = 0.8;

/// A cause that explains less than this part of the slowdown's logarithm is not
/// named as the second one.
inline constexpr double kSecondPart = 0.2;

/// Why `input.split` is slower than the best. Of all rules' findings the one
/// with the greatest severity, though none counts for more than the slowdown
/// itself; of equal ones the first in the order of Cause. Its text names the
/// second one too, where both are needed to explain the slowdown. kUnknown,
/// with what is known, if no cause is dominant, nor two together.
Finding DominantCause(const RuleInput& input);

/// Why `split` can't be told from the best: the noise floor if its slowdown is
/// not beyond that, else the p-value of the test.
Finding WithinNoise(const SplitResult& split,
                    const std::optional<NoiseFloor>& floor);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_CAUSES_H_
