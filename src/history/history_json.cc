#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "base/json.h"
#include "base/json_text.h"
#include "history/history_output.h"
#include "history/trend.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

constexpr std::size_t kIndent = 2;

/// A run's number outside of the history.
class RunNumbers {
 public:
  explicit RunNumbers(std::span<const std::size_t> numbers)
      : numbers_(numbers) {}
  std::size_t operator()(std::size_t run) const {
    return run < numbers_.size() ? numbers_[run] : run;
  }

 private:
  std::span<const std::size_t> numbers_;
};

Json KeyJson(std::uint64_t value) { return value; }
template <typename Field>
Json KeyJson(const Field& value) {
  return Json(KeyValue(value));
}

Json PointJson(const Point& point, const RunNumbers& numbers) {
  return {{"run", numbers(point.run)},
          {"median_s", JsonOrNull(point.median_s)},
          {"low_s", JsonOrNull(point.low_s)},
          {"high_s", JsonOrNull(point.high_s)},
          {"count", point.samples.size()},
          {"status", Name(point.status)},
          {"disturbed", point.disturbed}};
}

Json StepJson(const Step& step, const RunNumbers& numbers) {
  return {{"run", numbers(step.run)},
          {"run_before", numbers(step.run_before)},
          {"ratio", step.ratio},
          {"commit", step.commit},
          {"commit_before", step.commit_before},
          {"p_value",
           step.kind == StepKind::kOutlierRun ? Json() : Json(step.p_value)}};
}

Json TrendJson(const Series& series) {
  const Trend trend = FindTrend(series);
  return {{"runs", trend.runs},
          {"slope_per_run", JsonOrNull(trend.slope_per_run)},
          {"first_to_last", JsonOrNull(trend.first_to_last)},
          {"last_s", JsonOrNull(trend.last_s)}};
}

JsonObject OneSeriesJson(const History& history, std::size_t index,
                         const RunNumbers& numbers) {
  const Series& series = history.series[index];
  const Key& c = series.key;
  JsonObject json = {{"label", KeyText(c, KeyStyle::kShort)},
                     {"host", history.runs[series.points.back().run].host},
                     {"points", JsonArray()},
                     {"steps", JsonArray()},
                     {"outlier_runs", JsonArray()},
                     {"drift", nullptr}};
  ForEachKey(c, [&json](const KeyPart& part, const auto& field) {
    if (part.role != KeyRole::kSeed) json[part.column] = KeyJson(field);
  });
  for (const Point& point : series.points) {
    json["points"].as_array().push_back(PointJson(point, numbers));
  }
  for (const Step& step : history.steps) {
    if (step.series != index) continue;
    if (step.kind == StepKind::kDrift) {
      json["drift"] = StepJson(step, numbers);
    } else {
      const bool alone = step.kind == StepKind::kOutlierRun;
      json[alone ? "outlier_runs" : "steps"].as_array().push_back(
          StepJson(step, numbers));
    }
  }
  json["trend"] = TrendJson(series);
  return json;
}

}  // namespace

JsonArray SeriesJson(const History& history,
                     std::span<const std::size_t> run_numbers) {
  JsonArray series;
  for (std::size_t i = 0; i < history.series.size(); ++i) {
    series.push_back(OneSeriesJson(history, i, RunNumbers(run_numbers)));
  }
  return series;
}

std::string HistoryJson(const History& history, const NewestRun& newest) {
  JsonObject json = {{"format", 1},
                     {"machine_id", history.machine_id},
                     {"cpu_model", history.cpu_model},
                     {"left_out", JsonArrayOf(history.unreadable)},
                     {"runs", JsonArray()},
                     {"window", newest.window}};
  for (const HistoryRun& run : history.runs) {
    json["runs"].as_array().push_back({{"run_id", run.run_id},
                                       {"file", run.file},
                                       {"host", run.host},
                                       {"start_utc", run.time_utc},
                                       {"git_commit", run.git_commit},
                                       {"rows", run.rows}});
  }
  json["comparison"] = ComparisonJson(newest.comparison, newest.output);
  json["series"] = SeriesJson(history);
  return JsonText(json, kIndent) + '\n';
}

}  // namespace hybrid
