#ifndef HYBRID_STATISTICS_MANN_WHITNEY_H_
#define HYBRID_STATISTICS_MANN_WHITNEY_H_

#include <cstddef>
#include <optional>
#include <span>

namespace hybrid {

/// Up to this many samples on both sides together the p-value is exact.
inline constexpr std::size_t kExactSamples = 60;

/// The two-sided p-value of the Mann-Whitney U test: how often samples that
/// come from one distribution would be ranked as unevenly between `a` and `b`
/// as these. Equal samples share their ranks' mean. Exact, ties included, up
/// to kExactSamples: all ways to divide the ranks are counted; beyond, the
/// normal approximation with corrections for ties and for continuity. Nothing
/// if a side is empty or a sample is not a number.
///
/// H. B. Mann and D. R. Whitney, "On a test of whether one of two random
/// variables is stochastically larger than the other", Annals of Mathematical
/// Statistics 18 (1947), 50-60.
std::optional<double> MannWhitney(std::span<const double> a,
                                  std::span<const double> b);

/// The smallest p-value that the test can give for sides of these sizes,
/// without ties: 2 / C(a + b, a). 1 if a side is empty.
double SmallestMannWhitneyP(std::size_t a, std::size_t b);

}  // namespace hybrid

#endif  // HYBRID_STATISTICS_MANN_WHITNEY_H_
