#include "worker/worker.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <latch>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/standard_streams.h"
#include "base/system_error.h"
#include "blas/library_table.h"
#include "blas/loaded_blas.h"
#include "operation/integer_limit.h"
#include "operation/operation.h"
#include "protocol/doorbell.h"
#include "worker/cpu_count.h"
#include "worker/lanes.h"
#include "worker/parent_link.h"
#include "worker/task_loop.h"
#include "worker/task_runner.h"
#include "worker/thread_proof.h"
#include "worker/thread_times.h"

namespace hybrid {
namespace {

/// Big enough to start every BLAS thread and small enough to take no time,
/// even with the most sluggish kernels.
constexpr std::uint64_t kWarmUpMin = 64;
constexpr std::uint64_t kWarmUpMax = 256;

void ReportMask(ReadyReport& report) {
  CpuMask mask{};
  const int error = sched_getaffinity(
      0, sizeof(mask), reinterpret_cast<cpu_set_t*>(mask.data()));
  if (error != 0) return;
  report.cpu_mask = mask;
  for (const std::uint64_t word : mask) {
    report.allowed_cpus +=
        static_cast<std::uint32_t>(__builtin_popcountll(word));
  }
}

/// Binds the calling thread, and those that it starts, to `cpus` if there are
/// any.
void BindThread(const CpuMask& cpus) {
  if (cpus == CpuMask{}) return;
  const int error = sched_setaffinity(
      0, sizeof(cpus), reinterpret_cast<const cpu_set_t*>(cpus.data()));
  if (error != 0) throw std::runtime_error("its thread can't be bound to CPUs");
}

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

/// What the workers in this process have in common.
struct Shared {
  const ControlMapping& control;
  const WorkerArguments& arguments;
  const WorkerHooks& hooks;
  std::int64_t loaded_ns;
  const LoadedBlas& blas;
  std::latch warmed_up;
  CpuCount cpu;
  std::mutex proving{};
};

/// One worker of a process after the other, since the threads that a call has
/// at work can't be told from those of another's call at the same time.
ThreadReport ProveInTurn(TaskSource& source, TaskRunner& runner,
                         Shared& shared) {
  const Key& key = shared.control.key();
  const std::lock_guard turn(shared.proving);
  const ThreadProof proof{
      .asked = key.blas_threads,
      .tasks = TasksOfProof(key),
      .reloads = OperationNamed(key.operation).destroys,
      .asleep_ns = NowNs() + shared.blas.info().longest_spin_ns};
  return ProveThreads(source, runner, proof);
}

void CarryOut(Command command, const ControlBlock& block, WorkerSlot& slot,
              TaskSource& source, TaskRunner& runner, Shared& shared) {
  switch (command) {
    case Command::kNone:
      break;
    case Command::kPrepare:
      runner.Prepare(source);
      break;
    case Command::kBatch:
      shared.cpu.Begin();
      slot.batch = RunTasks(source, runner, block.deadline_ns, slot.latencies);
      shared.cpu.End(slot.batch);
      break;
    case Command::kVerify:
      if (shared.hooks.edit_product) {
        shared.hooks.edit_product(runner.last_product());
      }
      slot.verify = runner.Verify();
      break;
    case Command::kProveThreads:
      slot.threads = ProveInTurn(source, runner, shared);
      break;
  }
}

std::unique_ptr<TaskSource> MakeSource(ControlBlock& block, const Key& key) {
  if (key.engine == Engine::kBatched) {
    return std::make_unique<UnsharedSource>(block.next_task, key.batch);
  }
  return std::make_unique<SharedCounterSource>(block.next_task, key.batch,
                                               key.workers);
}

/// What a worker runs with, once all in its process have started the threads of
/// their BLAS.
ReadyReport GetReady(Shared& shared, const WorkerSlot& slot) {
  const Key& key = shared.control.key();
  BindThread(slot.cpus);
  if (key.engine == Engine::kThreads) {
    shared.blas.SetThreadsOfCaller(static_cast<int>(key.blas_threads));
  }
  ReadyReport report = WarmUp(shared.blas, key, shared.loaded_ns);
  shared.warmed_up.arrive_and_wait();
  report.threads = static_cast<std::uint32_t>(OwnThreads().size());
  if (key.engine == Engine::kBatched) {
    // Hot operands are the same memory for all tasks.
    const bool in_strides = key.data != Data::kHot;
    const BlasCalls& blas = shared.blas.calls();
    report.batched_call = key.precision == Precision::kSingle
                              ? blas.floats().batched_gemm(in_strides)
                              : blas.doubles().batched_gemm(in_strides);
  }
  if (shared.hooks.edit_report) shared.hooks.edit_report(report);
  return report;
}

/// The life of one worker, the `lane`-th of this process. What it throws stands
/// in its slot.
void Serve(Shared& shared, std::size_t lane) {
  const WorkerArguments& arguments = shared.arguments;
  ControlBlock& block = shared.control.block();
  const Key& key = shared.control.key();
  const std::size_t place = static_cast<std::size_t>(arguments.slot) + lane;
  WorkerSlot& slot = shared.control.slots()[place];
  ParentLink link(block, slot,
                  Doorbell(UniqueFd(arguments.doorbell_fds[lane])));
  try {
    slot.ready = GetReady(shared, slot);
    link.Done();
    std::unique_ptr<TaskSource> source = MakeSource(block, key);
    if (shared.hooks.wrap_source) {
      source = shared.hooks.wrap_source(std::move(source));
    }
    // Made on the first command: memory is not part of the start.
    std::unique_ptr<TaskRunner> runner;
    while (const std::optional<Command> command = link.Next()) {
      if (!runner) {
        runner = MakeTaskRunner(
            key, static_cast<std::uint32_t>(place), shared.blas.calls(),
            MapArena(arguments.operands_fd), MapArena(arguments.products_fd));
      }
      CarryOut(*command, block, slot, *source, *runner, shared);
      link.Done();
    }
  } catch (const std::exception& error) {
    slot.error = error.what();
    throw;
  }
}

void PrintFailure(const std::exception& error) {
  PrintError(fmt::format("hybrid-worker: {}\n", error.what()));
}

/// Whoever fails ends the process: the others may be inside the BLAS for long.
void ServeOrExit(Shared& shared, std::size_t lane) try {
  Serve(shared, lane);
} catch (const std::exception& error) {
  PrintFailure(error);
  _exit(1);
}

void ServeAll(const ControlMapping& control, const WorkerArguments& arguments,
              const WorkerHooks& hooks) {
  const Key& key = control.key();
  const std::size_t lanes = arguments.doorbell_fds.size();
  WorkerSlot& first = control.slots()[static_cast<std::size_t>(arguments.slot)];
  const std::int64_t loaded_ns = NowNs();
  std::optional<LoadedBlas> blas;
  try {
    blas.emplace(arguments.blas, static_cast<int>(key.blas_threads));
    blas->CheckCallers(lanes, key.blas_threads);
    CheckLimits(blas->info(), key);
  } catch (const std::exception& error) {
    first.error = error.what();
    throw;
  }
  Shared shared{.control = control,
                .arguments = arguments,
                .hooks = hooks,
                .loaded_ns = loaded_ns,
                .blas = *blas,
                .warmed_up = std::latch(static_cast<std::ptrdiff_t>(lanes)),
                .cpu = CpuCount(lanes)};
  if (lanes == 1) {
    Serve(shared, 0);
    return;
  }
  try {
    RunLanes(lanes, [&shared](std::size_t lane) { ServeOrExit(shared, lane); });
  } catch (const std::exception& error) {
    first.error = error.what();
    PrintFailure(error);
    _exit(1);
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
  const std::size_t last = static_cast<std::size_t>(arguments.slot) +
                           arguments.doorbell_fds.size() - 1;
  if (last >= control.slots().size()) {
    throw std::invalid_argument(
        fmt::format("--slot={} is none of {}", last, control.slots().size()));
  }
  ServeAll(control, arguments, hooks);
  return 0;
} catch (const std::exception& error) {
  PrintFailure(error);
  return 1;
}

}  // namespace hybrid
