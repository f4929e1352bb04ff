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
  /// The middle of all ratios: what all configurations have in common.
  double shift = 0;
  /// Their standard deviation, from the median distance from the middle, so
  /// that fewer than half of the configurations may have changed.
  double deviation = 0;
};

/// With fewer configurations than this their scatter says too little.
inline constexpr std::size_t kFewestForScatter = 8;

/// Nothing with fewer than kFewestForScatter tested configurations, or where
/// both sides have several runs, which show it better.
///
/// B. Efron, "Large-scale simultaneous hypothesis testing: the choice of a null
/// hypothesis", Journal of the American Statistical Association 99 (2004),
/// 96-104.
std::optional<RunScatter> FindRunScatter(
    std::span<const ComparedConfiguration> configurations);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_RUN_SCATTER_H_
