#ifndef HYBRID_WORKER_COMMAND_RUNNER_H_
#define HYBRID_WORKER_COMMAND_RUNNER_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "key/key.h"
#include "protocol/worker_arguments.h"
#include "worker/task_runner.h"

namespace hybrid {

/// A runner whose tasks a program of the user's does.
class CommandRunner : public TaskRunner {
 public:
  /// The BLAS that the program says it runs, `openblas-0.3.21`; empty if it
  /// said nothing.
  virtual std::string blas() const { return {}; }
  /// Whether it checks its results when asked to.
  virtual bool verifies() const { return false; }
  /// Of a task, as the program says; 0 if it did not.
  virtual double flops() const { return 0; }
  /// What is seen of the program, and of all that it started. Where a start of
  /// it is too short to be looked at as it does tasks, this makes one more.
  virtual ProgramReport Describe() = 0;
  /// The program, where one lives through all batches; else nothing.
  virtual std::optional<pid_t> pid() const { return std::nullopt; }
  /// Which of its workers this one is for.
  virtual std::size_t lane() const { return 0; }
  /// Has it do a first task, so that nothing of that is in a batch. Workers in
  /// one process call it at once, each from its own thread; the thread of the
  /// program that serves one of them binds itself to `cpus`, if there are any.
  virtual void WarmUp(const CpuMask& /*cpus*/) {}
  /// Lets the program end by itself, once all of its workers have said so.
  virtual void Finish() {}

  void Prepare(TaskSource&) override {}
  bool loads() const override { return false; }
  void Load(const TaskRange&) override {}
  ProductNumbers last_product() override { return {}; }
};

/// Starts what does the tasks of `key` in the worker of `arguments.slot`, or in
/// that and those behind it, `lanes` in all (after `arguments.prepare`, which
/// has to succeed), and waits until it is ready: a runner for each worker.
/// Throws ProgramError, whose text says what to do.
std::vector<std::unique_ptr<CommandRunner>> MakeCommandRunners(
    const Key& key, const WorkerArguments& arguments, std::size_t lanes);

}  // namespace hybrid

#endif  // HYBRID_WORKER_COMMAND_RUNNER_H_
