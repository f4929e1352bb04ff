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

  /// Gets the worker at `place` among all of the group ready, once, before
  /// everything else; what it really runs with.
  virtual ReadyReport GetReady(std::size_t place, const WorkerSlot& slot) = 0;

  /// The runner of that worker.
  virtual std::unique_ptr<TaskRunner> MakeRunner(std::size_t place) = 0;

  /// Around each batch of a worker: fills its report's cpu_ns, if anything.
  virtual void BeginBatch() = 0;
  virtual void EndBatch(BatchReport& report) = 0;

  /// Counts the threads that are at work in tasks of `source`.
  virtual ThreadReport Prove(TaskSource& source, TaskRunner& runner) = 0;

  /// What the program of the worker with `runner` is seen to be, once Prove was
  /// called; nothing of a BLAS.
  virtual ProgramReport Describe(TaskRunner& /*runner*/) { return {}; }

  /// Ends in order what GetReady began for the worker with `runner`.
  virtual void Finish(TaskRunner& /*runner*/) {}

  /// Ends at once what is no part of this process, which is about to exit while
  /// other workers in it are busy.
  virtual void GiveUp() {}
};

/// Loads the BLAS of `arguments` for `lanes` workers of `key`. Throws
/// std::runtime_error where it can't do what `key` wants of it.
std::unique_ptr<Workload> MakeBlasWorkload(const Key& key,
                                           const WorkerArguments& arguments,
                                           std::size_t lanes);

/// For `lanes` workers of this process, whose tasks one program of the command
/// of `key` does.
std::unique_ptr<Workload> MakeCommandWorkload(const Key& key,
                                              const WorkerArguments& arguments,
                                              std::size_t lanes);

}  // namespace hybrid

#endif  // HYBRID_WORKER_WORKLOAD_H_
