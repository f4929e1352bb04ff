#include "compare/side_runs.h"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "analysis/counted_rows.h"
#include "analysis/disturbance.h"
#include "analysis/evidence.h"
#include "compare/key_rows.h"

namespace hybrid {
namespace {

/// Why `row`, which was left out, was.
std::string LeftOutReason(const Row& row) {
  const std::string own = DisturbanceText(row);
  return own.empty() ? "as the rest of its run together" : own;
}

}  // namespace

std::vector<SideRun> SideRunsOf(
    std::span<const Row> rows, const Key& key,
    const std::map<std::string, std::string>& files) {
  const KeyRows by_key = GroupByKey(rows);
  const auto its_rows = by_key.find(key);
  if (its_rows == by_key.end()) return {};
  const CountedRows counted = CountRows(its_rows->second);
  std::map<std::string, SideRun> by_id;
  const auto run_of = [&](const Row& row) -> SideRun& {
    SideRun& run = by_id[row.run_id];
    run.id = row.run_id;
    if (run.date.empty() || row.time_utc < run.date) run.date = row.time_utc;
    return run;
  };
  for (const Row* const row : counted.counted) {
    run_of(*row).times_s.push_back(TimeOf(*row));
  }
  for (const Row* const row : counted.left_out) {
    run_of(*row).left_out.push_back({TimeOf(*row), LeftOutReason(*row)});
  }
  for (const Row* const row : counted.capped) {
    if (row->wall_s) run_of(*row).capped_s.push_back(*row->wall_s);
  }
  std::vector<SideRun> runs;
  for (auto& [id, run] : by_id) {
    const auto file = files.find(id);
    if (file != files.end()) run.file = file->second;
    runs.push_back(std::move(run));
  }
  std::stable_sort(
      runs.begin(), runs.end(),
      [](const SideRun& a, const SideRun& b) { return a.date < b.date; });
  return runs;
}

std::vector<SideRun> SideRunsOf(std::span<const BenchmarkRun> runs,
                                const std::string& name) {
  std::vector<SideRun> side;
  for (const BenchmarkRun& run : runs) {
    for (const MeasuredBenchmark& one : run.benchmarks) {
      if (one.name != name || one.real_times_s.empty()) continue;
      SideRun& added = side.emplace_back();
      added.date = run.context.date;
      added.file = run.file;
      added.times_s = one.real_times_s;
    }
  }
  return side;
}

}  // namespace hybrid
