#include "history_mode.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/standard_streams.h"
#include "base/text.h"
#include "compare/gate.h"
#include "compare_outcome.h"
#include "history/history_gate.h"
#include "history/history_json.h"
#include "history/history_text.h"
#include "history/load_history.h"
#include "history/newest_run.h"
#include "results/row_format.h"

namespace hybrid {

namespace {

/// The index of the run that --accept names, by its first letters where those
/// are of one run only. Throws
/// std::runtime_error if there is no such run.
std::optional<std::size_t> FindAccepted(const HistoryOptions& options,
                                        const History& history) {
  if (options.accept.empty()) return std::nullopt;
  std::vector<std::size_t> fitting;
  for (std::size_t i = 0; i < history.runs.size(); ++i) {
    const std::string& run_id = history.runs[i].run_id;
    if (run_id == options.accept) return i;
    if (run_id.starts_with(options.accept)) fitting.push_back(i);
  }
  if (fitting.size() == 1) return fitting[0];
  if (fitting.size() > 1) {
    throw std::runtime_error(fmt::format(
        "--accept: {} runs begin with '{}', such as {} and {}: give more of it",
        fitting.size(), Excerpt(options.accept),
        history.runs[fitting[0]].run_id, history.runs[fitting[1]].run_id));
  }
  throw std::runtime_error(
      fmt::format("--accept: none of the {} runs in {} is '{}'; the newest is "
                  "{}",
                  history.runs.size(), fmt::join(options.folders, ", "),
                  Excerpt(options.accept), history.runs.back().run_id));
}

History LoadWith(const HistoryOptions& options) {
  LoadSettings settings;
  settings.anyway = options.anyway;
  settings.filter = options.filter;
  settings.steps.threshold = options.compare.threshold;
  settings.steps.judge_bimodal = options.compare.judge_bimodal;
  return LoadHistory(options.folders, settings);
}

}  // namespace

int ShowHistory(const HistoryOptions& options) {
  if (options.format != "text" && options.format != "json") {
    throw std::runtime_error("--format: --history knows text and json");
  }
  if (options.window == 0) {
    throw std::runtime_error("--window: at least 1 run to compare with");
  }
  const History history = LoadWith(options);
  const Window window = {.runs = options.window,
                         .accepted = FindAccepted(options, history)};
  for (const std::string& file : history.left_out) {
    PrintError(fmt::format("hybrid-compare: left out: {}\n", OneLine(file)));
  }
  NewestRun newest = CompareNewest(history, window, options.compare);
  newest.output.all = options.all;
  std::optional<Gate> gate;
  if (options.gate) gate = FindHistoryGate(history, newest, options.anyway);
  const std::string problem =
      WhyNotComparable(newest.comparison, options.anyway);
  if (!problem.empty()) return RefuseComparison(problem, gate, options.format);
  const bool is_json = options.format == "json";
  PrintOutput(is_json ? HistoryJson(history, newest, gate)
                      : HistoryText(history, newest, gate));
  if (!gate) return NewestRegressed(history, newest) ? kRegression : 0;
  if (GateStandsApart(options.format)) PrintError(gate->line + '\n');
  return ExitStatus(*gate);
}

}  // namespace hybrid
