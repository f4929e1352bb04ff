#include "worker/worker.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstddef>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "base/standard_streams.h"
#include "base/unique_fd.h"
#include "blas/loaded_blas.h"
#include "protocol/doorbell.h"
#include "worker/lanes.h"
#include "worker/parent_link.h"
#include "worker/task_loop.h"
#include "worker/task_runner.h"
#include "worker/workload.h"

namespace hybrid {
namespace {

/// What the workers in this process have in common.
struct Shared {
  const ControlMapping& control;
  const WorkerArguments& arguments;
  const WorkerHooks& hooks;
  Workload& workload;
  std::mutex failing{};
  bool has_failed = false;
};

/// Leaves the reason of the first failure in its slot: what that brings down
/// makes others fail too.
void LeaveReason(Shared& shared, WorkerSlot& slot,
                 const std::exception& error) {
  const std::lock_guard lock(shared.failing);
  if (!std::exchange(shared.has_failed, true)) slot.error = error.what();
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
      shared.workload.BeginBatch();
      slot.batch = RunTasks(source, runner, block.deadline_ns, slot.latencies);
      shared.workload.EndBatch(slot.batch);
      break;
    case Command::kVerify:
      if (shared.hooks.edit_product) {
        shared.hooks.edit_product(runner.last_product());
      }
      slot.verify = runner.Verify();
      break;
    case Command::kProveThreads:
      slot.threads = shared.workload.Prove(source, runner);
      slot.program = shared.workload.Describe(runner);
      break;
  }
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
    ReadyReport report = shared.workload.GetReady(place, slot);
    if (shared.hooks.edit_report) shared.hooks.edit_report(report);
    slot.ready = report;
    link.Done();
    std::unique_ptr<TaskSource> source =
        std::make_unique<TicketSource>(block.tickets, key.claimants(), link);
    if (shared.hooks.wrap_source) {
      source = shared.hooks.wrap_source(std::move(source));
    }
    // Made on the first command: memory is not part of the start.
    std::unique_ptr<TaskRunner> runner;
    while (const std::optional<Command> command = link.Next()) {
      if (!runner) runner = shared.workload.MakeRunner(place);
      CarryOut(*command, block, slot, *source, *runner, shared);
      link.Done();
    }
    if (runner) shared.workload.Finish(*runner);
  } catch (const std::exception& error) {
    LeaveReason(shared, slot, error);
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
  shared.workload.GiveUp();
  _exit(1);
}

std::unique_ptr<Workload> MakeWorkload(const Key& key,
                                       const WorkerArguments& arguments,
                                       std::size_t lanes) {
  if (key.runs_command()) return MakeCommandWorkload(key, arguments, lanes);
  return MakeBlasWorkload(key, arguments, lanes);
}

void ServeAll(const ControlMapping& control, const WorkerArguments& arguments,
              const WorkerHooks& hooks) {
  const std::size_t lanes = arguments.doorbell_fds.size();
  WorkerSlot& first = control.slots()[static_cast<std::size_t>(arguments.slot)];
  std::unique_ptr<Workload> workload;
  try {
    workload = MakeWorkload(control.key(), arguments, lanes);
  } catch (const std::exception& error) {
    first.error = error.what();
    throw;
  }
  Shared shared{control, arguments, hooks, *workload};
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
