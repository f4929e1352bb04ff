#include "worker/worker.h"

#include <dirent.h>
#include <fmt/format.h>
#include <sched.h>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/standard_streams.h"
#include "blas/loaded_blas.h"
#include "operation/integer_limit.h"
#include "operation/operation.h"
#include "protocol/doorbell.h"
#include "worker/parent_link.h"
#include "worker/task_loop.h"
#include "worker/task_runner.h"
#include "worker/thread_proof.h"

namespace hybrid {
namespace {

/// Big enough to start every BLAS thread and small enough to take no time,
/// even with the most sluggish kernels.
constexpr std::uint64_t kWarmUpMin = 64;
constexpr std::uint64_t kWarmUpMax = 256;

/// Beside a batch of this length a look at the CPU clock, a system call, is
/// nothing.
constexpr std::int64_t kLongBatchNs = 200000;

/// Threads of this process, those of the BLAS library included.
std::uint32_t CountThreads() {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir("/proc/self/task"),
                                                   &closedir);
  std::uint32_t threads = 0;
  while (folder != nullptr) {
    // Nobody else reads this stream.  NOLINTNEXTLINE(concurrency-mt-unsafe)
    const dirent* entry = readdir(folder.get());
    if (entry == nullptr) break;
    if (entry->d_name[0] != '.') ++threads;
  }
  return threads;
}

void ReportMask(ReadyReport& report) {
  constexpr std::size_t kCpus =
      64 * std::tuple_size_v<decltype(report.cpu_mask)>;
  std::array<std::uint64_t, kCpus / 64> mask{};
  const int error = sched_getaffinity(
      0, sizeof(mask), reinterpret_cast<cpu_set_t*>(mask.data()));
  if (error != 0) return;
  report.cpu_mask = mask;
  for (const std::uint64_t word : mask) {
    report.allowed_cpus +=
        static_cast<std::uint32_t>(__builtin_popcountll(word));
  }
}

/// What `blas` runs with after a first call. `loaded_ns` is when it began to be
/// loaded.
ReadyReport WarmUp(const LoadedBlas& blas, std::uint64_t n,
                   std::int64_t loaded_ns) {
  const BlasInfo& info = blas.info();
  const std::uint64_t order = std::clamp(n, kWarmUpMin, kWarmUpMax);
  const std::vector<double> ones(order * order, 1.0);
  std::vector<double> product(order * order);
  const auto size = static_cast<std::int64_t>(order);
  blas.calls().Gemm('N', 'N', size, size, size, 1, ones.data(), size,
                    ones.data(), size, 0, product.data(), size);
  ReadyReport report;
  report.warm_up_ns = NowNs() - loaded_ns;
  report.blas_family = info.family;
  report.blas_version = info.version;
  report.blas_threading = info.threading;
  report.kernels = info.kernels;
  report.blas_file = info.file;
  report.integer_bits = static_cast<std::uint32_t>(info.integer_bits);
  report.threads = CountThreads();
  ReportMask(report);
  return report;
}

/// Throws for what the library can't do: of one that came by its path nobody
/// knew before.
void CheckLimits(const BlasInfo& info, const Key& key) {
  const auto refuse = [&info](const std::string& why) {
    throw std::runtime_error(fmt::format("{}: {}", info.file, why));
  };
  if (info.most_threads > 1 && key.blas_threads > info.most_threads) {
    refuse(fmt::format("runs {} threads at most", info.most_threads));
  }
  if (info.integer_bits != 32) return;
  const auto why = WhyNotLp64(OperationNamed(key.operation), key.n);
  if (why) refuse(*why);
}

std::optional<SharedMemory> MapArena(int fd) {
  if (fd < 0) return std::nullopt;
  return SharedMemory::Map(UniqueFd(fd));
}

/// Counts the CPU time of batches.
class CpuCount {
 public:
  void Begin() {
    if (looks_) before_ns_ = OwnCpuNs();
  }
  void End(BatchReport& report) {
    const std::int64_t now_ns = OwnCpuNs();
    report.cpu_ns = now_ns - std::exchange(before_ns_, now_ns);
    looks_ = report.finish_ns - report.begin_ns >= kLongBatchNs;
  }

