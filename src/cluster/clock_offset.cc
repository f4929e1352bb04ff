#include "cluster/clock_offset.h"

#include <algorithm>
#include <cmath>

#include "base/clock.h"

namespace hybrid {

std::optional<TimeInterval> Between(const TimeInterval& interval,
                                    std::int64_t not_before_ns,
                                    std::int64_t not_after_ns) {
  const TimeInterval left{
      .earliest_ns = std::max(interval.earliest_ns, not_before_ns),
      .latest_ns = std::min(interval.latest_ns, not_after_ns)};
  if (left.earliest_ns > left.latest_ns) return std::nullopt;
  return left;
}

void ClockOffset::Add(std::int64_t sent_ns, std::int64_t theirs_ns,
                      std::int64_t received_ns) {
  const std::int64_t drift_ns = DriftNs(theirs_ns);
  const std::int64_t least_ns = theirs_ns - received_ns;
  const std::int64_t most_ns = theirs_ns - sent_ns;
  least_ns_ = std::max(least_ns_ - drift_ns, least_ns);
  most_ns_ = std::min(most_ns_ + drift_ns, most_ns);
  if (least_ns_ > most_ns_) {
    // A clock was set, or drifts more than allowed: only the newest is true.
    least_ns_ = least_ns;
    most_ns_ = most_ns;
  }
  last_theirs_ns_ = theirs_ns;
}

TimeInterval ClockOffset::OnOurs(std::int64_t theirs_ns) const {
  const std::int64_t drift_ns = DriftNs(theirs_ns);
  return {.earliest_ns = theirs_ns - most_ns_ - drift_ns,
          .latest_ns = theirs_ns - least_ns_ + drift_ns};
}

double ClockOffset::bound_s() const {
  return NsToSeconds(most_ns_ - least_ns_) / 2;
}

std::int64_t ClockOffset::DriftNs(std::int64_t theirs_ns) const {
  const auto apart_ns = static_cast<double>(theirs_ns - last_theirs_ns_);
  return static_cast<std::int64_t>(std::ceil(std::abs(apart_ns) * kMostDrift));
}

}  // namespace hybrid
