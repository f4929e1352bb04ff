#include "report/history_json.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "history/history_output.h"
#include "history/load_history.h"

namespace hybrid {
namespace {

/// Where the page has each of the history's runs.
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
bool HasHistory(const JsonObject& series) {
  const JsonArray& points = series.at("points").as_array();
  return std::count_if(points.begin(), points.end(), [](const Json& point) {
           return !point.at("median_s").is_null();
         }) > 1;
}

}  // namespace

Json HistoryJson(std::span<const Row> rows, std::span<const ReportRun> runs) {
  std::map<std::pair<std::string, std::uint64_t>, std::vector<Row>> machines;
  for (const Row& row : rows) {
    machines[{row.host, row.usable_cores}].push_back(row);
  }
  JsonArray all;
  for (auto& [machine, its_rows] : machines) {
    const History history = MakeHistory(GroupRuns(std::move(its_rows)));
    if (history.runs.size() < 2) continue;
    for (Json& element : SeriesJson(history, RunNumbers(history, runs))) {
      JsonObject& series = element.as_object();
      if (series.at("family") != "Hybrid" || !HasHistory(series)) continue;
      series["usable_cores"] = machine.second;
      all.push_back(std::move(element));
    }
  }
  return {{"series", std::move(all)}};
}

}  // namespace hybrid
