#ifndef HYBRID_STATISTICS_MODES_H_
#define HYBRID_STATISTICS_MODES_H_

#include <cstddef>
#include <optional>
#include <span>

namespace hybrid {

/// Two levels that times jump between.
struct Modes {
  double low = 0;              ///< median of the faster times
  double high = 0;             ///< median of the slower times
  double boundary = 0;         ///< between the two
  std::size_t low_count = 0;   ///< how many times are of the faster level
  std::size_t high_count = 0;  ///< and of the slower
};

/// The two levels of `times`, if that is what they have: a gap between two
/// neighbours of at least a quarter, at least three times as wide as all that
/// lies on either side of it, as logarithms, but for the outermost tenth; and
/// at least two times, and 15 % of all, on either side of it, since a few slow
/// ones are disturbances. Nothing for fewer than six times, or if one is
/// not positive.
std::optional<Modes> FindModes(std::span<const double> times);

/// Whether some of `times` are of the one level, and some of the other.
bool AreOnBothLevels(std::span<const double> times, const Modes& modes);

}  // namespace hybrid

#endif  // HYBRID_STATISTICS_MODES_H_
