#include "report/history_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/format_units.h"
#include "analysis/groups.h"
#include "analysis/statistics.h"

namespace hybrid {
namespace {

/// The times of one configuration by the run's place.
struct Series {
  GroupKey key;
  Split split;
  std::map<std::size_t, std::vector<double>> times;
};

/// The conditions that a label leaves out where all series have the same.
std::vector<std::string> Conditions(const Series& series) {
  const GroupKey& key = series.key;
  return {key.data, key.collect, key.pin,
          key.kernels_asked.empty() ? "" : "kernels " + key.kernels_asked,
          key.host};
}

Series& SeriesOf(const GroupKey& key, const Split& split,
                 std::vector<Series>& all) {
  const auto place = std::find_if(all.begin(), all.end(), [&](const Series& s) {
    return s.key == key && s.split == split;
  });
  if (place != all.end()) return *place;
  return all.emplace_back(Series{key, split, {}});
}

std::vector<Series> FindSeries(std::span<const Row> rows,
                               std::span<const ReportRun> runs) {
  std::map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < runs.size(); ++i) places[runs[i].run_id] = i;
  std::vector<Series> all;
  for (auto& [key, splits] : GroupRows(rows, "Hybrid")) {
    key.blis_version.clear();
    for (const auto& [split, split_rows] : splits) {
      Series& series = SeriesOf(key, split, all);
      for (const Row* const row : split_rows) {
        if (row->status != kStatusOk || !row->wall_s) continue;
        series.times[places.at(row->run_id)].push_back(*row->wall_s);
      }
    }
  }
  std::erase_if(all, [](const Series& s) { return s.times.size() < 2; });
  return all;
}

Json PointsJson(const Series& series) {
  Json points = Json::array();
  for (const auto& [run, times] : series.times) {
    const auto [low, high] = std::minmax_element(times.begin(), times.end());
    points.push_back({{"run", run},
                      {"median_s", JsonNumber(Median(times))},
                      {"low_s", JsonNumber(*low)},
                      {"high_s", JsonNumber(*high)},
                      {"count", times.size()}});
  }
  return points;
}

/// What differs among the series, of each condition its place.
std::vector<bool> FindDistinct(std::span<const Series> all) {
  std::vector<std::set<std::string>> values(Conditions({}).size());
  for (const Series& series : all) {
    const std::vector<std::string> conditions = Conditions(series);
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      values[i].insert(conditions[i]);
    }
  }
  std::vector<bool> distinct;
  distinct.reserve(values.size());
  for (const auto& of_one : values) distinct.push_back(of_one.size() > 1);
  return distinct;
}

std::string Label(const Series& series, const std::vector<bool>& distinct) {
  const GroupKey& key = series.key;
  std::string label = fmt::format("{} n={} batch={} {}", key.operation, key.n,
                                  key.batch, FormatSplit(series.split));
  const std::vector<std::string> conditions = Conditions(series);
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (distinct[i] && !conditions[i].empty()) label += ", " + conditions[i];
  }
  return label;
}

}  // namespace

Json HistoryJson(std::span<const Row> rows, std::span<const ReportRun> runs) {
  const std::vector<Series> all = FindSeries(rows, runs);
  const std::vector<bool> distinct = FindDistinct(all);
  Json json = Json::array();
  for (const Series& series : all) {
    const GroupKey& key = series.key;
    json.push_back({{"label", Label(series, distinct)},
                    {"operation", key.operation},
                    {"data", key.data},
                    {"collect", key.collect},
                    {"pin", key.pin},
                    {"kernels_asked", key.kernels_asked},
                    {"host", key.host},
                    {"usable_cores", key.usable_cores},
                    {"n", key.n},
                    {"batch", key.batch},
                    {"workers", series.split.workers},
                    {"blas_threads", series.split.blas_threads},
                    {"points", PointsJson(series)},
                    {"steps", Json::array()}});
  }
  return {{"series", json}};
}

}  // namespace hybrid
