#ifndef HYBRID_STATISTICS_SIGNED_RANK_H_
#define HYBRID_STATISTICS_SIGNED_RANK_H_

#include <cstddef>
#include <optional>
#include <span>

#include "statistics/bootstrap.h"

namespace hybrid {

/// How often pairs whose differences lie about `center` or below would show
/// differences as far above it as these: the one-sided p-value of the
/// signed-rank test, which flips the signs of the ranked differences in all
/// ways. Exact, ties included; beyond 60 differences the normal approximation.
/// What equals `center` is left out. 1 if nothing is left; nothing if a
/// difference is not finite.
///
/// F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics
/// Bulletin 1 (1945), 80-83.
std::optional<double> ChanceAbove(std::span<const double> differences,
                                  double center);

/// The smallest p-value that so many differences can give: 2⁻ⁿ.
double SmallestChanceAbove(std::size_t differences);

/// The center of differences, and where it may lie.
struct PairedCenter {
  double center = 0;  ///< the median of all means of two differences
  /// Of those means, between the two that the test at this level no longer
  /// refuses; the whole range if the differences are too few for the level.
  Interval interval;
};

/// Where the center of `differences` lies, with the confidence 1 - `level`
/// (two-sided): what ChanceAbove would not refuse. A single outlier moves it
/// little. Nothing without differences, or if one is not finite.
///
/// J. L. Hodges and E. L. Lehmann, "Estimates of location based on rank tests",
/// Annals of Mathematical Statistics 34 (1963), 598-611; J. W. Tukey's interval
/// as in M. Hollander and D. A. Wolfe, "Nonparametric Statistical Methods"
/// (1973), section 3.4.
std::optional<PairedCenter> CenterOf(std::span<const double> differences,
                                     double level);

}  // namespace hybrid

#endif  // HYBRID_STATISTICS_SIGNED_RANK_H_
