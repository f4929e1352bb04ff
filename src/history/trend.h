#ifndef HYBRID_HISTORY_TREND_H_
#define HYBRID_HISTORY_TREND_H_

#include <cstddef>
#include <optional>
#include <string>

#include "history/series.h"

namespace hybrid {

/// Where a configuration's time went over the runs. Only runs with a median
/// count.
struct Trend {
  std::size_t runs = 0;  ///< how many have a median
  /// Growth of the time per run: 0.01 is 1 % slower each. Nothing with fewer
  /// than two runs.
  std::optional<double> slope_per_run;
  /// The newest median over the oldest. Nothing with fewer than two runs.
  std::optional<double> first_to_last;
  std::optional<double> last_s;  ///< the newest median, in seconds
};

/// The trend of `series`: the slope is that of Theil and Sen (TheilSen) through
/// the logarithms of the runs' medians.
Trend FindTrend(const Series& series);

/// One block for each of the newest `runs` of `run_count` runs, from ▁ (fast)
/// to █ (slow) on a logarithmic scale; `×` where the configuration was capped,
/// failed or disturbed, a blank where it was not measured. The scale spans at
/// least 10 %, so that noise does not look like mountains.
std::string Sparkline(const Series& series, std::size_t run_count,
                      std::size_t runs = 40);

}  // namespace hybrid

#endif  // HYBRID_HISTORY_TREND_H_
