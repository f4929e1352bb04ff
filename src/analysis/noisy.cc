#include "analysis/noisy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/evidence.h"
#include "analysis/format_units.h"
#include "analysis/statistics.h"

namespace hybrid {
namespace {

bool HasTime(const Row& row) {
  return row.wall_s && std::isfinite(*row.wall_s) && *row.wall_s > 0;
}

double Batches(const Row& row) {
  return static_cast<double>(std::max<std::uint64_t>(row.iterations, 1));
}

/// The sum over all repetitions of a column that is per batch.
double Total(std::span<const Row> rows, std::optional<double> Row::*field) {
  double total = 0;
  for (const Row& row : rows) {
    if (HasTime(row)) total += (row.*field).value_or(0) * Batches(row);
  }
  return total;
}

/// CPU time that the configuration could use, of the rows that have the column;
/// and what the cores that it left free could.
struct CpuTime {
  double used_s = 0;
  double free_s = 0;
};
CpuTime CpuTimeOf(std::span<const Row> rows,
                  std::optional<double> Row::*field) {
  CpuTime time;
  for (const Row& row : rows) {
    if (!HasTime(row) || !(row.*field)) continue;
    const double sampled_s = *row.wall_s * Batches(row);
    const double used = UsedCores(row);
    time.used_s += sampled_s * used;
    time.free_s +=
        sampled_s * std::max(0.0, static_cast<double>(row.usable_cores) - used);
  }
  return time;
}

/// Times of the completed repetitions, in their order.
std::vector<double> Times(std::span<const Row> rows) {
  std::vector<const Row*> completed;
  for (const Row& row : rows) {
    if (row.status == kStatusOk && HasTime(row)) completed.push_back(&row);
  }
  std::stable_sort(
      completed.begin(), completed.end(),
      [](const Row* a, const Row* b) { return a->repetition < b->repetition; });
  std::vector<double> times;
  times.reserve(completed.size());
  for (const Row* const row : completed) times.push_back(*row->wall_s);
  return times;
}

/// How much slower the first is than the slowest other one, if that is much
/// and more than the others lie apart.
std::optional<double> SlowFirst(std::span<const double> times) {
  if (times.size() < kFewestSamples) return std::nullopt;
  const auto [least, most] =
      std::minmax_element(times.begin() + 1, times.end());
  const double beyond = times.front() - *most;
  if (beyond <= kSlowFirst * *most || beyond <= *most - *least) {
    return std::nullopt;
  }
  return beyond / *most;
}

}  // namespace

std::vector<std::string> NoiseWarnings(std::span<const Row> rows) {
  std::vector<std::string> warnings;
  const std::vector<double> times = Times(rows);
  const std::optional<double> spread = RelativeSpread(times);
  if (spread && *spread > kWideSpread) {
    warnings.push_back("spread " + FormatSpread(*spread));
  }
  if (const std::optional<double> beyond = SlowFirst(times)) {
    warnings.push_back("first repetition " + FormatPercent(*beyond) +
                       " slower than any other");
  }
  const double throttled_s = Total(rows, &Row::throttled_s);
  if (throttled_s > 0) {
    warnings.push_back("throttled for " + FormatSeconds(throttled_s));
  }
  const auto add_taken = [&](const char* who, double taken_s, double used_s,
                             double much) {
    if (taken_s <= kFewestTicks * kTickS || taken_s <= much * used_s) return;
    warnings.push_back(fmt::format("{} {} of its CPU time", who,
                                   FormatPercent(taken_s / used_s)));
  };
  add_taken("steal", Total(rows, &Row::steal_s),
            CpuTimeOf(rows, &Row::steal_s).used_s, kMuchSteal);
  // Who runs on cores that it left free takes nothing from it.
  const CpuTime time = CpuTimeOf(rows, &Row::foreign_cpu_s);
  add_taken("other programs took",
            Total(rows, &Row::foreign_cpu_s) - time.free_s, time.used_s,
            kMuchForeign);
  std::vector<double> speeds;
  for (const Row& row : rows) {
    // Where cores are left free, those that it uses may be as fast as ever.
    if (row.speed_fraction &&
        UsedCores(row) >= static_cast<double>(row.usable_cores)) {
      speeds.push_back(*row.speed_fraction);
    }
  }
  if (!speeds.empty()) {
    const double slowest = *std::min_element(speeds.begin(), speeds.end());
    if (slowest < kSlowCores) {
      warnings.push_back("cores down to " + FormatPercent(slowest) +
                         " of their speed");
    }
  }
  return warnings;
}

bool IsNoisy(std::span<const Row> rows) { return !NoiseWarnings(rows).empty(); }

}  // namespace hybrid
