#ifndef HYBRID_WORKER_WORKLOAD_H_
#define HYBRID_WORKER_WORKLOAD_H_

#include <cstddef>
#include <memory>

#include "protocol/control_block.h"
#include "protocol/worker_arguments.h"
#include "worker/task_runner.h"
#include "worker/task_source.h"

namespace hybrid {

/// What the workers of this process do their tasks with: a BLAS that they call,
/// or a program of the user's. Each worker calls it from its own thread.
class Workload {
 public:
  Workload() = default;
  Workload(const Workload&) = delete;
  Workload& operator=(const Workload&) = delete;
  virtual ~Workload() = default;

  /// Gets one worker ready, once, before everything else; what it really runs
  /// with.
  virtual ReadyReport GetReady(const WorkerSlot& slot) = 0;

  /// The runner of the worker at `place` among all of the group.
  virtual std::unique_ptr<TaskRunner> MakeRunner(std::size_t place) = 0;

  /// Around each batch of a worker: fills its report's cpu_ns, if anything.
  virtual void BeginBatch() = 0;
  virtual void EndBatch(BatchReport& report) = 0;

  /// Counts the threads that are at work in tasks of `source`.
  virtual ThreadReport Prove(TaskSource& source, TaskRunner& runner) = 0;

  /// What a program is seen to be, once Prove was called; nothing of a BLAS.
  virtual ProgramReport Describe() { return {}; }

  /// Ends in order what GetReady began.
  virtual void Finish() {}
};

/// Loads the BLAS of `arguments` for `lanes` workers of `key`. Throws
/// std::runtime_error where it can't do what `key` wants of it.
std::unique_ptr<Workload> MakeBlasWorkload(const Key& key,
                                           const WorkerArguments& arguments,
                                           std::size_t lanes);

/// For the one worker of this process, whose tasks the command of `key` does.
std::unique_ptr<Workload> MakeCommandWorkload(const Key& key,
                                              const WorkerArguments& arguments);

}  // namespace hybrid

#endif  // HYBRID_WORKER_WORKLOAD_H_
