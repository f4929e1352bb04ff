#include "history/series.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "analysis/pooled_rows.h"
#include "compare/compared_side.h"
#include "compare/key_rows.h"
#include "results/machine_id.h"

namespace hybrid {
namespace {

/// Whether so little was measured that it is no point of a history.
bool IsNoPoint(const ComparedSide& side) {
  return side.status == PooledStatus::kSkipped ||
         (side.launching == Launching::kSearched && !side.left_out() &&
          side.status != PooledStatus::kFailed && !side.has_launches());
}

Point MakePoint(ComparedSide pooled) {
  Point point;
  point.of_launches = pooled.of_launches;
  point.oversubscribed = pooled.oversubscribed;
  point.status = pooled.status;
  point.disturbed = pooled.disturbed;
  point.median_s = pooled.median_s;
  point.low_s = pooled.low_s;
  point.high_s = pooled.high_s;
  if (point.median_s) point.samples = std::move(pooled.samples);
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
  run.machine_id = MachineIdOf(first);
  run.cpu_model = first.cpu_model;
  run.host = first.host;
  run.rows = rows.size();
  run.floors = FindNoiseFloors(rows);
  for (const auto& [key, its_rows] : GroupByKey(rows)) {
    ComparedSide pooled = PoolSide(its_rows);
    if (!IsNoPoint(pooled))
      run.points.emplace(key, MakePoint(std::move(pooled)));
  }
  return run;
}

}  // namespace

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
