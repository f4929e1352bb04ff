#ifndef HYBRID_COMPARE_WHY_H_
#define HYBRID_COMPARE_WHY_H_

#include <optional>
#include <vector>

#include "compare/comparison.h"
#include "compare/conditions.h"
#include "compare/judge.h"
#include "compare/side_runs.h"
#include "statistics/variance_components.h"

namespace hybrid {

/// What one side measured of the configuration, and how that scatters.
struct WhySide {
  std::vector<SideRun> runs;
  VarianceComponents variance;
};

/// All that the verdict on one configuration goes by.
struct Why {
  ComparedConfiguration compared;
  Jury jury;  ///< that of all configurations together
  WhySide baseline;
  WhySide now;
  VarianceComponents variance;  ///< that both sides have in common
  /// Measured in turn, the standard deviation of the logarithms of the pairs
  /// that count; nothing of fewer than two.
  std::optional<double> pair_deviation;
  /// Where times decide, since both sides completed, or pairs do.
  std::optional<TimeConditions> conditions;
  /// Where one side was capped, and the other completed: else empty.
  Conditions cap_conditions;
  /// Of its group, where it is the best split of both sides.
  std::optional<BestTime> best;
};

/// Explains the verdict of `comparison` on `compared`, one of its
/// configurations, of which the sides have these runs.
Why Explain(const Comparison& comparison, const ComparedConfiguration& compared,
            std::vector<SideRun> baseline, std::vector<SideRun> now);

/// The standard error, as a logarithm, of the ratio of the sides' mean times,
/// by the variance that they have in common, if either side had `more_runs`
/// times its runs, and `more_samples` times the samples in each. Nothing where
/// that is not known.
std::optional<double> ErrorOfRatio(const Why& why, double more_runs,
                                   double more_samples);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_WHY_H_
