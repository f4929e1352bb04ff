#ifndef HYBRID_HISTORY_HISTORY_OUTPUT_H_
#define HYBRID_HISTORY_HISTORY_OUTPUT_H_

#include <cstddef>
#include <span>
#include <string>

#include "base/json_fwd.h"
#include "compare/comparison.h"
#include "compare/output.h"
#include "history/load_history.h"

namespace hybrid {

/// The newest run against those before it.
struct NewestRun {
  std::size_t window = 0;  ///< how many runs before it
  Comparison comparison;
  OutputSettings output;
};

/// Compares the newest run of `history` with up to `window` runs before it, of
/// which it reads the files again. Throws ResultsError, also if there is no run
/// before it.
NewestRun CompareNewest(const History& history, std::size_t window,
                        const CompareSettings& settings);

/// For terminals: whose history it is, the newest run against those before it,
/// steps worst first, and a trend for each configuration.
std::string HistoryText(const History& history, const NewestRun& newest);

/// The array `history.series` of a report's data: for each configuration its
/// parameters, points, steps, outlier runs, drift and trend, times in seconds,
/// null for what is missing. A run is the number that `run_numbers` gives for
/// its index in `history`; without any its index.
JsonArray SeriesJson(const History& history,
                     std::span<const std::size_t> run_numbers = {});

/// Everything that HistoryText tells, as one JSON document.
std::string HistoryJson(const History& history, const NewestRun& newest);

}  // namespace hybrid

#endif  // HYBRID_HISTORY_HISTORY_OUTPUT_H_
