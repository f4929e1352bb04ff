#include "compare/side.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/disturbance.h"
#include "analysis/noise_floor.h"
#include "analysis/statistics.h"

namespace hybrid {
namespace {

bool HasTime(const Row& row) {
  return row.wall_s && std::isfinite(*row.wall_s) && *row.wall_s > 0;
}

/// What disturbed `row`, if anything did.
std::string DisturbanceOf(const Row& row) {
  const Disturbance disturbance = FindDisturbance(std::span(&row, 1));
  return disturbance.any() ? DisturbanceTexts(disturbance).front() : "";
}

void AddOnce(const std::string& value, std::string& list) {
  if (value.empty() || value == list) return;
  std::string_view rest = list;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(", "), rest.size());
    if (rest.substr(0, end) == value) return;
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  list += (list.empty() ? "" : ", ") + value;
}

/// Times that were completed, by run.
class Samples {
 public:
  void Add(const Row& row) { runs_[row.run_id].push_back(*row.wall_s); }
  Runs Take() const {
    Runs runs;
    for (const auto& [run_id, samples] : runs_) runs.push_back(samples);
    return runs;
  }

 private:
  std::map<std::string_view, std::vector<double>> runs_;
};

void AddFailure(const std::string& error, Side& side) {
  if (side.status != SideStatus::kFailed) {
    side.error = error.empty() ? "error without a message" : error;
  }
  side.status = SideStatus::kFailed;
}

void AddCapped(const Row& row, Side& side) {
  if (side.status != SideStatus::kFailed) side.status = SideStatus::kCapped;
  if (HasTime(row)) side.capped_s.push_back(*row.wall_s);
  if (side.capped_disturbance.empty()) {
    side.capped_disturbance = DisturbanceOf(row);
  }
}

}  // namespace

Side PoolSide(std::span<const Row* const> rows) {
  Side side;
  if (!rows.empty()) side.status = SideStatus::kOk;
  Samples samples;
  std::vector<double> completed;
  std::vector<double> speeds;
  for (const Row* const row : rows) {
    AddOnce(row->kernels, side.kernels);
    AddOnce(row->blis_threading, side.blis_threading);
    if (row->status == kStatusCapped) {
      AddCapped(*row, side);
    } else if (row->status != kStatusOk) {
      AddFailure(row->status == kStatusError ? row->error
                                             : "unknown status " + row->status,
                 side);
    } else if (!HasTime(*row)) {
      AddFailure("a completed repetition has no time", side);
    } else {
      completed.push_back(*row->wall_s);
      const std::string disturbance = DisturbanceOf(*row);
      if (!disturbance.empty()) {
        if (side.disturbed++ == 0) side.disturbance = disturbance;
        continue;
      }
      samples.Add(*row);
      if (row->speed_fraction && row->peak_gflops) {
        speeds.push_back(*row->speed_fraction * *row->peak_gflops);
      }
    }
  }
  side.runs = samples.Take();
  side.samples = Pool(side.runs);
  side.completed = completed.size();
  side.median_s = Median(side.samples.empty() ? completed : side.samples);
  side.core_speed = Median(speeds);
  return side;
}

std::optional<double> RecordedFloor(std::span<const Row* const> rows,
                                    std::span<const NoiseFloor> floors) {
  std::optional<double> largest;
  const std::string* host = nullptr;
  for (const Row* const row : rows) {
    if (host != nullptr && *host == row->host) continue;
    host = &row->host;
    if (const auto floor = FloorFor(floors, row->host, row->n)) {
      largest = std::max(largest.value_or(0), floor->floor);
    }
  }
  return largest;
}

}  // namespace hybrid
