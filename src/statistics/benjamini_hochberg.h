#ifndef HYBRID_STATISTICS_BENJAMINI_HOCHBERG_H_
#define HYBRID_STATISTICS_BENJAMINI_HOCHBERG_H_

#include <span>
#include <vector>

namespace hybrid {

/// The p-values of many tests, in their order, adjusted so that among those of
/// at most q the expected share of false discoveries is at most q.
///
/// Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate: a
/// practical and powerful approach to multiple testing", Journal of the Royal
/// Statistical Society B 57 (1995), 289-300.
std::vector<double> BenjaminiHochberg(std::span<const double> p_values);

}  // namespace hybrid

#endif  // HYBRID_STATISTICS_BENJAMINI_HOCHBERG_H_
