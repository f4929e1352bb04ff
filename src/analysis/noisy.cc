#include "analysis/noisy.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analysis/disturbance.h"
#include "analysis/evidence.h"
#include "analysis/format_units.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

/// Times of the completed repetitions, in the order in which they ran.
std::vector<double> CompletedTimes(std::span<const Row* const> rows) {
  std::vector<const Row*> completed;
  for (const Row* const row : rows) {
    if (row->status == Status::kOk && HasTime(*row)) completed.push_back(row);
  }
  std::stable_sort(
      completed.begin(), completed.end(),
      [](const Row* a, const Row* b) { return a->repetition < b->repetition; });
  std::vector<double> times;
  times.reserve(completed.size());
  for (const Row* const row : completed) times.push_back(TimeOf(*row));
  return times;
}

/// How much slower the first of `times` is than the slowest other one, as a
/// share of that, if it is much and more than the others lie apart.
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

std::vector<std::string> NoiseWarnings(std::span<const Row* const> rows) {
  std::vector<std::string> warnings;
  const std::vector<double> times = CompletedTimes(rows);
  const std::optional<double> spread = RelativeSpread(times);
  if (spread && *spread > kWideSpread) {
    warnings.push_back("spread " + FormatSpread(*spread));
  }
  if (const std::optional<double> beyond = SlowFirst(times)) {
    warnings.push_back("first repetition " + FormatPercent(*beyond) +
                       " slower than any other");
  }
  for (std::string& text : DisturbanceTexts(FindDisturbance(rows))) {
    warnings.push_back(std::move(text));
  }
  return warnings;
}

bool IsNoisy(std::span<const Row> rows) {
  return !NoiseWarnings(RowPointers(rows)).empty();
}

}  // namespace hybrid
