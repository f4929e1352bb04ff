#ifndef HYBRID_WORKER_TASK_RUNNER_H_
#define HYBRID_WORKER_TASK_RUNNER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <variant>

#include "blas/blas_calls.h"
#include "protocol/control_block.h"
#include "protocol/shared_memory.h"
#include "protocol/task_range.h"
#include "worker/task_source.h"

namespace hybrid {

/// A product's numbers, whatever they are.
using ProductNumbers = std::variant<std::span<double>, std::span<float>>;

/// What some tasks took, where their runner knows it better than its caller.
struct Phases {
  std::int64_t load_ns = 0;
  std::int64_t operate_ns = 0;
  std::int64_t max_ns = 0;  ///< the longest single task; 0: not known
};

/// What a worker does with its tasks: one operation on one kind of data, or
/// what a user's program does.
class TaskRunner {
 public:
  TaskRunner() = default;
  TaskRunner(const TaskRunner&) = delete;
  TaskRunner& operator=(const TaskRunner&) = delete;
  virtual ~TaskRunner() = default;

  /// Makes the operands that are there before the gate; resident ones are
  /// shared out by `source`.
  virtual void Prepare(TaskSource& source) = 0;

  /// Whether Load does anything: then its time is taken apart.
  virtual bool loads() const = 0;
  /// The most tasks that may be loaded and operated on together.
  virtual std::uint64_t max_chunk() const = 0;
  /// How many of them the first claim of a batch asks for.
  virtual std::uint64_t first_chunk() const {
    return loads() ? max_chunk() : 1;
  }
  /// A chunk that takes this long has cost no more than a percent for its
  /// claim.
  virtual std::int64_t long_enough_ns() const { return 20000; }

  /// Makes the operands of `tasks`, which are Operate's next.
  virtual void Load(const TaskRange& tasks) = 0;
  /// Makes the products of `tasks`.
  virtual void Operate(const TaskRange& tasks) = 0;
  /// Of the tasks last operated on.
  virtual std::optional<Phases> phases() const { return std::nullopt; }

  /// Checks the product of the last task operated on since the last call, and
  /// of all whose products are still there one more at random. Reports that one
  /// if it is wrong, else the last one.
  virtual VerifyReport Verify() = 0;

  /// The last product that Verify looks at; nothing if there is none.
  virtual ProductNumbers last_product() = 0;
};

/// The runner for the operation of `key` in the worker of `slot`, through
/// `blas`, which must outlive it. `operands` and `products` are the arenas that
/// all workers share, if `key` has them. Throws std::runtime_error if the BLAS
/// lacks what the operation calls.
std::unique_ptr<TaskRunner> MakeTaskRunner(
    const Key& key, std::uint32_t slot, const BlasCalls& blas,
    std::optional<SharedMemory> operands, std::optional<SharedMemory> products);

}  // namespace hybrid

#endif  // HYBRID_WORKER_TASK_RUNNER_H_
