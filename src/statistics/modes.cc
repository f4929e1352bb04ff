#include "statistics/modes.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "statistics/samples.h"

namespace hybrid {
namespace {

constexpr std::size_t kFewestForModes = 6;
constexpr std::size_t kFewestOfAMode = 2;
constexpr double kLeastGap = 0.25;
constexpr double kGapOverWidth = 3;
constexpr double kLeastShare = 0.15;
/// One in so many may lie apart from its level, on either side.
constexpr std::size_t kApart = 10;

/// How far apart logarithms are that lie next to each other in `sorted`,
/// without the outermost tenth on either side.
double WidthOf(std::span<const double> sorted) {
  const std::size_t apart = sorted.size() / kApart;
  return sorted[sorted.size() - 1 - apart] - sorted[apart];
}

}  // namespace

std::optional<Modes> FindModes(std::span<const double> times) {
  if (times.size() < kFewestForModes ||
      !std::all_of(times.begin(), times.end(), [](double time) {
        return time > 0 && std::isfinite(time);
      })) {
    return std::nullopt;
  }
  std::vector<double> sorted(times.begin(), times.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> logs;
  logs.reserve(sorted.size());
  for (const double time : sorted) logs.push_back(std::log(time));
  const std::size_t fewest = std::max(
      kFewestOfAMode, static_cast<std::size_t>(std::ceil(
                          static_cast<double>(times.size()) * kLeastShare)));
  std::size_t end = 0;  // of the faster ones
  double widest = 0;
  for (std::size_t i = fewest; i + fewest <= logs.size(); ++i) {
    const double gap = logs[i] - logs[i - 1];
    if (gap > widest) {
      widest = gap;
      end = i;
    }
  }
  if (widest < std::log1p(kLeastGap)) return std::nullopt;
  const std::span<const double> all(logs);
  const double width =
      std::max(WidthOf(all.first(end)), WidthOf(all.subspan(end)));
  if (widest < kGapOverWidth * width) return std::nullopt;
  const std::span<const double> ordered(sorted);
  return Modes{.low = *Median(ordered.first(end)),
               .high = *Median(ordered.subspan(end)),
               .boundary = std::exp((logs[end - 1] + logs[end]) / 2),
               .low_count = end,
               .high_count = sorted.size() - end};
}

bool AreOnBothLevels(std::span<const double> times, const Modes& modes) {
  const auto is_low = [&modes](double time) { return time < modes.boundary; };
  return std::any_of(times.begin(), times.end(), is_low) &&
         !std::all_of(times.begin(), times.end(), is_low);
}

}  // namespace hybrid
