#include "history_mode.h"

#include <fmt/format.h>

#include <stdexcept>
#include <string>

#include "base/standard_streams.h"
#include "base/text.h"
#include "compare/gate.h"
#include "compare_outcome.h"
#include "history/history_json.h"
#include "history/history_text.h"
#include "history/load_history.h"
#include "history/newest_run.h"

namespace hybrid {

int ShowHistory(const HistoryOptions& options) {
  if (options.format != "text" && options.format != "json") {
    throw std::runtime_error("--format: --history knows text and json");
  }
  if (options.window == 0) {
    throw std::runtime_error("--window: at least 1 run to compare with");
  }
  LoadSettings settings;
  settings.anyway = options.anyway;
  settings.filter = options.filter;
  settings.steps.threshold = options.compare.threshold;
  const History history = LoadHistory(options.folders, settings);
  for (const std::string& file : history.unreadable) {
    PrintError(fmt::format("hybrid-compare: left out: {}\n", OneLine(file)));
  }
  NewestRun newest = CompareNewest(history, options.window, options.compare);
  newest.output.all = options.all;
  newest.output.anyway = options.anyway;
  newest.output.gate = options.gate;
  const Gate gate = FindGate(newest.comparison, options.anyway);
  const std::string problem =
      WhyNotComparable(newest.comparison, options.anyway);
  if (!problem.empty()) {
    if (options.gate) PrintOutput(gate.line + '\n');
    throw std::runtime_error(problem);
  }
  PrintOutput(options.format == "json" ? HistoryJson(history, newest)
                                       : HistoryText(history, newest));
  if (options.gate && options.format == "json") {
    PrintError(gate.line + '\n');
  }
  return ExitStatus(newest.comparison, gate, options.gate);
}

}  // namespace hybrid
