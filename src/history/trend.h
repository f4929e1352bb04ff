#ifndef HYBRID_HISTORY_TREND_H_
#define HYBRID_HISTORY_TREND_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "history/series.h"

namespace hybrid {

/// Where a configuration's time went over the runs.
struct Trend {
  std::size_t runs = 0;  ///< with a median
  /// Growth of the time per run, of the logarithms: 0.01 is 1 % slower each.
  std::optional<double> slope_per_run;
  std::optional<double> first_to_last;  ///< the last median over the first
  std::optional<double> last_s;         ///< the newest median
};

Trend FindTrend(const Series& series);

/// One block for each of the newest `runs` of `run_count` runs, from ▁ (fast)
/// to █ (slow) on a logarithmic scale; `×` where the configuration was capped,
/// failed or disturbed, a blank where it was not measured. The scale spans at
/// least 10 %, so that noise does not look like mountains.
std::string Sparkline(const Series& series, std::size_t run_count,
                      std::size_t runs = 40);

}  // namespace hybrid

#endif  // HYBRID_HISTORY_TREND_H_
