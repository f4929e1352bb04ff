#ifndef HYBRID_WORKER_WORKER_H_
#define HYBRID_WORKER_WORKER_H_

#include <functional>
#include <memory>

#include "blas/blas_files.h"
#include "protocol/control_block.h"
#include "protocol/worker_arguments.h"
#include "worker/task_runner.h"
#include "worker/task_source.h"

namespace hybrid {

/// Where tests reach into a worker to make it fail; all empty in a real one.
struct WorkerHooks {
  std::function<void(ReadyReport&)> edit_report;
  std::function<void(ProductNumbers product)> edit_product;
  std::function<std::unique_ptr<TaskSource>(std::unique_ptr<TaskSource>)>
      wrap_source;
};

/// Prints the kernels of the library in `files`, as ForEachKernels tells them,
/// `VALUE NAME` a line, each at once, because the process may die of the next
/// one.
void ListKernels(const BlasFiles& files);

/// The whole life of a worker, or of all workers that are threads of this
/// process: warm up, report, carry out commands until the parent is gone.
/// Returns the process's exit status.
int RunWorker(const WorkerArguments& arguments, const WorkerHooks& hooks = {});

}  // namespace hybrid

#endif  // HYBRID_WORKER_WORKER_H_
