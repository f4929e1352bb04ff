#include "history/jumps.h"

#include <vector>

namespace hybrid {
namespace {

/// The runs on one side of a boundary.
struct BoundarySide {
  std::size_t runs = 0;
  std::vector<double> samples;
  bool oversubscribed = false;
};

/// How likely it is that of runs in any order all of one side come first:
/// 2 / C(before + after, before).
double ChanceOfOrder(std::size_t before, std::size_t after) {
  double chance = 2;
  for (std::size_t i = 1; i <= before; ++i) {
    chance *= static_cast<double>(i) / static_cast<double>(after + i);
  }
  return chance;
}

}  // namespace

std::optional<Modes> FindJumps(const Series& series, const Boundary& boundary,
                               double rate) {
  BoundarySide before;
  BoundarySide after;
  std::vector<double> all;
  for (const Point& point : series.points) {
    if (!point.median_s || point.run < boundary.first ||
        point.run > boundary.last) {
      continue;
    }
    BoundarySide& side = point.run < boundary.at ? before : after;
    ++side.runs;
    side.oversubscribed |= point.oversubscribed;
    side.samples.insert(side.samples.end(), point.samples.begin(),
                        point.samples.end());
    all.insert(all.end(), point.samples.begin(), point.samples.end());
  }
  const std::optional<Modes> modes = FindModes(all);
  if (!modes) return std::nullopt;
  const bool before_has_both = AreOnBothLevels(before.samples, *modes);
  const bool after_has_both = AreOnBothLevels(after.samples, *modes);
  if (before_has_both && after_has_both) return modes;
  if (!before.oversubscribed && !after.oversubscribed) return std::nullopt;
  if (before_has_both || after_has_both ||
      ChanceOfOrder(before.runs, after.runs) > rate) {
    return modes;
  }
  return std::nullopt;
}

}  // namespace hybrid
