#ifndef HYBRID_BENCH_BUDGET_H_
#define HYBRID_BENCH_BUDGET_H_

#include <chrono>
#include <cstddef>
#include <optional>

namespace hybrid {

/// The time of --budget, which groups share: each gets an equal part of what is
/// left when it begins, and leaves to the others what it does not need.
class Budget {
 public:
  using Clock = std::chrono::steady_clock;

  /// Nothing: there is no limit.
  explicit Budget(std::optional<double> seconds) {
    if (seconds) end_ = Clock::now() + Seconds(*seconds);
  }

  /// The next of `groups_left` groups begins.
  void Begin(std::size_t groups_left);

  /// What the group in hand has left; nothing where there is no limit.
  std::optional<double> left_s() const;

 private:
  static Clock::duration Seconds(double seconds) {
    return std::chrono::duration_cast<Clock::duration>(
        std::chrono::duration<double>(seconds));
  }

  std::optional<Clock::time_point> end_;
  Clock::time_point group_end_;
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_BUDGET_H_