 private:
  bool looks_ = true;
  std::int64_t before_ns_ = 0;
};

/// What a worker has for its commands.
struct Means {
  TaskSource& source;
  TaskRunner& runner;
  CpuCount& cpu;
  const ThreadProof& proof;
};

void CarryOut(Command command, const ControlBlock& block, WorkerSlot& slot,
              const Means& means, const WorkerHooks& hooks) {
  const auto& [source, runner, cpu, proof] = means;
  switch (command) {
    case Command::kNone:
      break;
    case Command::kPrepare:
      runner.Prepare(source);
      break;
    case Command::kBatch:
      cpu.Begin();
      slot.batch = RunTasks(source, runner, block.deadline_ns, slot.latencies);
      cpu.End(slot.batch);
      break;
    case Command::kVerify:
      if (hooks.edit_product) hooks.edit_product(runner.last_product());
      slot.verify = runner.Verify();
      break;
    case Command::kProveThreads:
      slot.threads = ProveThreads(source, runner, proof);
      break;
  }
}

void Serve(const ControlMapping& control, WorkerSlot& slot,
           const WorkerArguments& arguments, const WorkerHooks& hooks) {
  ControlBlock& block = control.block();
  const Key& key = control.key();
  ParentLink link(block, slot, Doorbell(UniqueFd(arguments.doorbell_fd)));
  try {
    const std::int64_t loaded_ns = NowNs();
    const LoadedBlas blas(arguments.blas, static_cast<int>(key.blas_threads));
    CheckLimits(blas.info(), key);
    slot.ready = WarmUp(blas, key.n, loaded_ns);
    const ThreadProof proof{.asked = key.blas_threads,
                            .reloads = OperationNamed(key.operation).destroys,
                            .asleep_ns = NowNs() + blas.info().longest_spin_ns};
    if (hooks.edit_report) hooks.edit_report(slot.ready);
    link.Done();
    std::unique_ptr<TaskSource> source = std::make_unique<SharedCounterSource>(
        block.next_task, key.batch, key.workers);
    if (hooks.wrap_source) source = hooks.wrap_source(std::move(source));
    // Made on the first command: memory is not part of the start.
    std::unique_ptr<TaskRunner> runner;
    CpuCount cpu;
    while (const std::optional<Command> command = link.Next()) {
      if (!runner) {
        runner = MakeTaskRunner(key, static_cast<std::uint32_t>(arguments.slot),
                                blas.calls(), MapArena(arguments.operands_fd),
                                MapArena(arguments.products_fd));
      }
      CarryOut(*command, block, slot, {*source, *runner, cpu, proof}, hooks);
      link.Done();
    }
  } catch (const std::exception& error) {
    slot.error = error.what();
    throw;
  }
}

}  // namespace

void ListKernels(const BlasFiles& files) {
  const LoadedBlas blas(files, 1);
  blas.ForEachKernels([](const std::string& value, const std::string& name) {
    PrintOutput(fmt::format("{} {}\n", value, name));
  });
}

int RunWorker(const WorkerArguments& arguments, const WorkerHooks& hooks) try {
  const ControlMapping control{UniqueFd(arguments.control_fd)};
  const auto slot = static_cast<std::size_t>(arguments.slot);
  if (slot >= control.slots().size()) {
    throw std::invalid_argument(fmt::format(
        "--slot={} is none of {}", arguments.slot, control.slots().size()));
  }
  Serve(control, control.slots()[slot], arguments, hooks);
  return 0;
} catch (const std::exception& error) {
  PrintError(fmt::format("hybrid-worker: {}\n", error.what()));
  return 1;
}

}  // namespace hybrid
