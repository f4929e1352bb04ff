#ifndef HYBRID_CLUSTER_CLOCK_OFFSET_H_
#define HYBRID_CLUSTER_CLOCK_OFFSET_H_

#include <cstdint>
#include <limits>
#include <optional>

namespace hybrid {

/// When something happened: not known better than this.
struct TimeInterval {
  std::int64_t earliest_ns = 0;
  std::int64_t latest_ns = 0;

  bool operator==(const TimeInterval&) const = default;
};

/// What is left of it for what happened neither before one event nor after
/// another; nothing where that is impossible: a task that ended after its
/// host's DONE was read, say.
std::optional<TimeInterval> Between(const TimeInterval& interval,
                                    std::int64_t not_before_ns,
                                    std::int64_t not_after_ns);

/// How far a host's clock is ahead of bench's, as an interval in which it is
/// for certain, as long as the clocks drift apart by less than kMostDrift. A
/// message and its answer bound it, however unlike their ways are: the stamp of
/// the answer was taken between sending and receiving. What several of these
/// have in common is kept, so that the fastest ones decide.
class ClockOffset {
 public:
  /// Crystals are within 50 ppm, each of its own.
  static constexpr double kMostDrift = 100e-6;

  /// Something was sent and received at these times of bench's clock, and the
  /// host's clock stood at `theirs_ns` when it answered.
  void Add(std::int64_t sent_ns, std::int64_t theirs_ns,
           std::int64_t received_ns);

  /// The time on bench's clock of a stamp of the host's: the less certain, the
  /// longer before or after the last Add.
  TimeInterval OnOurs(std::int64_t theirs_ns) const;

  /// Half the width of the interval as of the last Add. Decades before the
  /// first.
  double bound_s() const;

 private:
  /// What drift may have made of the offset since the last Add, or before it.
  std::int64_t DriftNs(std::int64_t theirs_ns) const;

  // A quarter leaves room for sums.
  std::int64_t least_ns_ = std::numeric_limits<std::int64_t>::min() / 4;
  std::int64_t most_ns_ = std::numeric_limits<std::int64_t>::max() / 4;
  std::int64_t last_theirs_ns_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_CLOCK_OFFSET_H_
