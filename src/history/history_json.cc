#include "history/history_json.h"

#include <cstddef>
#include <optional>
#include <string>

#include "base/enum_names.h"
#include "base/json.h"
#include "compare/compare_json.h"
#include "history/series.h"
#include "history/steps.h"
#include "history/trend.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

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
  JsonObject json = {
      {"run", step.run},
      {"run_before", step.run_before},
      {"ratio", step.ratio},
      {"commit", step.commit},
      {"commit_before", step.commit_before},
      {"lasts", step.lasts},
      {"p_value",
       step.kind == StepKind::kOutlierRun ? Json() : Json(step.p_value)}};
  if (step.other_launches) json["other_launches"] = true;
  if (step.modes) json["modes_s"] = {step.modes->low, step.modes->high};
  return json;
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
  JsonObject json = {{"label", KeyText(series.key, KeyStyle::kShort)},
                     {"host", history.runs[series.points.back().run].host},
                     {"points", JsonArray()},
                     {"steps", JsonArray()},
                     {"outlier_runs", JsonArray()},
                     {"drift", nullptr},
                     {"bimodal", nullptr}};
  AddKeyParts(series.key, json);
  for (const Point& point : series.points) {
    json["points"].as_array().push_back(PointJson(point));
  }
  for (const Step& step : history.steps) {
    if (step.series != index) continue;
    switch (step.kind) {
      case StepKind::kStep:
        json["steps"].as_array().push_back(StepJson(step));
        break;
      case StepKind::kDrift:
        json["drift"] = StepJson(step);
        break;
      case StepKind::kBimodal:
        json["bimodal"] = StepJson(step);
        break;
      case StepKind::kOutlierRun:
        json["outlier_runs"].as_array().push_back(StepJson(step));
        break;
    }
  }
  json["trend"] = TrendJson(series);
  return json;
}

}  // namespace

std::string HistoryJson(const History& history, const NewestRun& newest,
                        const std::optional<Gate>& gate) {
  JsonObject json = {{"format", 1},
                     {"machine_id", history.machine_id},
                     {"cpu_model", history.cpu_model},
                     {"left_out", JsonArrayOf(history.left_out)},
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
  if (gate) json["gate"] = GateJson(*gate);
  return JsonDocument(json);
}

}  // namespace hybrid
