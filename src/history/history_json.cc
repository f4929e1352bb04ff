#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>

#include "compare/key_rows.h"
#include "history/history_output.h"
#include "history/trend.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

using Json = nlohmann::ordered_json;

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

Json Optional(const std::optional<double>& value) {
  return value ? Json(*value) : Json();
}

Json KeyJson(std::uint64_t value) { return value; }
template <typename Field>
Json KeyJson(const Field& value) {
  return KeyValue(value);
}

Json PointJson(const Point& point, const RunNumbers& numbers) {
  return {{"run", numbers(point.run)},
          {"median_s", Optional(point.median_s)},
          {"low_s", Optional(point.low_s)},
          {"high_s", Optional(point.high_s)},
          {"count", point.samples.size()},
          {"status", PointStatusName(point.status)},
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
          {"slope_per_run", Optional(trend.slope_per_run)},
          {"first_to_last", Optional(trend.first_to_last)},
          {"last_s", Optional(trend.last_s)}};
}

Json OneSeriesJson(const History& history, std::size_t index,
                   const RunNumbers& numbers) {
  const Series& series = history.series[index];
  const Key& c = series.key;
  Json json = {{"label", KeyText(c, KeyStyle::kShort)},
               {"host", history.runs[series.points.back().run].host},
               {"points", Json::array()},
               {"steps", Json::array()},
               {"outlier_runs", Json::array()},
               {"drift", nullptr}};
  ForEachKey(c, [&json](const KeyPart& part, const auto& field) {
    if (part.role != KeyRole::kSeed) json[part.column] = KeyJson(field);
  });
  for (const Point& point : series.points) {
    json["points"].push_back(PointJson(point, numbers));
  }
  for (const Step& step : history.steps) {
    if (step.series != index) continue;
    if (step.kind == StepKind::kDrift) {
      json["drift"] = StepJson(step, numbers);
    } else {
      const bool alone = step.kind == StepKind::kOutlierRun;
      json[alone ? "outlier_runs" : "steps"].push_back(StepJson(step, numbers));
    }
  }
  json["trend"] = TrendJson(series);
  return json;
}

}  // namespace

Json SeriesJson(const History& history,
                std::span<const std::size_t> run_numbers) {
  Json series = Json::array();
  for (std::size_t i = 0; i < history.series.size(); ++i) {
    series.push_back(OneSeriesJson(history, i, RunNumbers(run_numbers)));
  }
  return series;
}

std::string HistoryJson(const History& history, const NewestRun& newest) {
  Json json = {{"format", 1},
               {"machine_id", history.machine_id},
               {"cpu_model", history.cpu_model},
               {"left_out", history.unreadable},
               {"runs", Json::array()},
               {"window", newest.window}};
  for (const HistoryRun& run : history.runs) {
    json["runs"].push_back({{"run_id", run.run_id},
                            {"file", run.file},
                            {"host", run.host},
                            {"start_utc", run.time_utc},
                            {"git_commit", run.git_commit},
                            {"rows", run.rows}});
  }
  json["comparison"] =
      Json::parse(CompareJson(newest.comparison, newest.output));
  json["series"] = SeriesJson(history);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace hybrid
