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

/// Likewise, as a share of the CPU time of the rows that have the column.
double ShareOfCpu(std::span<const Row> rows,
                  std::optional<double> Row::*field) {
  double cpu_s = 0;
  for (const Row& row : rows) {
    if (HasTime(row) && row.*field) {
      cpu_s += *row.wall_s * Batches(row) * UsedCores(row);
    }
  }
  return cpu_s > 0 ? Total(rows, field) / cpu_s : 0;
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
  const auto counted = [rows](std::optional<double> Row::*field) {
    return Total(rows, field) > kFewestTicks * kTickS;
  };
  const double steal = ShareOfCpu(rows, &Row::steal_s);
  if (steal > kMuchSteal && counted(&Row::steal_s)) {
    warnings.push_back("steal " + FormatPercent(steal) + " of its CPU time");
  }
  const double foreign = ShareOfCpu(rows, &Row::foreign_cpu_s);
  if (foreign > kMuchForeign && counted(&Row::foreign_cpu_s)) {
    warnings.push_back("other programs took " + FormatPercent(foreign) +
                       " of its CPU time");
  }
  return warnings;
}

bool IsNoisy(std::span<const Row> rows) { return !NoiseWarnings(rows).empty(); }

}  // namespace hybrid
