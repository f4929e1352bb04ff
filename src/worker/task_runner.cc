#include "worker/task_runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "operation/buffer.h"
#include "operation/layout.h"
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
/// Whose operands all tasks have where they are hot.
constexpr std::uint64_t kHotTask = 0;

void ExpectLapack(const Operation& operation, char letter,
                  const BlasCalls& blas) {
  const std::string routine = fmt::format("{}{}", letter, operation.lapack);
  if (!operation.needs_lapack() || blas.has(routine)) return;
  throw std::runtime_error(fmt::format(
      "--operation={} calls LAPACK's {}, which this BLAS does not have",
      operation.name, routine));
}

/// On matrices whose numbers are `Real`.
template <typename Real>
class OperationRunner : public TaskRunner {
 public:
  OperationRunner(const Operation& operation, const Key& key,
                  std::uint32_t slot, const Routines<Real>& blas,
                  std::optional<SharedMemory> operands,
                  std::optional<SharedMemory> products)
      : operation_(operation),
        blas_(blas),
        shape_(ShapeOf(key)),
        seed_(key.seed),
        data_(key.data),
        batched_(key.engine == Engine::kBatched),
        threaded_(key.blas_threads > 1),
        matrices_(key, operation, slot, std::move(operands),
                  std::move(products)),
        scratch_(ScratchNumbers(operation, blas_, shape_)),
        integers_(operation.integers != nullptr ? operation.integers(shape_)
                                                : 0),
        operands_(operation.operands.size()),
        random_(key.seed + slot) {
    if (batched_ && operation.call_batch.of<Real>() == nullptr) {
      throw std::runtime_error(
          fmt::format("there is no batched call of {}", operation.name));
    }
  }

  void Prepare(TaskSource& source) override {
    if (data_ == Data::kHot) Keep(kHotTask);
    if (data_ != Data::kResident) return;
    for (TaskRange range = source.Claim(1); range.count > 0;
         range = source.Claim(1)) {
      Keep(range.first);
    }
    matrices_.PopulateOperands();
  }

  bool loads() const override { return matrices_.has_working(); }
  std::uint64_t first_chunk() const override {
    return loads() || batched_ ? max_chunk() : 1;
  }
  std::uint64_t max_chunk() const override {
    if (batched_) return matrices_.working_tasks();
    return std::min(loads() ? matrices_.working_tasks() : kMaxChunk,
                    threaded_ ? kMaxThreadedChunk : kMaxChunk);
  }

  void Load(const TaskRange& tasks) override {
    for (std::uint64_t i = 0; i < tasks.count; ++i) {
      const std::uint64_t task = tasks.first + i;
      for (std::size_t operand = 0; operand < operands_.size(); ++operand) {
        Real* const place = matrices_.Operand(operand, task, i);
        if (data_ == Data::kFresh) {
          MakeOperand(operation_, shape_, seed_, task, operand, place);
        } else {
          std::copy_n(matrices_.Kept(operand, task),
                      matrices_.layout().operands[operand].numbers, place);
        }
      }
    }
  }

  void Operate(const TaskRange& tasks) override {
    if (batched_) {
      CallBatch(tasks);
    } else {
      for (std::uint64_t i = 0; i < tasks.count; ++i) Call(tasks.first + i, i);
    }
    Note(tasks);
  }

  VerifyReport Verify() override {
    if (!last_) return {};
    const Done last = *std::exchange(last_, std::nullopt);
    operated_ = 0;
    VerifyReport report = Report(last);
    if (!matrices_.keeps_products() || sample_.task == last.task) return report;
    const VerifyReport sample = Report(WithOperands(sample_));
    const std::uint32_t checked = report.checked + sample.checked;
    if (!(sample.worst_ratio <= 1)) report = sample;
    report.checked = checked;
    return report;
  }

  ProductNumbers last_product() override {
    if (!last_) return std::span<Real>();
    return std::span<Real>{matrices_.Product(last_->task, last_->position),
                           matrices_.layout().product_numbers};
  }

 private:
  /// A task whose product is there.
  struct Done {
    std::uint64_t task = 0;
    std::uint64_t position = 0;  ///< in its chunk
  };

  void Keep(std::uint64_t task) {
    for (std::size_t operand = 0; operand < operands_.size(); ++operand) {
      MakeOperand(operation_, shape_, seed_, task, operand,
                  matrices_.Kept(operand, task));
    }
  }

  void Call(std::uint64_t task, std::uint64_t position) try {
    for (std::size_t operand = 0; operand < operands_.size(); ++operand) {
      operands_[operand] = matrices_.Operand(operand, task, position);
    }
    operation_.call.of<Real>()(blas_, shape_,
                               {.operands = operands_,
                                .product = matrices_.Product(task, position),
                                .scratch = scratch_.span(),
                                .integers = integers_.data()});
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(fmt::format("{} at task {}", error.what(), task));
  }

