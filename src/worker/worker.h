#ifndef HYBRID_WORKER_WORKER_H_
#define HYBRID_WORKER_WORKER_H_

#include <functional>
#include <memory>
#include <span>

#include "protocol/control_block.h"
#include "worker/task_source.h"

namespace hybrid {

/// What bench puts on a worker's command line.
struct WorkerArguments {
  int control_fd = -1;
  int doorbell_fd = -1;
  int operands_fd = -1;  ///< -1: no arena
  int products_fd = -1;  ///< -1: no arena
  int slot = -1;
};

/// Reads `--control_fd=3 …`. Throws std::invalid_argument for anything that
/// bench would not write.
WorkerArguments ParseWorkerArguments(std::span<char* const> arguments);

/// Where tests reach into a worker to make it fail; all empty in a real one.
struct WorkerHooks {
  std::function<void(ReadyReport&)> edit_report;
  std::function<void(std::span<double> product)> edit_product;
  std::function<std::unique_ptr<TaskSource>(std::unique_ptr<TaskSource>)>
      wrap_source;
};

/// Prints the names that ForEachKernelsName finds, `NUMBER NAME` a line, each
/// at once, because the process may die of the next one.
void ListKernels();

/// A worker's whole life: warm up, report, carry out commands until the parent
/// is gone. The process's exit status.
int RunWorker(const WorkerArguments& arguments, const WorkerHooks& hooks = {});

}  // namespace hybrid

#endif  // HYBRID_WORKER_WORKER_H_
