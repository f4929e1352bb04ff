#ifndef HYBRID_POOL_LIVENESS_H_
#define HYBRID_POOL_LIVENESS_H_

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace hybrid {

/// Tells a process that works from one that hangs: who uses CPU time makes
/// progress, and so does who has children, or theirs, that use some. Waiting in
/// the run queue behind others still moves a process's CPU clock within a tick
/// or so; being stopped or blocked for ever does not.
class Liveness {
 public:
  /// `is_agent`: the process only waits for what it started, and looks at it
  /// now and then: its own CPU time proves nothing.
  explicit Liveness(pid_t pid, bool is_agent = false)
      : pid_(pid), is_agent_(is_agent) {}

  /// Looks at the process. `waited_s` is the time since the last look that its
  /// watcher was itself awake for, so that a suspended session (Ctrl-Z, a
  /// laptop's lid) does not count.
  void Look(double waited_s);

  /// Seconds without CPU time of the process and of all below it, as far as the
  /// looks tell.
  double idle_s() const { return idle_s_; }

 private:
  pid_t pid_;
  bool is_agent_;
  std::int64_t cpu_ns_ = -1;
  /// Of what descends from it, at the last look that asked for that.
  std::optional<std::int64_t> descendants_ns_;
  double idle_s_ = 0;
};

/// `stopped by a signal`, `asleep`, …: the state that /proc shows, or `state
/// unknown`.
std::string DescribeProcessState(pid_t pid);

}  // namespace hybrid

#endif  // HYBRID_POOL_LIVENESS_H_
