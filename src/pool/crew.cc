#include "pool/crew.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/clock.h"
#include "base/text.h"
#include "pool/worker_group.h"

namespace hybrid {
namespace {

constexpr int kTickMs = 100;
constexpr double kTickS = kTickMs / 1000.0;
/// Who looks later than this was not merely behind others in a run queue.
constexpr double kLateS = 0.1;
constexpr std::size_t kLastWords = 300;
/// How long a worker whose doorbell is closed may take to be gone. Freeing its
/// memory takes the kernel 36 ms per GiB.
constexpr int kExitTicks = 300;

/// Waits for the end of a process while `ticks` last.
bool AwaitExit(ChildProcess& process, int& ticks) {
  for (; ticks > 0; --ticks) {
    if (!process.Running()) return true;
    // The end usually comes within a millisecond.
    usleep(kExitTicks - ticks < 50 ? 200 : kTickMs * 1000);
  }
  return !process.Running();
}

}  // namespace

Crew::Crew(std::span<WorkerSlot> slots, PoolSettings settings)
    : slots_(slots), settings_(std::move(settings)) {}

void Crew::Start(WorkerArguments arguments, unsigned blas_threads) try {
  LaunchSpec spec;
  spec.executable = settings_.worker_executable;
  spec.environment =
      WorkerEnvironment(settings_.environment, blas_threads, settings_.blas,
                        settings_.kernels_setting);
  arguments.blas = settings_.blas;
  spec.core_dumps = settings_.core_dumps;
  for (std::size_t worker = 0; worker < slots_.size(); ++worker) {
    ChildOutput output;
    auto [ours, theirs] = Doorbell::Pair();
    arguments.doorbell_fd = theirs.fd();
    arguments.slot = static_cast<int>(worker);
    spec.arguments = WorkerArgumentList(arguments);
    spec.inherited_fds = {arguments.control_fd, arguments.doorbell_fd};
    for (const int arena_fd : {arguments.operands_fd, arguments.products_fd}) {
      if (arena_fd >= 0) spec.inherited_fds.push_back(arena_fd);
    }
    spec.output_fd = output.fd();
    spec.error_fd = output.fd();
    if (!settings_.cpus.empty()) spec.cpus = settings_.cpus[worker];
    ChildProcess process = Launch(spec);
    const Liveness liveness(process.pid());
    members_.push_back({.output = std::move(output),
                        .doorbell = std::move(ours),
                        .process = std::move(process),
                        .liveness = liveness});
  }
} catch (const LaunchError& error) {
  throw PoolError(fmt::format("worker {} of {}: {}", members_.size(),
                              slots_.size(), error.what()));
} catch (const std::system_error& error) {
  throw PoolError(fmt::format("worker {} of {}: {}", members_.size(),
                              slots_.size(), error.what()));
}

void Crew::RingSleepers() {
  for (std::size_t worker = 0; worker < members_.size(); ++worker) {
    if (slots_[worker].sleeping.exchange(0) != 0) {
      members_[worker].doorbell.Ring();
    }
  }
}

double Crew::Await(const std::atomic<std::uint32_t>& pending,
                   std::uint64_t sequence, std::string_view when,
                   double allowance_s) {
  if (members_.empty()) throw PoolError("the pool has been shut down");
  std::vector<pollfd> polls(members_.size());
  for (std::size_t i = 0; i < polls.size(); ++i) {
    polls[i] = {
        .fd = members_[i].doorbell.fd(), .events = POLLIN, .revents = 0};
  }
  const double deadline_s = allowance_s + settings_.hang_timeout_s;
  double awake_s = 0;
  double late_s = 0;
  std::int64_t last_ns = NowNs();
  std::int64_t before_ns = last_ns;
  while (pending.load(std::memory_order_acquire) != 0) {
    const int ready = poll(polls.data(), polls.size(), kTickMs);
    const std::int64_t now_ns = NowNs();
    const double beyond_s =
        NsToSeconds(now_ns - std::exchange(before_ns, now_ns)) - kTickS;
    if (beyond_s > kLateS) late_s += beyond_s;
    if (settings_.interrupted()) throw PoolInterrupted();
    for (std::size_t i = 0; ready > 0 && i < polls.size(); ++i) {
      if (polls[i].revents == 0 || members_[i].doorbell.Drain()) continue;
      const bool waited = slots_[i].begun.load() < sequence ||
                          slots_[i].completed.load() >= sequence;
      FailDead(i, waited ? "while it waited" : when);
    }
    const double waited_s = NsToSeconds(now_ns - last_ns);
    if (waited_s < kTickS) continue;
    last_ns = now_ns;
    // More than a few ticks between two looks: we were not awake ourselves.
    awake_s += std::min(waited_s, 5 * kTickS);
    LookForHangs(sequence, when, std::min(waited_s, 5 * kTickS),
                 awake_s > deadline_s);
  }
  return late_s;
}

void Crew::LookForHangs(std::uint64_t sequence, std::string_view when,
                        double waited_s, bool out_of_time) {
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (slots_[i].completed.load() >= sequence) continue;
    Liveness& liveness = members_[i].liveness;
    liveness.Look(waited_s);
    if (liveness.idle_s() <= settings_.hang_timeout_s && !out_of_time) continue;
    const std::string state = DescribeProcessState(members_[i].process.pid());
    if (liveness.idle_s() > settings_.hang_timeout_s) {
      throw PoolError(fmt::format("{} hung {}: no CPU time for {:.1f} s, {}{}",
                                  Describe(i), when, liveness.idle_s(), state,
                                  LastWords(i)));
    }
    throw PoolError(fmt::format("{} hung {}: busy far beyond its time, {}{}",
                                Describe(i), when, state, LastWords(i)));
  }
}

