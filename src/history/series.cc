#include "history/series.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/evidence.h"
#include "analysis/noisy.h"
#include "analysis/statistics.h"

namespace hybrid {
namespace {

bool IsTracked(std::string_view family) {
  return family == "Hybrid" || family.starts_with("Tutorial/") ||
         family.starts_with("Overhead/");
}

SeriesKey KeyOf(const Row& row) {
  return {row.family,  row.operation,     row.data, row.collect,
          row.pin,     row.kernels_asked, row.n,    row.batch,
          row.workers, row.blas_threads};
}

bool HasTime(const Row& row) {
  return row.status == kStatusOk && row.wall_s && std::isfinite(*row.wall_s) &&
         *row.wall_s > 0;
}

/// Whether something outside of bench slowed this repetition down, by the
/// limits of analysis/noisy.h.
bool IsDisturbed(const Row& row) {
  const double batches =
      static_cast<double>(std::max<std::uint64_t>(row.iterations, 1));
  const double used = UsedCores(row);
  const double sampled_s = *row.wall_s * batches;
  const double free_s =
      sampled_s * std::max(0.0, static_cast<double>(row.usable_cores) - used);
  const auto taken = [&](double taken_s, double much) {
    return taken_s > kFewestTicks * kTickS && taken_s > much * sampled_s * used;
  };
  return row.throttled_s.value_or(0) > 0 ||
         taken(row.steal_s.value_or(0) * batches, kMuchSteal) ||
         taken(row.foreign_cpu_s.value_or(0) * batches - free_s,
               kMuchForeign) ||
         (used >= static_cast<double>(row.usable_cores) &&
          row.speed_fraction.value_or(1) < kSlowCores);
}

Point MakePoint(std::vector<const Row*> rows) {
  std::uint64_t last = 0;
  for (const Row* const row : rows) last = std::max(last, row->attempt);
  std::erase_if(rows, [last](const Row* row) { return row->attempt != last; });

  Point point;
  for (const Row* const row : rows) {
    if (row->status == kStatusCapped) {
      if (point.status == PointStatus::kOk) point.status = PointStatus::kCapped;
    } else if (!HasTime(*row)) {
      point.status = PointStatus::kFailed;
    } else if (IsDisturbed(*row)) {
      ++point.disturbed;
    } else {
      point.samples.push_back(*row->wall_s);
    }
  }
  if (point.status != PointStatus::kOk) {
    point.samples.clear();
  } else if (point.samples.empty()) {
    point.status = PointStatus::kDisturbed;
  } else {
    point.median_s = Median(point.samples);
    const auto [low, high] =
        std::minmax_element(point.samples.begin(), point.samples.end());
    point.low_s = *low;
    point.high_s = *high;
  }
  return point;
}

Run MakeRun(const std::vector<const Row*>& rows) {
  const Row& first = **std::min_element(
      rows.begin(), rows.end(),
      [](const Row* a, const Row* b) { return a->time_utc < b->time_utc; });
  Run run;
  run.run_id = first.run_id;
  run.time_utc = first.time_utc;
  run.git_commit = first.git_commit;
  run.machine_id = first.machine_id;
  run.cpu_model = first.cpu_model;
  run.host = first.host;
  run.rows = rows.size();
  std::vector<Row> noise;
  std::map<SeriesKey, std::vector<const Row*>> configurations;
  for (const Row* const row : rows) {
    if (row->family == kNoiseFamilyA || row->family == kNoiseFamilyB) {
      noise.push_back(*row);
    } else if (IsTracked(row->family)) {
      configurations[KeyOf(*row)].push_back(row);
    }
  }
  run.floors = FindNoiseFloors(noise);
  for (auto& [key, configuration] : configurations) {
    run.points.emplace(key, MakePoint(std::move(configuration)));
  }
  return run;
}

}  // namespace

std::string SeriesLabel(const SeriesKey& key) {
  std::string label = key.family == "Hybrid" ? key.operation : key.family;
  label += fmt::format(" n={} batch={} {}×{}", key.n, key.batch, key.workers,
                       key.blas_threads);
  if (!key.data.empty() && key.data != "fresh") {
    label += fmt::format(" {}", key.data);
  }
  if (!key.collect.empty() && key.collect != "none") {
    label += fmt::format(" {}", key.collect);
  }
  if (!key.pin.empty() && key.pin != "auto") {
    label += fmt::format(" pin={}", key.pin);
  }
  if (!key.kernels_asked.empty() && key.kernels_asked != "best") {
    label += fmt::format(" kernels={}", key.kernels_asked);
  }
  return label;
}

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

std::vector<Run> GroupRuns(std::span<const Row> rows) {
  std::map<std::string_view, std::vector<const Row*>> by_id;
  for (const Row& row : rows) by_id[row.run_id].push_back(&row);
  std::vector<Run> runs;
  runs.reserve(by_id.size());
  for (const auto& [id, run_rows] : by_id) runs.push_back(MakeRun(run_rows));
  std::stable_sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
    return a.time_utc < b.time_utc;
  });
  return runs;
}

std::vector<Series> MakeSeries(std::span<const Run> runs) {
  std::map<SeriesKey, Series> all;
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
