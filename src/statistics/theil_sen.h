#ifndef HYBRID_STATISTICS_THEIL_SEN_H_
#define HYBRID_STATISTICS_THEIL_SEN_H_

#include <optional>
#include <span>

namespace hybrid {

/// A value at a run; runs in between may be missing.
struct TrendPoint {
  double run = 0;
  double value = 0;
};

/// The median of the slopes of all pairs of points; nothing with fewer than
/// two. Nearly a third of the points may be wild without moving it much.
///
/// H. Theil, "A rank-invariant method of linear and polynomial regression
/// analysis", Proceedings of the KNAW 53 (1950), 386-392; P. K. Sen, "Estimates
/// of the regression coefficient based on Kendall's tau", Journal of the
/// American Statistical Association 63 (1968), 1379-1389.
std::optional<double> TheilSen(std::span<const TrendPoint> points);

}  // namespace hybrid

#endif  // HYBRID_STATISTICS_THEIL_SEN_H_
