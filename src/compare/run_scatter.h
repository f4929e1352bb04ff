#ifndef HYBRID_COMPARE_RUN_SCATTER_H_
#define HYBRID_COMPARE_RUN_SCATTER_H_

#include <cstddef>
#include <optional>
#include <span>

namespace hybrid {

struct ComparedConfiguration;

/// What two runs differ by as a whole, in logarithms of the ratio: where pages
/// lie, what neighbours do for minutes. Repetitions within one run do not show
/// it. Most configurations do not change from one run to the next, so that
/// their ratios tell.
struct RunScatter {
  /// The median of the ratios: what all configurations have in common.
  double shift = 0;
  /// The standard deviation of the ratios, from their median distance from
  /// `shift`, so that fewer than half of the configurations may have changed.
  double deviation = 0;
};

/// Fewer ratios than this say too little of their scatter.
inline constexpr std::size_t kFewestForScatter = 8;

/// What the two sides differ by as a whole, from the ratios of all tested
/// configurations but those with several runs on both sides, which show it
/// better. Nothing with fewer than kFewestForScatter of these.
///
/// B. Efron, "Large-scale simultaneous hypothesis testing: the choice of a null
/// hypothesis", Journal of the American Statistical Association 99 (2004),
/// 96-104.
std::optional<RunScatter> FindRunScatter(
    std::span<const ComparedConfiguration> configurations);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_RUN_SCATTER_H_
