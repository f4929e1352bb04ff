#include "analysis/disturbance.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/evidence.h"
#include "analysis/format_units.h"

namespace hybrid {
namespace {

/// The sum over all repetitions of a column that is per batch.
double Total(std::span<const Row* const> rows, MeasuredColumn column) {
  double total = 0;
  for (const Row* const pointer : rows) {
    const Row& row = *pointer;
    if (HasTime(row)) total += (row.*column).value_or(0) * BatchesOf(row);
  }
  return total;
}

/// CPU time that the cores had while repetitions ran.
struct CpuTime {
  double used_s = 0;  ///< of the cores that the configuration could use
  double free_s = 0;  ///< of the cores that the configuration left free
};

/// The CPU time of the rows that have `column`.
CpuTime CpuTimeOf(std::span<const Row* const> rows, MeasuredColumn column) {
  CpuTime time;
  for (const Row* const pointer : rows) {
    const Row& row = *pointer;
    if (!HasTime(row) || !(row.*column)) continue;
    const double sampled_s = *row.wall_s * BatchesOf(row);
    const double used = UsedCores(row);
    time.used_s += sampled_s * used;
    time.free_s += sampled_s *
                   std::max(0.0, CoresOf(row.split(), row.usable_cores) - used);
  }
  return time;
}

/// The share that was taken, if it is more than `much` and than a few ticks.
std::optional<double> TakenShare(double taken_s, double used_s, double much) {
  if (taken_s <= kFewestTicks * kCpuTick_s || taken_s <= much * used_s) {
    return std::nullopt;
  }
  return std::min(taken_s / used_s, 1.0);
}

/// The lowest share of their peak that the cores reached, if that was slow.
std::optional<double> SlowestSpeed(std::span<const Row* const> rows) {
  std::optional<double> slowest;
  for (const Row* const pointer : rows) {
    const Row& row = *pointer;
    // Where cores are left free, those in use may be as fast as ever.
    if (!row.speed_fraction ||
        UsedCores(row) < CoresOf(row.split(), row.usable_cores)) {
      continue;
    }
    slowest =
        std::min(slowest.value_or(*row.speed_fraction), *row.speed_fraction);
  }
  return slowest && *slowest < kSlowCores ? slowest : std::nullopt;
}

}  // namespace

Disturbance FindDisturbance(std::span<const Row* const> rows) {
  Disturbance disturbance;
  const double throttled_s = Total(rows, &Row::throttled_s);
  if (throttled_s > 0) disturbance.throttled_s = throttled_s;
  disturbance.steal_share =
      TakenShare(Total(rows, &Row::steal_s),
                 CpuTimeOf(rows, &Row::steal_s).used_s, kMuchSteal);
  // Programs on the cores that were left free took nothing.
  const CpuTime time = CpuTimeOf(rows, &Row::foreign_cpu_s);
  disturbance.foreign_share =
      TakenShare(Total(rows, &Row::foreign_cpu_s) - time.free_s, time.used_s,
                 kMuchForeign);
  disturbance.slowest_speed = SlowestSpeed(rows);
  return disturbance;
}

Disturbance FindDisturbance(std::span<const Row> rows) {
  const std::vector<const Row*> pointers = RowPointers(rows);
  return FindDisturbance(std::span<const Row* const>(pointers));
}

std::vector<const Row*> Undisturbed(std::span<const Row* const> rows) {
  std::map<std::string_view, std::vector<const Row*>> runs;
  for (const Row* const row : rows) {
    if (!FindDisturbance(std::span(&row, 1)).any()) {
      runs[row->run_id].push_back(row);
    }
  }
  std::vector<const Row*> undisturbed;
  for (const auto& [run_id, left] : runs) {
    const Disturbance together =
        FindDisturbance(std::span<const Row* const>(left));
    if (std::max(together.steal_share, together.foreign_share).value_or(0) <=
        kMuchForeign) {
      undisturbed.insert(undisturbed.end(), left.begin(), left.end());
    }
  }
  return undisturbed;
}

std::vector<std::string> DisturbanceTexts(const Disturbance& disturbance) {
  std::vector<std::string> texts;
  if (disturbance.throttled_s) {
    texts.push_back("throttled for " + FormatSeconds(*disturbance.throttled_s));
  }
  if (disturbance.steal_share) {
    texts.push_back(fmt::format("steal {} of its CPU time",
                                FormatPercent(*disturbance.steal_share)));
  }
  if (disturbance.foreign_share) {
    texts.push_back(fmt::format("other programs took {} of its CPU time",
                                FormatPercent(*disturbance.foreign_share)));
  }
  if (disturbance.slowest_speed) {
    texts.push_back(fmt::format("cores down to {} of their speed",
                                FormatPercent(*disturbance.slowest_speed)));
  }
  return texts;
}

std::string DisturbanceText(const Row& row) {
  return fmt::format(
      "{}",
      fmt::join(DisturbanceTexts(FindDisturbance(std::span(&row, 1))), ", "));
}

}  // namespace hybrid
