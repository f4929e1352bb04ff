#ifndef HYBRID_STATISTICS_SIGN_FLIP_H_
#define HYBRID_STATISTICS_SIGN_FLIP_H_

#include <cstddef>
#include <optional>
#include <span>

#include "statistics/bootstrap.h"

namespace hybrid {

/// How often pairs whose differences scatter evenly about `center` or less
/// would show differences as far above it as these: the one-sided p-value of a
/// sign-flip permutation test. Of differences about `center` either sign is as
/// likely, so all 2ⁿ ways to give signs are counted, by the sum of the
/// differences. One further from `center` than the median of them counts as
/// that median: an outlier weighs as much as any other, and no more, whereas by
/// their ranks (Wilcoxon's test) two disturbed pairs in thirty outweigh ten.
/// What equals `center` tells nothing. Exact up to 100 differences, beyond the
/// normal approximation. 1 without differences; nothing if one is not finite.
///
/// E. J. G. Pitman, "Significance tests which may be applied to samples from
/// any populations", Supplement to the Journal of the Royal Statistical Society
/// 4 (1937), 119-130; P. J. Huber, "Robust estimation of a location parameter",
/// Annals of Mathematical Statistics 35 (1964), 73-101, for the bound.
std::optional<double> ChanceAbove(std::span<const double> differences,
                                  double center);

/// The smallest p-value that so many differences can give: 2⁻ⁿ.
double SmallestChanceAbove(std::size_t differences);

/// The median of all means of two differences: it lies where they center, and
/// an outlier moves it little. Nothing without differences.
///
/// J. L. Hodges and E. L. Lehmann, "Estimates of location based on rank tests",
/// Annals of Mathematical Statistics 34 (1963), 598-611.
std::optional<double> CenterOf(std::span<const double> differences);

/// The centers that ChanceAbove doesn't refuse, in either direction, with the
/// confidence 1 - `level`; the whole range of the differences if they are too
/// few for that. Nothing without any, or if one is not finite.
std::optional<Interval> CenterInterval(std::span<const double> differences,
                                       double level);

}  // namespace hybrid

#endif  // HYBRID_STATISTICS_SIGN_FLIP_H_