  void CallBatch(const TaskRange& tasks) {
    const std::size_t count = operands_.size();
    batch_operands_.resize(tasks.count * count);
    batch_.clear();
    for (std::uint64_t i = 0; i < tasks.count; ++i) {
      const std::span<Real*> operands(&batch_operands_[i * count], count);
      for (std::size_t operand = 0; operand < count; ++operand) {
        operands[operand] = matrices_.Operand(operand, tasks.first + i, i);
      }
      batch_.push_back({.operands = operands,
                        .product = matrices_.Product(tasks.first + i, i),
                        .scratch = scratch_.span(),
                        .integers = integers_.data()});
    }
    operation_.call_batch.of<Real>()(blas_, shape_, batch_);
  }

  /// Notes the last of `tasks`, and one of those whose products are there, each
  /// as likely as any other.
  void Note(const TaskRange& tasks) {
    last_ = {tasks.first + tasks.count - 1, tasks.count - 1};
    // Those of other chunks lie where these are now.
    if (!matrices_.shares_products()) operated_ = 0;
    operated_ += tasks.count;
    const std::uint64_t pick = random_() % operated_;
    if (pick < tasks.count) sample_ = {tasks.first + pick, pick};
  }

  /// `done` with operands where Check looks for them. Those of a chunk before
  /// the last one are gone.
  Done WithOperands(const Done& done) {
    const bool is_gone =
        loads() && !operation_.destroys && matrices_.shares_products();
    if (!is_gone) return done;
    Load({done.task, 1});
    return {done.task, 0};
  }

  VerifyReport Report(const Done& done) const {
    const Verification result = Check(done);
    return {.task = done.task,
            .worst_row = result.worst_row,
            .worst_ratio = result.worst_ratio,
            .checked = 1};
  }

  Verification Check(const Done& done) const {
    // What the call destroyed is made once more, in memory of its own.
    const Layout& layout = matrices_.layout();
    const BufferOf<Real> spare(operation_.destroys ? layout.operands_stride
                                                   : 0);
    std::vector<const Real*> operands;
    for (std::size_t i = 0; i < operands_.size(); ++i) {
      if (!operation_.destroys) {
        operands.push_back(matrices_.Operand(i, done.task, done.position));
        continue;
      }
      Real* const again = spare.data() + layout.operands[i].offset;
      MakeOperand(operation_, shape_, seed_,
                  data_ == Data::kHot ? kHotTask : done.task, i, again);
      operands.push_back(again);
    }
    return CheckProduct(
        operation_, shape_, std::span<const Real* const>(operands),
        matrices_.Product(done.task, done.position), seed_ + done.task);
  }

  const Operation& operation_;
  const Routines<Real>& blas_;
  Shape shape_;
  std::uint64_t seed_;
  Data data_;
  bool batched_;
  bool threaded_;
  Matrices<Real> matrices_;
  BufferOf<Real> scratch_;
  BufferOf<std::int64_t> integers_;
  std::vector<Real*> operands_;
  std::vector<Real*> batch_operands_;
  std::vector<CallData<Real>> batch_;
  std::optional<Done> last_;
  /// One of `operated_` tasks.
  Done sample_;
  std::uint64_t operated_ = 0;
  std::mt19937_64 random_;
};

template <typename Real>
std::unique_ptr<TaskRunner> MakeOperationRunner(
    const Operation& operation, const Key& key, std::uint32_t slot,
    const BlasCalls& blas, std::optional<SharedMemory> operands,
    std::optional<SharedMemory> products) {
  ExpectLapack(operation, kLetter<Real>, blas);
  return std::make_unique<OperationRunner<Real>>(
      operation, key, slot, blas.of<Real>(), std::move(operands),
      std::move(products));
}

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
  ProductNumbers last_product() override { return {}; }
};

}  // namespace

std::unique_ptr<TaskRunner> MakeTaskRunner(
    const Key& key, std::uint32_t slot, const BlasCalls& blas,
    std::optional<SharedMemory> operands,
    std::optional<SharedMemory> products) {
  const Operation& operation = OperationNamed(key.operation);
  if (!operation.computes()) return std::make_unique<EmptyRunner>();
  if (key.precision == Precision::kSingle) {
    return MakeOperationRunner<float>(operation, key, slot, blas,
                                      std::move(operands), std::move(products));
  }
  return MakeOperationRunner<double>(operation, key, slot, blas,
                                     std::move(operands), std::move(products));
}

}  // namespace hybrid
