#include "history/newest_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "results/results_error.h"

namespace hybrid {

NewestRun CompareNewest(const History& history, const Window& window,
                        const CompareSettings& settings) {
  const std::size_t last = history.runs.size() - 1;
  const HistoryRun& run = history.runs[last];
  if (last == 0) {
    throw ResultsError(fmt::format(
        "{}: the only run; a history needs at least two", run.file));
  }
  NewestRun newest;
  newest.asked = window;
  newest.window = std::min(window.runs, last);
  if (window.accepted && *window.accepted < last) {
    newest.window = std::min(newest.window, last - *window.accepted);
  }
  const std::size_t first = last - newest.window;
  newest.comparison = Compare(ReadRunRows(history, first, last),
                              ReadRunRows(history, last, last + 1), settings);
  newest.output.baseline =
      newest.window == 1
          ? fmt::format("run {}", history.runs[first].time_utc)
          : fmt::format("the {} runs from {} to {}", newest.window,
                        history.runs[first].time_utc,
                        history.runs[last - 1].time_utc);
  newest.output.now = fmt::format("run {}", run.time_utc);
  return newest;
}

}  // namespace hybrid
