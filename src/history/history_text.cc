#include "history/history_text.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "analysis/format_units.h"
#include "base/text.h"
#include "compare/compare_text.h"
#include "compare/output_parts.h"
#include "compare/table_layout.h"
#include "history/series.h"
#include "history/steps.h"
#include "history/trend.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// Of a configuration's name, runs, newest time, growth per run, newest over
/// first time and sparkline.
constexpr std::array kTrendColumns = {Alignment::kLeft,  Alignment::kRight,
                                      Alignment::kRight, Alignment::kRight,
                                      Alignment::kRight, Alignment::kLeft};

std::string CommitText(const std::string& commit) {
  return commit.empty() ? "unknown" : commit;
}

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
  for (const std::string& file : history.unreadable) {
    text += "left out  " + OneLine(file) + '\n';
  }
  return text;
}

/// "1.12× slower", "1.30× faster".
std::string StepRatioText(double ratio) {
  return ratio >= 1 ? FormatRatio(ratio) + " slower"
                    : FormatRatio(1 / ratio) + " faster";
}

/// "gemm n=64 batch=8 2×1: 1.20× slower from run 2026-01-08T12:00:00Z on, …".
std::string StepText(const History& history, const Step& step) {
  const std::string label =
      KeyText(history.series[step.series].key, KeyStyle::kShort);
  const std::string ratio = StepRatioText(step.ratio);
  const std::string& time = history.runs[step.run].time_utc;
  const std::string commit = CommitText(step.commit);
  switch (step.kind) {
    case StepKind::kOutlierRun:
      return fmt::format("{}: outlier run {}, {}, commit {}", label, time,
                         ratio, commit);
    case StepKind::kDrift:
      return fmt::format(
          "{}: {} little by little from run {} to {}, commits {} to {}, p {}",
          label, ratio, history.runs[step.run_before].time_utc, time,
          CommitText(step.commit_before), commit,
          ProbabilityText(step.p_value));
    case StepKind::kStep:
      break;
  }
  std::string text = fmt::format("{}: {} from run {} on, ", label, ratio, time);
  if (step.commit == step.commit_before) {
    text += fmt::format("commit {} before and after, so not by the program",
                        commit);
  } else {
    text += fmt::format("commit {} (before: {})", commit,
                        CommitText(step.commit_before));
  }
  return text + ", p " + ProbabilityText(step.p_value);
}

std::string StepsText(const History& history) {
  std::string text = "Steps\n";
  for (const Step& step : history.steps) {
    text += FormatParagraph("  ", StepText(history, step));
  }
  if (history.steps.empty()) {
    text +=
        fmt::format("  none beyond noise among {} runs\n", history.runs.size());
  }
  return text +
         "  (a step takes two runs on each side; what only the newest run "
         "shows stands above)\n";
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

std::string HistoryText(const History& history, const NewestRun& newest) {
  return RunsText(history) + '\n' +
         CompareText(newest.comparison, newest.output) + '\n' +
         StepsText(history) + '\n' + TrendText(history);
}

}  // namespace hybrid
