#include "history/history_text.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analysis/format_units.h"
#include "base/text.h"
#include "compare/compare_text.h"
#include "compare/output_parts.h"
#include "compare/table_layout.h"
#include "history/series.h"
#include "history/steps_text.h"
#include "history/trend.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// Of a configuration's name, runs, newest time, growth per run, newest over
/// first time and sparkline.
constexpr std::array kTrendColumns = {Alignment::kLeft,  Alignment::kRight,
                                      Alignment::kRight, Alignment::kRight,
                                      Alignment::kRight, Alignment::kLeft};

/// Of which machine, runs and commits the history is, and what was left out.
std::string RunsText(const History& history) {
  const HistoryRun& oldest = history.runs.front();
  const HistoryRun& newest = history.runs.back();
  std::set<std::string> commits;
  for (const HistoryRun& run : history.runs) commits.insert(run.git_commit);
  std::string text = fmt::format(
      "machine   {}{}\nruns      {}, {} to {}\ncommits   {} to {} ({} in "
      "all)\n",
      history.machine_id.empty() ? "without an id" : history.machine_id,
      history.cpu_model.empty() ? "" : ": " + history.cpu_model,
      history.runs.size(), oldest.time_utc, newest.time_utc,
      CommitText(oldest.git_commit), CommitText(newest.git_commit),
      commits.size());
  for (const std::string& file : history.left_out) {
    text += "left out  " + OneLine(file) + '\n';
  }
  return text;
}

std::string SlopeText(const Trend& trend) {
  if (!trend.slope_per_run) return "-";
  const double percent = 100 * *trend.slope_per_run;
  // What rounds to nothing has no sign: not "-0.0 %".
  return std::abs(percent) < 0.05 ? "0.0 %" : fmt::format("{:+.1f} %", percent);
}

TableLine TrendLine(const Series& series, std::size_t runs) {
  const Trend trend = FindTrend(series);
  return {KeyText(series.key, KeyStyle::kShort),
          std::to_string(trend.runs),
          trend.last_s ? FormatSeconds(*trend.last_s) : "-",
          SlopeText(trend),
          trend.first_to_last ? FormatRatio(*trend.first_to_last) : "-",
          Sparkline(series, runs)};
}

std::string TrendText(const History& history) {
  std::vector<TableLine> lines = {TableLine{"configuration", "runs", "newest",
                                            "per run", "first→newest",
                                            "slow █ fast ▁"}};
  std::size_t disturbed = 0;
  for (const Series& series : history.series) {
    lines.push_back(TrendLine(series, history.runs.size()));
    for (const Point& point : series.points) disturbed += point.disturbed;
  }
  std::string text = "Trend\n" + TableText(lines, kTrendColumns, 2);
  if (disturbed > 0) {
    text += fmt::format("  {} left out: something else disturbed {}\n",
                        disturbed == 1
                            ? "1 repetition was"
                            : fmt::format("{} repetitions were", disturbed),
                        disturbed == 1 ? "it" : "them");
  }
  return text;
}

}  // namespace

std::string HistoryText(const History& history, const NewestRun& newest,
                        const std::optional<Gate>& gate) {
  return RunsText(history) + '\n' +
         CompareText(newest.comparison, newest.output) + '\n' +
         StepsText(history) + '\n' + TrendText(history) +
         (gate ? gate->line + '\n' : "");
}

}  // namespace hybrid
