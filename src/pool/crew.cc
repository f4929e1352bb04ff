#include "pool/crew.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/text.h"
#include "base/watch.h"
#include "pool/expectation.h"
#include "pool/worker_group.h"

namespace hybrid {
namespace {

/// How long a worker whose doorbell is closed may take to be gone. Freeing its
/// memory takes the kernel 36 ms per GiB.
constexpr int kExitTicks = 300;

/// Waits for the end of a process while `ticks` last.
bool AwaitExit(ChildProcess& process, int& ticks) {
  for (; ticks > 0; --ticks) {
    if (!process.Running()) return true;
    // The end usually comes within a millisecond.
    usleep(kExitTicks - ticks < 50 ? 200 : Watch::kTickMs * 1000);
  }
  return !process.Running();
}

}  // namespace

Crew::Crew(std::span<WorkerSlot> slots, std::size_t processes, bool are_agents,
           PoolSettings settings)
    : slots_(slots),
      workers_per_process_(slots.size() / processes),
      are_agents_(are_agents),
      settings_(std::move(settings)) {}

void Crew::Start(WorkerArguments arguments,
                 std::vector<std::string> environment) try {
  LaunchSpec spec;
  spec.executable = settings_.worker_executable;
  spec.environment = std::move(environment);
  arguments.blas = settings_.blas;
  arguments.start_timeout_s = settings_.command.start_timeout_s;
  arguments.working_directory = settings_.command.working_directory;
  arguments.prepare = settings_.command.prepare;
  arguments.hosts = fmt::format("{}", fmt::join(settings_.command.hosts, ","));
  spec.core_dumps = settings_.core_dumps;
  // Who has processes of others below it ends these when its doorbell closes. A
  // signal to the group of this process shall not keep it from that.
  if (are_agents_) spec.parent_death_signal = SIGCONT;
  spec.own_group = are_agents_;
  while (doorbells_.size() < slots_.size()) StartMember(arguments, spec);
} catch (const LaunchError& error) {
  throw PoolError(fmt::format("worker {} of {}: {}", members_.size(),
                              slots_.size() / workers_per_process_,
                              error.what()));
} catch (const std::system_error& error) {
  throw PoolError(fmt::format("worker {} of {}: {}", members_.size(),
                              slots_.size() / workers_per_process_,
                              error.what()));
}

/// Starts the process of the workers behind those that are started.
void Crew::StartMember(WorkerArguments& arguments, LaunchSpec& spec) {
  const std::size_t first = doorbells_.size();
  ChildOutput output;
  std::vector<Doorbell> theirs;
  arguments.doorbell_fds.clear();
  arguments.slot = static_cast<int>(first);
  spec.inherited_fds = {arguments.control_fd};
  for (std::size_t i = 0; i < workers_per_process_; ++i) {
    auto [our_end, their_end] = Doorbell::Pair();
    arguments.doorbell_fds.push_back(their_end.fd());
    spec.inherited_fds.push_back(their_end.fd());
    doorbells_.push_back(std::move(our_end));
    theirs.push_back(std::move(their_end));
  }
  spec.arguments = WorkerArgumentList(arguments);
  for (const int arena_fd : {arguments.operands_fd, arguments.products_fd}) {
    if (arena_fd >= 0) spec.inherited_fds.push_back(arena_fd);
  }
  spec.output_fd = output.fd();
  spec.error_fd = output.fd();
  if (!settings_.cpus.empty()) PlaceMember(first, workers_per_process_, spec);
  ChildProcess process = LaunchProcess(spec);
  const Liveness liveness(process.pid(), are_agents_);
  members_.push_back({.slots = slots_.subspan(first, workers_per_process_),
                      .output = std::move(output),
                      .process = std::move(process),
                      .liveness = liveness});
}

/// A process that is one worker is bound when it starts. One of several gets
/// the CPUs of all, and each of its threads binds itself to its own.
void Crew::PlaceMember(std::size_t first, std::size_t count, LaunchSpec& spec) {
  spec.cpus.clear();
  for (std::size_t worker = first; worker < first + count; ++worker) {
    const std::vector<int>& cpus = settings_.cpus[worker];
    spec.cpus.insert(spec.cpus.end(), cpus.begin(), cpus.end());
    if (count > 1) slots_[worker].cpus = MaskOf(cpus).value_or(CpuMask{});
  }
}

void Crew::RingSleepers() {
  for (std::size_t worker = 0; worker < doorbells_.size(); ++worker) {
    if (slots_[worker].sleeping.exchange(0) != 0) doorbells_[worker].Ring();
  }
}

double Crew::Await(const std::atomic<std::uint32_t>& pending,
                   std::uint64_t sequence, std::string_view when,
                   double allowance_s, double idle_s,
                   const Attendance& attendance) {
  if (members_.empty()) throw PoolError("the pool has been shut down");
  std::vector<pollfd> polls(doorbells_.size());
  for (std::size_t i = 0; i < polls.size(); ++i) {
    polls[i] = {.fd = doorbells_[i].fd(), .events = POLLIN, .revents = 0};
  }
  const std::size_t bells = polls.size();
  if (attendance.attend) {
    polls.push_back({.fd = attendance.fd, .events = POLLIN, .revents = 0});
    attendance.attend();
  }
  const double deadline_s = allowance_s + settings_.hang_timeout_s;
  Watch watch;
  double looked_s = 0;  ///< at the processes, as watch.awake_s()
  while (pending.load(std::memory_order_acquire) != 0) {
    const int ready = poll(polls.data(), polls.size(), Watch::kTickMs);
    watch.Look();
    if (settings_.interrupted()) throw PoolInterrupted();
    for (std::size_t i = 0; ready > 0 && i < bells; ++i) {
      if (polls[i].revents == 0 || doorbells_[i].Drain()) continue;
      FailDead(i, sequence, when);
    }
    if (attendance.attend) attendance.attend();
    const double waited_s = watch.awake_s() - looked_s;
    if (waited_s < Watch::kTickS) continue;
    looked_s = watch.awake_s();
    LookForHangs(sequence, when, waited_s, idle_s,
                 watch.awake_s() > deadline_s);
  }
  return watch.late_s();
}

void Crew::LookForHangs(std::uint64_t sequence, std::string_view when,
                        double waited_s, double idle_s, bool out_of_time) {
  for (std::size_t i = 0; i < members_.size(); ++i) {
    Member& member = members_[i];
    const auto late = std::find_if(member.slots.begin(), member.slots.end(),
                                   [&](const WorkerSlot& slot) {
                                     return slot.completed.load() < sequence;
                                   });
    if (late == member.slots.end()) continue;
    const std::size_t worker =
        i * workers_per_process_ +
        static_cast<std::size_t>(late - member.slots.begin());
    Liveness& liveness = member.liveness;
    liveness.Look(waited_s);
    if (liveness.idle_s() <= idle_s && !out_of_time) continue;
    const std::string state = DescribeProcessState(member.process.pid());
    if (liveness.idle_s() > idle_s) {
      throw PoolError(fmt::format("{} hung {}: no CPU time for {:.1f} s, {}{}",
                                  Describe(worker), when, liveness.idle_s(),
                                  state, ItPrinted(member.output.text())));
    }
    throw PoolOvertime(fmt::format("{} hung {}: busy far beyond its time, {}{}",
                                   Describe(worker), when, state,
                                   ItPrinted(member.output.text())));
  }
}

void Crew::FailDead(std::size_t worker, std::uint64_t sequence,
                    std::string_view when) {
  const std::size_t place = worker / workers_per_process_;
  Member& member = members_[place];
  const auto waited = [sequence](const WorkerSlot& slot) {
    return slot.begun.load() < sequence || slot.completed.load() >= sequence;
  };
  if (std::all_of(member.slots.begin(), member.slots.end(), waited)) {
    when = "while it waited";
  }
  for (std::size_t i = 0; i < member.slots.size(); ++i) {
    const std::string_view reason = member.slots[i].error.view();
    if (reason.empty()) continue;
    // One program's failure is that of all workers that share it.
    throw PoolError(
        fmt::format("{} gave up {}: {}",
                    are_agents_ ? DescribeMember(place)
                                : Describe(place * workers_per_process_ + i),
                    when, OneLine(reason)));
  }
  ChildProcess& process = member.process;
  int ticks = kExitTicks;
  if (!AwaitExit(process, ticks)) {
    throw PoolError(fmt::format("{} closed its doorbell {}{}", Describe(worker),
                                when, ItPrinted(member.output.text())));
  }
  const int status = process.Wait();
  throw PoolError(fmt::format("{} {} {}{}", DescribeMember(place),
                              DescribeWaitStatus(status), when,
                              ItPrinted(member.output.text())),
                  status);
}

void Crew::Dismiss() {
  doorbells_.clear();
  std::string failure;
  int ticks = kExitTicks;  // for all together
  for (std::size_t i = 0; i < members_.size(); ++i) {
    ChildProcess& process = members_[i].process;
    const bool ended = AwaitExit(process, ticks);
    const int status = ended ? process.Wait() : 0;
    if (!failure.empty() || (ended && status == 0)) continue;
    failure = fmt::format("{} {} at its end{}", DescribeMember(i),
                          ended ? DescribeWaitStatus(status) : "did not stop",
                          ItPrinted(members_[i].output.text()));
  }
  members_.clear();
  if (!failure.empty()) throw PoolError(failure);
}

void Crew::Kill() {
  members_.clear();
  doorbells_.clear();
}

std::string Crew::Describe(std::size_t worker) const {
  const std::size_t member = worker / workers_per_process_;
  return fmt::format("{} {} of {} (pid {})",
                     workers_per_process_ == 1 ? "worker" : "thread", worker,
                     slots_.size(), members_[member].process.pid());
}

/// As Describe, or `the process of 2 threads (pid 4711)`.
std::string Crew::DescribeMember(std::size_t member) const {
  if (workers_per_process_ == 1) return Describe(member);
  return fmt::format("the process of {} threads (pid {})", workers_per_process_,
                     members_[member].process.pid());
}

std::vector<pid_t> Crew::pids() const {
  std::vector<pid_t> pids;
  for (const Member& member : members_) pids.push_back(member.process.pid());
  return pids;
}

}  // namespace hybrid
