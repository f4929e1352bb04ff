#ifndef HYBRID_BASE_WATCH_H_
#define HYBRID_BASE_WATCH_H_

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/clock.h"

namespace hybrid {

/// The time of a loop that looks after others at least once a tick: how much of
/// it others had, and how much this process was kept from looking, since it was
/// stopped, frozen or pushed aside.
class Watch {
 public:
  static constexpr int kTickMs = 100;
  static constexpr double kTickS = kTickMs / 1000.0;

  /// Call it each time round.
  void Look() {
    const std::int64_t now_ns = NowNs();
    const double since_s =
        NsToSeconds(now_ns - std::exchange(last_ns_, now_ns));
    awake_s_ += std::min(since_s, kAwakeTicks * kTickS);
    if (since_s > kTickS + kLateS) late_s_ += since_s - kTickS;
  }

  /// Since it was made, as far as this process was awake.
  double awake_s() const { return awake_s_; }
  /// What looks came too late, those left out that were only behind others in a
  /// run queue.
  double late_s() const { return late_s_; }

 private:
  /// More between two looks, and we were not awake ourselves.
  static constexpr double kAwakeTicks = 5;
  /// Who looks later than this was not merely behind others in a run queue.
  static constexpr double kLateS = 0.1;

  std::int64_t last_ns_ = NowNs();
  double awake_s_ = 0;
  double late_s_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_BASE_WATCH_H_
