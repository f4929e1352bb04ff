#ifndef HYBRID_COUNTERS_COUNTER_GROWTH_H_
#define HYBRID_COUNTERS_COUNTER_GROWTH_H_

#include <optional>

namespace hybrid {

/// By how much a counter grew between two readings. 0 if it fell, as sums over
/// threads, CPUs and groups do when one of them goes.
template <typename Number>
Number Growth(Number after, Number before) {
  return after > before ? after - before : Number{};
}

/// By how much a counter grew that a reading may lack: nothing unless both have
/// it.
template <typename Number>
std::optional<Number> Growth(std::optional<Number> after,
                             std::optional<Number> before) {
  if (!after || !before) return std::nullopt;
  return Growth(*after, *before);
}

}  // namespace hybrid

#endif  // HYBRID_COUNTERS_COUNTER_GROWTH_H_
