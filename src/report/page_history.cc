#include "report/page_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analysis/format_units.h"
#include "analysis/group_key.h"
#include "base/json.h"
#include "compare/output_parts.h"
#include "history/load_history.h"
#include "history/series.h"
#include "history/steps.h"
#include "key/key.h"
#include "key/key_text.h"
#include "report/cell_text.h"

namespace hybrid {
namespace {

/// From this ratio on a change is told as a multiple and not in percent: the
/// least that is written "2.0×".
constexpr double kTwice = 1.995;
/// Enough of a commit to name it in a chart.
constexpr std::size_t kCommitDigits = 10;

/// The index that each of the history's runs has in the page's list, `runs`.
std::vector<std::size_t> RunNumbers(const History& history,
                                    std::span<const ReportRun> runs) {
  std::vector<std::size_t> numbers;
  for (const HistoryRun& run : history.runs) {
    const auto place = std::find_if(
        runs.begin(), runs.end(),
        [&run](const ReportRun& other) { return other.run_id == run.run_id; });
    numbers.push_back(static_cast<std::size_t>(place - runs.begin()));
  }
  return numbers;
}

/// A configuration that completed once has no history.
bool HasHistory(const Series& series) {
  return std::count_if(
             series.points.begin(), series.points.end(),
             [](const Point& point) { return point.median_s.has_value(); }) > 1;
}

/// What a chart writes beside a step: "+12 % 22d66a3", "−8 % 22d66a3", "2.1×
/// 22d66a3".
std::string StepLabel(const Step& step) {
  const double percent = std::round(100 * (step.ratio - 1));
  const std::string size =
      step.ratio >= kTwice ? FormatRatio(step.ratio)
                           : fmt::format("{}{:.0f} %", percent < 0 ? "−" : "+",
                                         std::abs(percent));
  const std::string commit = step.commit.substr(0, kCommitDigits);
  return commit.empty() ? size : size + " " + commit;
}

Json PageStepJson(const Series& series, const Step& step,
                  std::span<const std::size_t> numbers) {
  const auto after = std::find_if(
      series.points.begin(), series.points.end(),
      [&step](const Point& point) { return point.run == step.run; });
  return {
      {"run", numbers[step.run]},
      {"label", StepLabel(step)},
      {"configuration", KeyText(series.key, KeyStyle::kShort)},
      {"change_text", fmt::format("{} the time, {}", FormatRatio(step.ratio),
                                  step.ratio > 1 ? "slower" : "faster")},
      {"time_text", after == series.points.end()
                        ? std::string(kNothing)
                        : CellText(after->median_s, FormatSeconds)},
      {"commit", step.commit},
      {"commit_before", step.commit_before},
      {"p_text", ProbabilityText(step.p_value)}};
}

JsonArray PointsJson(const Series& series,
                     std::span<const std::size_t> numbers) {
  JsonArray points;
  for (const Point& point : series.points) {
    if (!point.median_s) continue;
    points.push_back({{"run", numbers[point.run]},
                      {"median_s", JsonNumber(point.median_s)},
                      {"low_s", JsonNumber(point.low_s)},
                      {"high_s", JsonNumber(point.high_s)},
                      {"time_text", FormatSeconds(*point.median_s)},
                      {"range_text", RangeText(point.low_s, point.high_s)}});
  }
  return points;
}

/// The indices of the answers whose groups `series` of `machine` belongs to.
JsonArray GroupsOf(const HostAndCores& machine, const Series& series,
                   std::span<const Answer> answers) {
  JsonArray groups;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const GroupKey& key = answers[i].key;
    if (GroupOf(key) == GroupOf(series.key) &&
        HostAndCores(key.host, key.usable_cores) == machine) {
      groups.emplace_back(i);
    }
  }
  return groups;
}

/// The steps of the series at `index`, without what drifts or stands out alone:
/// that is left to hybrid-compare.
JsonArray StepsJson(const History& history, std::size_t index,
                    std::span<const std::size_t> numbers) {
  JsonArray steps;
  for (const Step& step : history.steps) {
    if (step.series == index && step.kind == StepKind::kStep) {
      steps.push_back(PageStepJson(history.series[index], step, numbers));
    }
  }
  return steps;
}

}  // namespace

JsonArray PageHistory(std::span<const Row> rows,
                      std::span<const ReportRun> runs,
                      std::span<const Answer> answers) {
  std::map<HostAndCores, std::vector<Row>> machines;
  for (const Row& row : rows) {
    if (row.family == Family::kHybrid || row.family == Family::kNoise) {
      machines[{row.host, row.usable_cores}].push_back(row);
    }
  }
  JsonArray all;
  for (auto& [machine, its_rows] : machines) {
    const History history = MakeHistory(GroupRuns(std::move(its_rows)));
    if (history.runs.size() < 2) continue;
    const std::vector<std::size_t> numbers = RunNumbers(history, runs);
    for (std::size_t i = 0; i < history.series.size(); ++i) {
      const Series& series = history.series[i];
      if (!HasHistory(series)) continue;
      all.push_back({{"split", SplitText(series.key.split())},
                     {"groups", GroupsOf(machine, series, answers)},
                     {"points", PointsJson(series, numbers)},
                     {"steps", StepsJson(history, i, numbers)}});
    }
  }
  return all;
}

}  // namespace hybrid
