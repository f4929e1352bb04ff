#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <latch>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/system_error.h"
#include "base/unique_fd.h"
#include "blas/library_table.h"
#include "blas/loaded_blas.h"
#include "operation/integer_limit.h"
#include "operation/operation.h"
#include "protocol/shared_memory.h"
#include "worker/cpu_count.h"
#include "worker/own_mask.h"
#include "worker/thread_proof.h"
#include "worker/thread_times.h"
#include "worker/workload.h"

namespace hybrid {
namespace {

/// Big enough to start every BLAS thread and small enough to take no time,
/// even with the most sluggish kernels.
constexpr std::uint64_t kWarmUpMin = 64;
constexpr std::uint64_t kWarmUpMax = 256;

template <typename Real>
void Multiply(const Routines<Real>& blas, std::uint64_t n) {
  const std::uint64_t order = std::clamp(n, kWarmUpMin, kWarmUpMax);
  const std::vector<Real> ones(order * order, 1);
  std::vector<Real> product(order * order);
  const auto size = static_cast<std::int64_t>(order);
  blas.Gemm('N', 'N', size, size, size, 1, ones.data(), size, ones.data(), size,
            0, product.data(), size);
}

/// 0: nobody knows.
std::uint64_t MostThreads(const BlasInfo& info) {
  return info.threading == "none" ? 1 : info.most_threads;
}

/// What `blas` runs with after a first call of `key`'s size. `loaded_ns` is
/// when it began to be loaded.
ReadyReport WarmUp(const LoadedBlas& blas, const Key& key,
                   std::int64_t loaded_ns) {
  const BlasInfo& info = blas.info();
  if (key.precision == Precision::kSingle) {
    Multiply(blas.calls().floats(), key.n);
  } else {
    Multiply(blas.calls().doubles(), key.n);
  }
  ReadyReport report;
  report.warm_up_ns = NowNs() - loaded_ns;
  report.blas_family = info.family;
  report.blas_version = info.version;
  report.blas_threading = info.threading;
  report.kernels = info.kernels;
  report.blas_file = info.file;
  report.most_threads = MostThreads(info);
  report.has_lapack = blas.has_lapack();
  report.integer_bits = static_cast<std::uint32_t>(info.integer_bits);
  ReportMask(report);
  return report;
}

/// Throws for what the library can't do: of one that came by its path nobody
/// knew before.
void CheckLimits(const BlasInfo& info, const Key& key) {
  const auto refuse = [&info](const std::string& why) {
    throw std::runtime_error(fmt::format("{}: {}", info.file, why));
  };
  const auto why_not_threads =
      WhyNotThreads(info.family, MostThreads(info), key.blas_threads);
  if (why_not_threads) refuse(*why_not_threads);
  if (info.integer_bits != 32) return;
  const auto why = WhyNotLp64(OperationNamed(key.operation), ShapeOf(key));
  if (why) refuse(*why);
}

/// A mapping of its own for each worker: as many as there are in this process
/// share the descriptor.
std::optional<SharedMemory> MapArena(int fd) {
  if (fd < 0) return std::nullopt;
  const int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) ThrowSystemError("shared memory: dup");
  return SharedMemory::Map(UniqueFd(copy));
}

class BlasWorkload : public Workload {
 public:
  BlasWorkload(const Key& key, const WorkerArguments& arguments,
               std::size_t lanes)
      : key_(key),
        arguments_(arguments),
        loaded_ns_(NowNs()),
        blas_(arguments.blas, static_cast<int>(key.blas_threads)),
        warmed_up_(static_cast<std::ptrdiff_t>(lanes)),
        cpu_(lanes) {
    blas_.CheckCallers(lanes, key.blas_threads);
    CheckLimits(blas_.info(), key);
  }

  /// Ends once all in this process have started the threads of their BLAS.
  ReadyReport GetReady(std::size_t, const WorkerSlot& slot) override {
    BindThread(slot.cpus);
    if (key_.engine == Engine::kThreads) {
      blas_.SetThreadsOfCaller(static_cast<int>(key_.blas_threads));
    }
    ReadyReport report = WarmUp(blas_, key_, loaded_ns_);
    warmed_up_.arrive_and_wait();
    report.threads = static_cast<std::uint32_t>(OwnThreads().size());
    if (key_.engine == Engine::kBatched) {
      // Hot operands are the same memory for all tasks.
      const bool in_strides = key_.data != Data::kHot;
      const BlasCalls& calls = blas_.calls();
      report.batched_call = key_.precision == Precision::kSingle
                                ? calls.floats().batched_gemm(in_strides)
                                : calls.doubles().batched_gemm(in_strides);
    }
    return report;
  }

  std::unique_ptr<TaskRunner> MakeRunner(std::size_t place) override {
    return MakeTaskRunner(key_, static_cast<std::uint32_t>(place),
                          blas_.calls(), MapArena(arguments_.operands_fd),
                          MapArena(arguments_.products_fd));
  }

  void BeginBatch() override { cpu_.Begin(); }
  void EndBatch(BatchReport& report) override { cpu_.End(report); }

  /// One worker of a process after the other, since the threads that a call has
  /// at work can't be told from those of another's call at the same time.
  ThreadReport Prove(TaskSource& source, TaskRunner& runner) override {
    const std::lock_guard turn(proving_);
    const ThreadProof proof{
        .asked = key_.blas_threads,
        .tasks = TasksOfProof(key_),
        .reloads = OperationNamed(key_.operation).destroys,
        .asleep_ns = NowNs() + blas_.info().longest_spin_ns};
    return ProveThreads(source, runner, proof);
  }

 private:
  const Key& key_;
  const WorkerArguments& arguments_;
  std::int64_t loaded_ns_;
  LoadedBlas blas_;
  std::latch warmed_up_;
  CpuCount cpu_;
  std::mutex proving_;
};

}  // namespace

std::unique_ptr<Workload> MakeBlasWorkload(const Key& key,
                                           const WorkerArguments& arguments,
                                           std::size_t lanes) {
  return std::make_unique<BlasWorkload>(key, arguments, lanes);
}

}  // namespace hybrid
