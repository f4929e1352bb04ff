#include "history_mode.h"

#include <fmt/format.h>

#include <stdexcept>
#include <string>

#include "base/standard_streams.h"
#include "base/text.h"
#include "compare/gate.h"
#include "compare/output_parts.h"
#include "history/history_json.h"
#include "history/history_text.h"
#include "history/load_history.h"
#include "history/newest_run.h"

namespace hybrid {
namespace {

/// The comparison must mean something, as between two files.
void CheckComparable(const Comparison& comparison,
                     const HistoryOptions& options) {
  if (comparison.in_common() == 0) {
    throw std::runtime_error(NothingInCommonText(comparison));
  }
  if (comparison.refused() && !options.anyway) {
    throw std::runtime_error(RefusalText(comparison) +
                             " (--anyway compares them all the same)");
  }
}

}  // namespace

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
  try {
    CheckComparable(newest.comparison, options);
  } catch (const std::runtime_error&) {
    if (options.gate) PrintOutput(gate.line + '\n');
    throw;
  }
  PrintOutput(options.format == "json" ? HistoryJson(history, newest)
                                       : HistoryText(history, newest));
  if (options.gate && options.format == "json") {
    PrintError(gate.line + '\n');
  }
  if (newest.comparison.regressions() > 0) return 1;
  return options.gate && gate.verdict == GateVerdict::kUndecided ? 2 : 0;
}

}  // namespace hybrid
