#include "worker/task_runner.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "blas/blas.h"
#include "operation/layout.h"
#include "operation/operands.h"
#include "operation/operation.h"
#include "worker/matrices.h"

namespace hybrid {
namespace {

/// Without a load chunks take no memory: only the batch bounds them.
constexpr std::uint64_t kMaxChunk = std::uint64_t{1} << 32;
/// Threads that can't all run at once may need 100 ms for a call that takes
/// microseconds otherwise, and a chunk is not left before its end: with a
/// longer one the cap would come far too late. A threaded call is long enough
/// beside a claim as it is.
constexpr std::uint64_t kMaxThreadedChunk = 4;

class OperationRunner : public TaskRunner {
 public:
  OperationRunner(const Operation& operation, const Key& key,
                  std::uint32_t slot, std::optional<SharedMemory> operands,
                  std::optional<SharedMemory> products)
      : operation_(operation),
        n_(key.n),
        seed_(key.seed),
        data_(key.data),
        threaded_(key.blas_threads > 1),
        matrices_(key, LayoutOf(operation, key.n), slot, std::move(operands),
                  std::move(products)),
        operands_(matrices_.layout().operands.size()) {}

  void Prepare(TaskSource& source) override {
    if (data_ == Data::kHot) Fill(0, 0);
    if (data_ != Data::kResident) return;
    for (TaskRange range = source.Claim(1); range.count > 0;
         range = source.Claim(1)) {
      Fill(range.first, 0);
    }
    matrices_.PopulateOperands();
  }

  bool loads() const override { return data_ == Data::kFresh; }
  std::uint64_t max_chunk() const override {
    return std::min(loads() ? matrices_.fresh_tasks() : kMaxChunk,
                    threaded_ ? kMaxThreadedChunk : kMaxChunk);
  }

  void Load(const TaskRange& tasks) override {
    for (std::uint64_t i = 0; i < tasks.count; ++i) Fill(tasks.first + i, i);
  }

  void Operate(const TaskRange& tasks) override {
    for (std::uint64_t i = 0; i < tasks.count; ++i) {
      operation_.call(blas_, n_, Operands(tasks.first + i, i),
                      matrices_.Product(tasks.first + i));
    }
    last_ = {tasks.first + tasks.count - 1, tasks.count - 1};
  }

  VerifyReport Verify() override {
    if (!last_) return {};
    const auto [task, position] = *std::exchange(last_, std::nullopt);
    const Verification result = operation_.check(
        n_, Operands(task, position), matrices_.Product(task), seed_ + task);
    return {.task = task,
            .worst_row = result.worst_row,
            .worst_ratio = result.worst_ratio,
            .checked = 1};
  }

  std::span<double> last_product() override {
    if (!last_) return {};
    return {matrices_.Product(last_->task), matrices_.layout().product_doubles};
  }

 private:
  struct Last {
    std::uint64_t task;
    std::uint64_t position;
  };

  void Fill(std::uint64_t task, std::uint64_t position) {
    double* const first = matrices_.Operands(task, position);
    std::uint64_t index = 0;
    for (const Layout::Operand& operand : matrices_.layout().operands) {
      FillUniform({.seed = seed_, .task = task, .operand = index++},
                  {first + operand.offset, operand.doubles});
    }
  }

  /// Valid until the next call.
  Operation::Operands Operands(std::uint64_t task, std::uint64_t position) {
    const double* const first = matrices_.Operands(task, position);
    const auto& operands = matrices_.layout().operands;
    for (std::size_t i = 0; i < operands.size(); ++i) {
      operands_[i] = first + operands[i].offset;
    }
    return operands_;
  }

  const Operation& operation_;
  const BlasCalls& blas_ = BlasEntryPoints();
  std::uint64_t n_;
  std::uint64_t seed_;
  Data data_;
  bool threaded_;
  Matrices matrices_;
  std::vector<const double*> operands_;
  std::optional<Last> last_;
};

/// Every empty task pays a claim and a time stamp of its own: what is measured
/// is the most that the harness adds to a task, not what chunks reduce it to.
class EmptyRunner : public TaskRunner {
 public:
  void Prepare(TaskSource&) override {}
  bool loads() const override { return false; }
  std::uint64_t max_chunk() const override { return 1; }
  void Load(const TaskRange&) override {}
  void Operate(const TaskRange&) override {}
  VerifyReport Verify() override { return {}; }
  std::span<double> last_product() override { return {}; }
};

}  // namespace

std::unique_ptr<TaskRunner> MakeTaskRunner(
    const Key& key, std::uint32_t slot, std::optional<SharedMemory> operands,
    std::optional<SharedMemory> products) {
  const Operation& operation = OperationNamed(key.operation);
  if (!operation.computes()) return std::make_unique<EmptyRunner>();
  return std::make_unique<OperationRunner>(
      operation, key, slot, std::move(operands), std::move(products));
}

}  // namespace hybrid
