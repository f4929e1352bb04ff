#ifndef HYBRID_WORKER_COMMAND_RUNNER_H_
#define HYBRID_WORKER_COMMAND_RUNNER_H_

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

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
  /// Lets the program end by itself.
  virtual void Finish() {}

  void Prepare(TaskSource&) override {}
  bool loads() const override { return false; }
  void Load(const TaskRange&) override {}
  ProductNumbers last_product() override { return {}; }
};

/// Starts what does the tasks of `key` in the worker of `slot` (after
/// `arguments.prepare`, which has to succeed), waits until it is ready, and
/// lets it do a first task, so that nothing of that is in a batch. Throws
/// ProgramError, whose text says what to do.
std::unique_ptr<CommandRunner> MakeCommandRunner(
    const Key& key, std::uint64_t slot, const WorkerArguments& arguments);

}  // namespace hybrid

#endif  // HYBRID_WORKER_COMMAND_RUNNER_H_
