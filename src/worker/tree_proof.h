#ifndef HYBRID_WORKER_TREE_PROOF_H_
#define HYBRID_WORKER_TREE_PROOF_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "protocol/control_block.h"
#include "worker/thread_times.h"

namespace hybrid {

/// Adds up, from its construction on, the CPU time of each thread of all
/// processes that descend from `harness`, whose own threads do not count.
///
/// What the kernel tells of a running thread of another process is as old as
/// its last tick: ask when the program rests, and after many ticks.
class TreeThreads {
 public:
  explicit TreeThreads(pid_t harness);

  /// Reads all clocks. Threads that come and go between two looks count among
  /// the ended ones, by their time alone.
  void Look();

  /// What was used until the last look, by nobody but `others_ns` and
  /// `ended_ns`.
  ThreadTimes times() const;

 private:
  struct Thread {
    std::int64_t last_ns = 0;
    std::int64_t used_ns = 0;
  };
  /// Reads the clocks: how many threads have used some time since they were
  /// read before.
  std::size_t ReadThreads();

  pid_t harness_;
  std::map<pid_t, Thread> threads_;
  std::size_t running_ = 0;
  std::int64_t all_begin_ns_ = 0, all_used_ns_ = 0;
  std::int64_t begin_ns_ = 0, wall_ns_ = 0;
};

/// Times of threads of which each used so much, and all that there were
/// `all_used_ns`. What is left are threads that ended, but for a tick of each
/// of the `running` ones, which may have used that since.
ThreadTimes TreeTimes(std::vector<std::int64_t> used_ns,
                      std::int64_t all_used_ns, std::size_t running);

/// Counts the threads of all that descends from `harness` that are at work
/// while `operate` has the program work, again and again. Have it do so before,
/// at the same size, and wait until idle threads sleep: those that spin use CPU
/// time as others do. Reports no threads if the system doesn't tell, or the
/// program has each task done by new processes.
ThreadReport ProveTreeThreads(pid_t harness, std::uint64_t asked,
                              const std::function<void()>& operate);

}  // namespace hybrid

#endif  // HYBRID_WORKER_TREE_PROOF_H_
