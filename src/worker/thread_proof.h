#ifndef HYBRID_WORKER_THREAD_PROOF_H_
#define HYBRID_WORKER_THREAD_PROOF_H_

#include <cstdint>

#include "protocol/control_block.h"
#include "worker/task_runner.h"
#include "worker/task_source.h"

namespace hybrid {

/// How threads are to be counted.
struct ThreadProof {
  std::uint64_t asked = 1;  ///< threads that the BLAS was told to run
  std::uint64_t tasks = 1;  ///< of one call
  bool reloads = false;     ///< calls destroy their operands
  /// When threads without work sleep (CLOCK_MONOTONIC). Those that had some
  /// before, when the BLAS was loaded, may spin until then, and that counts.
  std::int64_t asleep_ns = 0;
};

/// Counts the threads that are at work where the calling one calls the BLAS for
/// tasks of `source`, again and again. Reports no threads if the system
/// doesn't tell, or there is no task. Nothing of this is timed, so that it may
/// look at all clocks before and after each call.
ThreadReport ProveThreads(TaskSource& source, TaskRunner& runner,
                          const ThreadProof& proof);

}  // namespace hybrid

#endif  // HYBRID_WORKER_THREAD_PROOF_H_
