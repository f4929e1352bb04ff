#include "compare/side.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/disturbance.h"
#include "analysis/evidence.h"
#include "analysis/noise_floor.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

/// What disturbed `rows`, if anything did.
std::string DisturbanceOf(std::span<const Row* const> rows) {
  const Disturbance disturbance = FindDisturbance(rows);
  return disturbance.any() ? DisturbanceTexts(disturbance).front() : "";
}

/// Those of `all` that are not among `kept`.
std::vector<const Row*> LeftOut(const std::vector<const Row*>& all,
                                const std::vector<const Row*>& kept) {
  const std::set<const Row*> others(kept.begin(), kept.end());
  std::vector<const Row*> rest;
  std::copy_if(all.begin(), all.end(), std::back_inserter(rest),
               [&others](const Row* row) { return !others.contains(row); });
  return rest;
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

/// Repetitions on the same workers have the same start.
bool LaunchedAnew(const std::vector<const Row*>& rows) {
  std::set<std::pair<std::string_view, double>> starts;
  for (const Row* const row : rows) {
    if (!row->start_s) return false;
    starts.emplace(row->run_id, *row->start_s);
  }
  return starts.size() > 1 && starts.size() == rows.size();
}

void AddSamples(const std::vector<const Row*>& completed, Side& side) {
  side.launched_anew = LaunchedAnew(completed);
  const std::vector<const Row*> undisturbed = Undisturbed(completed);
  side.completed = completed.size();
  side.disturbed = completed.size() - undisturbed.size();
  if (side.disturbed > 0) {
    side.disturbance = DisturbanceOf(LeftOut(completed, undisturbed));
  }
  std::map<std::string_view, std::vector<double>> runs;
  std::vector<double> speeds;
  for (const Row* const row : undisturbed) {
    runs[row->run_id].push_back(*row->wall_s);
    if (row->speed_fraction && row->peak_gflops) {
      speeds.push_back(*row->speed_fraction * *row->peak_gflops);
    }
  }
  for (auto& [run_id, samples] : runs) side.runs.push_back(std::move(samples));
  side.samples = Pool(side.runs);
  side.core_speed = Median(speeds);
  std::vector<double> all;
  all.reserve(completed.size());
  for (const Row* const row : completed) all.push_back(*row->wall_s);
  side.median_s = Median(side.samples.empty() ? all : side.samples);
  if (!all.empty()) side.fastest_s = *std::min_element(all.begin(), all.end());
}

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
    side.capped_disturbance = DisturbanceOf(std::array{&row});
  }
}

}  // namespace

Side PoolSide(std::span<const Row* const> rows) {
  Side side;
  if (!rows.empty()) side.status = SideStatus::kOk;
  std::vector<const Row*> completed;
  for (const Row* const row : rows) {
    AddOnce(row->kernels, side.kernels);
    AddOnce(row->blis_threading, side.blis_threading);
    if (row->status == Status::kCapped) {
      AddCapped(*row, side);
    } else if (row->status != Status::kOk) {
      AddFailure(row->error, side);
    } else if (!HasTime(*row)) {
      AddFailure("a completed repetition has no time", side);
    } else {
      completed.push_back(row);
    }
  }
  AddSamples(completed, side);
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
