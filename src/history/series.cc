#include "history/series.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "compare/side.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

Point MakePoint(std::span<const Row* const> rows) {
  Side side = PoolSide(rows);
  Point point;
  point.disturbed = side.disturbed;
  switch (side.status) {
    case SideStatus::kMissing:
    case SideStatus::kFailed:
      point.status = PointStatus::kFailed;
      return point;
    case SideStatus::kCapped:
      point.status = PointStatus::kCapped;
      return point;
    case SideStatus::kOk:
      break;
  }
  point.samples = std::move(side.samples);
  point.median_s = Median(point.samples);
  if (!point.median_s) {
    point.status = PointStatus::kDisturbed;
    return point;
  }
  const auto [low, high] =
      std::minmax_element(point.samples.begin(), point.samples.end());
  point.low_s = *low;
  point.high_s = *high;
  return point;
}

HistoryRun MakeRun(std::span<const Row> rows) {
  const Row& first = *std::min_element(
      rows.begin(), rows.end(),
      [](const Row& a, const Row& b) { return a.time_utc < b.time_utc; });
  HistoryRun run;
  run.run_id = first.run_id;
  run.time_utc = first.time_utc;
  run.git_commit = first.git_commit;
  run.machine_id = first.machine_id;
  run.cpu_model = first.cpu_model;
  run.host = first.host;
  run.rows = rows.size();
  run.floors = FindNoiseFloors(rows);
  for (const auto& [key, its_rows] : GroupByKey(rows)) {
    run.points.emplace(key, MakePoint(its_rows));
  }
  return run;
}

}  // namespace

const char* PointStatusName(PointStatus status) {
  switch (status) {
    case PointStatus::kOk:
      return "ok";
    case PointStatus::kCapped:
      return "capped";
    case PointStatus::kFailed:
      return "failed";
    case PointStatus::kDisturbed:
      return "disturbed";
  }
  return "";
}

std::vector<HistoryRun> GroupRuns(std::vector<Row> rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.run_id < b.run_id;
  });
  std::vector<HistoryRun> runs;
  std::span<const Row> rest = rows;
  while (!rest.empty()) {
    const auto end = std::find_if(
        rest.begin(), rest.end(),
        [&rest](const Row& row) { return row.run_id != rest.front().run_id; });
    const auto count = static_cast<std::size_t>(end - rest.begin());
    runs.push_back(MakeRun(rest.first(count)));
    rest = rest.subspan(count);
  }
  std::stable_sort(runs.begin(), runs.end(),
                   [](const HistoryRun& a, const HistoryRun& b) {
                     return a.time_utc < b.time_utc;
                   });
  return runs;
}

std::vector<Series> MakeSeries(std::span<const HistoryRun> runs) {
  std::map<Key, Series> all;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (const auto& [key, point] : runs[i].points) {
      Series& series = all[key];
      series.key = key;
      series.points.push_back(point);
      series.points.back().run = i;
    }
  }
  std::vector<Series> series;
  series.reserve(all.size());
  for (auto& [key, one] : all) series.push_back(std::move(one));
  return series;
}

}  // namespace hybrid
