#ifndef HYBRID_STATISTICS_DRIFT_H_
#define HYBRID_STATISTICS_DRIFT_H_

#include <cstddef>
#include <optional>
#include <span>

#include "statistics/theil_sen.h"

namespace hybrid {

/// The growth per run if a straight line (Theil-Sen) tells more of `points`
/// than the levels between `cuts` do, by Schwarz's criterion: what grows a
/// little with every run would otherwise pass for a stair. Two even steps
/// among few runs may pass for a drift in turn.
///
/// G. Schwarz, "Estimating the dimension of a model", Annals of Statistics 6
/// (1978), 461-464.
std::optional<double> FindDrift(std::span<const TrendPoint> points,
                                std::span<const std::size_t> cuts);

}  // namespace hybrid

#endif  // HYBRID_STATISTICS_DRIFT_H_
