#ifndef HYBRID_STATISTICS_VARIANCE_COMPONENTS_H_
#define HYBRID_STATISTICS_VARIANCE_COMPONENTS_H_

#include <cstddef>
#include <optional>
#include <span>

#include "statistics/bootstrap.h"

namespace hybrid {

/// What makes samples scatter: the run that they are of, and what differs
/// within it. Standard deviations of logarithms, which are relative ones.
struct VarianceComponents {
  std::size_t runs = 0;
  std::size_t samples = 0;
  /// From run to run, without what repetitions within a run explain; 0 where
  /// these explain all of it. Nothing unless a side has several runs and a run
  /// several samples.
  std::optional<double> between_runs;
  /// Within a run. Nothing unless a run has several samples.
  std::optional<double> within_runs;
  /// Both together, where every run has one sample: nothing else can be told.
  std::optional<double> undivided;

  /// The standard deviation of the mean of `runs` with `samples_per_run` each;
  /// nothing unless both parts are known. Both counts are positive.
  std::optional<double> ErrorOfMean(double runs, double samples_per_run) const;
};

/// The components that all `sides` have in common, each about a mean of its
/// own. Samples are positive.
///
/// One-way random effects with unequal numbers, by the method of moments
/// (ANOVA estimators): S. R. Searle, G. Casella and C. E. McCulloch, "Variance
/// Components" (1992), section 3.6.
VarianceComponents FindVarianceComponents(std::span<const Runs> sides);

}  // namespace hybrid

#endif  // HYBRID_STATISTICS_VARIANCE_COMPONENTS_H_
