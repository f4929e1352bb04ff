#ifndef HYBRID_CLUSTER_LOW_WATER_H_
#define HYBRID_CLUSTER_LOW_WATER_H_

#include <cmath>
#include <cstdint>

namespace hybrid {

/// An agent sends its WANT once fewer tasks than this are unclaimed, and when a
/// worker waits: so many its workers claim until the answer is there. 0 for
/// tasks so long that waiting costs little. Who asked for them earlier would
/// hold some for busy workers while those of other hosts wait for the last
/// ones, and a batch can take a task longer by that.
inline std::uint64_t LowWater(std::uint64_t workers, double ask_latency_s,
                              double task_s) {
  // A host has some ten ranges of a batch. Workers that wait once for each
  // lose less than one task more at the end costs, where it takes this longer.
  constexpr double kLong = 8;
  // Nobody can claim more than there are.
  constexpr double kMost = 1e15;
  // A task's time may not be known yet.
  const bool is_short = task_s > 0 && task_s < kLong * ask_latency_s;
  if (!is_short) return 0;
  const double claims = static_cast<double>(workers) * ask_latency_s / task_s;
  return static_cast<std::uint64_t>(std::round(std::fmin(claims, kMost)));
}

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_LOW_WATER_H_
