#ifndef HYBRID_CEILINGS_TEAM_H_
#define HYBRID_CEILINGS_TEAM_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <thread>
#include <vector>

#include "machine/topology.h"

namespace hybrid {

/// Owns one thread per core, its member, pinned to the core's first logical
/// CPU where the system allows it, for the life of the team: what a member
/// touches first lies in its core's memory. Used by one thread, which waits
/// while the members work and polls `interrupted` meanwhile.
class CoreTeam {
 public:
  /// Throws std::system_error if the system gives no threads.
  CoreTeam(std::span<const CpuList> cores, std::function<bool()> interrupted);
  CoreTeam(const CoreTeam&) = delete;
  CoreTeam& operator=(const CoreTeam&) = delete;
  ~CoreTeam() = default;  // the threads stop and are joined first

  std::size_t size() const { return size_; }

  /// Calls job(0), …, job(size() - 1), each on its member, all at once: none
  /// starts before every member is ready. Returns when all have returned;
  /// false if interrupted, now or before. Jobs may not throw, and those that
  /// take longer than milliseconds look at stopping().
  bool Run(const std::function<void(std::size_t)>& job);

  /// Members call step(member), which returns the work it did, again and again
  /// for `slice`. Returns the sum of their work per second of the time from
  /// the first start to the last end, or nothing if interrupted.
  std::optional<double> Rate(std::chrono::nanoseconds slice,
                             const std::function<double(std::size_t)>& step);

  /// True once jobs should return as soon as they can.
  bool stopping() const { return stopping_.load(std::memory_order_relaxed); }

 private:
  void Serve(const std::stop_token& stop, std::size_t member);
  void AwaitIdle(std::unique_lock<std::mutex>& lock);

  const std::size_t size_;
  const std::function<bool()> interrupted_;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::size_t> lined_up_ = 0;
  std::mutex mutex_;  // guards the next three
  const std::function<void(std::size_t)>* job_ = nullptr;
  std::size_t jobs_given_ = 0;
  std::size_t busy_ = 0;
  std::condition_variable_any work_;
  std::condition_variable_any idle_;
  std::vector<std::jthread> threads_;  // last: joined before the rest goes
};

}  // namespace hybrid

#endif  // HYBRID_CEILINGS_TEAM_H_
