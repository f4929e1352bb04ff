#include "worker/task_runner.h"

#include <algorithm>
#include <utility>

#include "blas/blas.h"
#include "operation/operands.h"
#include "operation/verification.h"
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

class GemmRunner : public TaskRunner {
 public:
  GemmRunner(const Key& key, std::uint32_t slot,
             std::optional<SharedMemory> operands,
             std::optional<SharedMemory> products)
      : n_(key.n),
        seed_(key.seed),
        data_(key.data),
        threaded_(key.blas_threads > 1),
        matrices_(key, slot, std::move(operands), std::move(products)) {}

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
    return std::min(loads() ? matrices_.fresh_pairs() : kMaxChunk,
                    threaded_ ? kMaxThreadedChunk : kMaxChunk);
  }

  void Load(const TaskRange& tasks) override {
    for (std::uint64_t i = 0; i < tasks.count; ++i) Fill(tasks.first + i, i);
  }

  void Operate(const TaskRange& tasks) override {
    for (std::uint64_t i = 0; i < tasks.count; ++i) {
      const OperandPair pair = matrices_.Operands(tasks.first + i, i);
      BlasEntryPoints().gemm(n_, pair.left, pair.right,
                             matrices_.Product(tasks.first + i));
    }
    last_ = {tasks.first + tasks.count - 1, tasks.count - 1};
  }

  VerifyReport Verify() override {
    if (!last_) return {};
    const auto [task, position] = *std::exchange(last_, std::nullopt);
    const OperandPair pair = matrices_.Operands(task, position);
    const Verification result = VerifyProduct(
        n_, pair.left, pair.right, matrices_.Product(task), seed_ + task);
    return {.task = task,
            .worst_row = result.worst_row,
            .worst_ratio = result.worst_ratio,
            .checked = 1};
  }

  std::span<double> last_product() override {
    if (!last_) return {};
    return {matrices_.Product(last_->task), n_ * n_};
  }

 private:
  struct Last {
    std::uint64_t task;
    std::uint64_t position;
  };

  void Fill(std::uint64_t task, std::uint64_t position) {
    const OperandPair pair = matrices_.Operands(task, position);
    FillUniform({.seed = seed_, .task = task, .operand = 0},
                {pair.left, n_ * n_});
    FillUniform({.seed = seed_, .task = task, .operand = 1},
                {pair.right, n_ * n_});
  }

  std::uint64_t n_;
  std::uint64_t seed_;
  Data data_;
  bool threaded_;
  Matrices matrices_;
  std::optional<Last> last_;
};

/// Every empty task pays a claim and a time stamp of its own: what is measured
/// is the most that the harness adds to a task, not what chunks reduce it to.
class NoneRunner : public TaskRunner {
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
  if (key.operation == "none") {
    return std::make_unique<NoneRunner>();
  }
  return std::make_unique<GemmRunner>(key, slot, std::move(operands),
                                      std::move(products));
}

}  // namespace hybrid
