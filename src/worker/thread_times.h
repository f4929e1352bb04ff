#ifndef HYBRID_WORKER_THREAD_TIMES_H_
#define HYBRID_WORKER_THREAD_TIMES_H_

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <vector>

#include "protocol/control_block.h"

namespace hybrid {

/// CPU time of the threads of a process while one of them called the BLAS.
struct ThreadTimes {
  std::int64_t caller_ns = 0;
  std::vector<std::int64_t> others_ns{};
  std::int64_t ended_ns = 0;  ///< of those that ended, or came and went
  /// How long they had for all that; 0 where nobody looked.
  std::int64_t wall_ns = 0;

  std::int64_t busiest_ns() const;
  std::int64_t all_ns() const;
};

/// Adds up the CPU time that the threads of this process use in calls of the
/// one that makes this object and uses it: to the nanosecond, whereas what
/// /proc/PID/task/TID/schedstat tells is as old as a running thread's last
/// tick.
class ThreadClocks {
 public:
  ThreadClocks();

  /// Finds the threads that there are. Those that nobody has found count among
  /// the ended ones. False if the system doesn't tell.
  bool ListThreads();

  /// Before and after each call.
  void Begin();
  void End();

  ThreadTimes times() const;

 private:
  struct Other {
    std::int64_t begin_ns = 0;
    std::int64_t used_ns = 0;
  };
  void ReadOthers(bool ends);

  std::map<pid_t, Other> others_;
  pid_t caller_;
  std::int64_t caller_begin_ns_ = 0, caller_ns_ = 0;
  /// Of the process, without the caller.
  std::int64_t beside_begin_ns_ = 0, beside_ns_ = 0;
};

/// All threads of this process, those of libraries included; none if the system
/// doesn't tell.
std::vector<pid_t> OwnThreads();

/// Whether this process has one thread, and never had another that did
/// anything. False if the system doesn't tell.
bool IsOnlyThread();

/// A thread was at work if it had this part of the CPU time of the busiest one.
/// A share of the wall time would fail where threads share cores.
inline constexpr double kAtWork = 0.25;

/// Whether `times` may be of threads of which no more than `asked` ever ran
/// side by side, as far as their time in all tells; false where nobody looked
/// how long they had.
bool MayHaveTakenTurns(const ThreadTimes& times, std::uint64_t asked);

/// How many threads were at work where `asked` were asked for.
///
/// Those that came and went, as the threads of BLIS's pthread build do in each
/// call, can't be told one by one. They are as many as were asked for if that
/// makes none of them busier than the busiest one that stayed; if it takes
/// fewer, nobody knows how many there were, and none are reported. So much more
/// time that no division of work among `asked` explains it is an excess, unless
/// they may have come one after the other, as processes do of which each has a
/// task: then none are reported either.
ThreadReport CountThreads(const ThreadTimes& times, std::uint64_t asked);

}  // namespace hybrid

#endif  // HYBRID_WORKER_THREAD_TIMES_H_