void Crew::FailDead(std::size_t worker, std::string_view when) {
  ChildProcess& process = members_[worker].process;
  const std::string_view reason = slots_[worker].error.view();
  if (!reason.empty()) {
    throw PoolError(fmt::format("{} gave up {}: {}", Describe(worker), when,
                                OneLine(reason)));
  }
  int ticks = kExitTicks;
  if (!AwaitExit(process, ticks)) {
    throw PoolError(fmt::format("{} closed its doorbell {}{}", Describe(worker),
                                when, LastWords(worker)));
  }
  const int status = process.Wait();
  throw PoolError(
      fmt::format("{} {} {}{}", Describe(worker), DescribeWaitStatus(status),
                  when, LastWords(worker)),
      status);
}

void Crew::Dismiss() {
  for (Member& member : members_) member.doorbell.Close();
  std::string failure;
  int ticks = kExitTicks;  // for all together
  for (std::size_t i = 0; i < members_.size(); ++i) {
    ChildProcess& process = members_[i].process;
    const bool ended = AwaitExit(process, ticks);
    const int status = ended ? process.Wait() : 0;
    if (!failure.empty() || (ended && status == 0)) continue;
    failure = fmt::format("{} {} at its end{}", Describe(i),
                          ended ? DescribeWaitStatus(status) : "did not stop",
                          LastWords(i));
  }
  members_.clear();
  if (!failure.empty()) throw PoolError(failure);
}

std::string Crew::Describe(std::size_t worker) const {
  return fmt::format("worker {} of {} (pid {})", worker, slots_.size(),
                     members_[worker].process.pid());
}

std::vector<pid_t> Crew::pids() const {
  std::vector<pid_t> pids;
  for (const Member& member : members_) pids.push_back(member.process.pid());
  return pids;
}

/// The end of what was kept of a worker's output, on one line.
std::string Crew::LastWords(std::size_t worker) const {
  std::string_view text = members_[worker].output.text();
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  if (text.empty()) return "";
  const bool cut = text.size() > kLastWords;
  if (cut) text.remove_prefix(text.size() - kLastWords);
  return fmt::format("; it printed: {}{}", cut ? "…" : "", OneLine(text));
}

}  // namespace hybrid
