#include "history/history_json.h"

#include <cstddef>
#include <utility>

#include "base/json.h"
#include "base/json_text.h"
#include "compare/compare_json.h"
#include "history/trend.h"
#include "key/key_json.h"

namespace hybrid {
namespace {

constexpr std::size_t kIndent = 2;

Json PointJson(const Point& point) {
  return {{"run", point.run},
          {"median_s", JsonOrNull(point.median_s)},
          {"low_s", JsonOrNull(point.low_s)},
          {"high_s", JsonOrNull(point.high_s)},
          {"count", point.samples.size()},
          {"status", Name(point.status)},
          {"disturbed", point.disturbed}};
}

Json StepJson(const Step& step) {
  return {{"run", step.run},
          {"run_before", step.run_before},
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

JsonObject SeriesJson(const History& history, std::size_t index) {
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
    json["points"].as_array().push_back(PointJson(point));
  }
  for (const Step& step : history.steps) {
    if (step.series != index) continue;
    if (step.kind == StepKind::kDrift) {
      json["drift"] = StepJson(step);
    } else {
      const bool alone = step.kind == StepKind::kOutlierRun;
      json[alone ? "outlier_runs" : "steps"].as_array().push_back(
          StepJson(step));
    }
  }
  json["trend"] = TrendJson(series);
  return json;
}

}  // namespace

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
  JsonArray& series = json["series"].emplace_array();
  for (std::size_t i = 0; i < history.series.size(); ++i) {
    series.push_back(SeriesJson(history, i));
  }
  return JsonText(json, kIndent) + '\n';
}

}  // namespace hybrid
