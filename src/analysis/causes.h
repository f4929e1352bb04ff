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

/// A second cause is named beside one that explains less than kMostOfIt, if it
/// explains at least kSecondPart itself.
inline constexpr double kMostOfIt = 0.8;
inline constexpr double kSecondPart = 0.2;

/// Why `input.split` is slower than the best. Of all rules' findings the one
/// with the greatest severity, though none counts for more than the slowdown
/// itself; of equal ones the first in the order of Cause. kUnknown, with what
/// is known, if none is dominant.
Finding DominantCause(const RuleInput& input);

/// What makes `split` tie with the best: the noise floor if its slowdown is
/// below that, else the test.
Finding WithinNoise(const SplitResult& split,
                    const std::optional<NoiseFloor>& floor);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_CAUSES_H_
