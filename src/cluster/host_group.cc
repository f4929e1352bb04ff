#include "cluster/host_group.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "counters/mapped_libraries.h"
#include "counters/process_counters.h"

namespace hybrid {
namespace {

/// A cap in nanoseconds, of any length.
std::int64_t CapNs(double cap_s) {
  return static_cast<std::int64_t>(1e9 * std::min(cap_s, 1e8));
}

std::int64_t Middle(const TimeInterval& interval) {
  return interval.earliest_ns + (interval.latest_ns - interval.earliest_ns) / 2;
}

double FewestCores(const Agents& agents) {
  double cores = agents.hello(0).kind.usable_cores;
  for (std::size_t i = 1; i < agents.size(); ++i) {
    cores = std::min<double>(cores, agents.hello(i).kind.usable_cores);
  }
  return cores;
}

}  // namespace

HostGroup::HostGroup(const Key& key, const PoolSettings& settings,
                     const ClusterSettings& cluster)
    : key_(key),
      agents_(cluster, key.host_count, settings.start_allowance_s,
              settings.interrupted),
      dispatcher_(key.batch,
                  std::vector<std::uint64_t>(key.host_count, key.claimants())),
      clocks_(key.host_count),
      allowances_(key, settings, FewestCores(agents_)),
      hang_timeout_s_(settings.hang_timeout_s) {
  SetUp(settings);
}

void HostGroup::SetUp(const PoolSettings& settings) {
  const std::vector<PoolStart> starts =
      agents_.Ask(Message::kSetUp, Message::kReady, "before it was ready",
                  DecodeStart, EncodeSetUp({.key = key_, .settings = settings}),
                  LimitOf(allowances_.Start() + allowances_.Prepare()));
  start_ = starts.front();
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const auto same = [&](std::string_view what, const std::string& theirs,
                          const std::string& its) {
      if (theirs == its || agents_.may_differ()) return;
      throw PoolError(fmt::format("host {} runs {} {}, and host {} {}",
                                  agents_.hello(i).host, what, its,
                                  agents_.hello(0).host, theirs));
    };
    same("kernels", start_.kernels, starts[i].kernels);
    same("BLAS", start_.blas_version, starts[i].blas_version);
    same("a BLAS of threading", start_.blas_threading,
         starts[i].blas_threading);
    start_.warm_up_s = std::max(start_.warm_up_s, starts[i].warm_up_s);
    start_.late_s = std::max(start_.late_s, starts[i].late_s);
  }
  start_.start_s = NsToSeconds(NowNs() - agents_.launch_ns());
}

/// An agent gives its workers `allowance_s` and the hang timeout, and says so
/// where they take longer. One that has not in twice that time never will.
double HostGroup::LimitOf(double allowance_s) const {
  return 2 * (allowance_s + hang_timeout_s_);
}

/// Wakes all agents, and compares the clocks.
void HostGroup::Arm() {
  const std::string_view when = "before a batch";
  std::vector<std::int64_t> sent_ns(agents_.size());
  for (std::size_t i = 0; i < agents_.size(); ++i) {
    sent_ns[i] = NowNs();
    agents_.Send(i, Message::kArm, {}, when);
  }
  std::vector<bool> is_armed(agents_.size());
  agents_.Serve(
      when,
      [&](std::size_t host, const Frame& frame) {
        const std::int64_t received_ns = NowNs();
        if (frame.message != Message::kArmed || is_armed[host]) {
          throw LinkError("does not take up arms");
        }
        clocks_[host].Add(sent_ns[host], DecodeArmed(frame.body), received_ns);
        is_armed[host] = true;
      },
      [&](std::size_t host) { return !is_armed[host]; });
}

void HostGroup::OpenGate(Batch& batch, double cap_s) {
  dispatcher_.Begin();
  std::vector<Gate> gates(agents_.size());
  for (std::size_t i = 0; i < gates.size(); ++i) {
    gates[i] = {.first = dispatcher_.First(i), .cap_ns = CapNs(cap_s)};
  }
  batch.is_closed = dispatcher_.closed();
  batch.gate_ns = NowNs();
  for (std::size_t i = 0; i < gates.size(); ++i) {
    gates[i].is_all = batch.is_closed;
    agents_.Send(i, Message::kGate, EncodeGate(gates[i]), "at the gate");
  }
}

void HostGroup::Answer(std::size_t host, const Want& want, Batch& batch) {
  // It is told, or will be when it reads CLOSE.
  if (batch.is_closed) return;
  const std::string_view when = "in mid-batch";
  const TaskRange range = dispatcher_.Next(
      host, {.done = want.done, .busy_s = NsToSeconds(want.busy_ns)},
      want.need);
  if (range.count > 0) {
    agents_.Send(host, Message::kRange, EncodeRange(range), when);
  }
  batch.is_closed = dispatcher_.closed();
  if (batch.is_closed) agents_.SendAll(Message::kClose, {}, when);
}

void HostGroup::Take(std::size_t host, const Frame& frame, Batch& batch) {
  Batch::Part& part = batch.parts[host];
  switch (frame.message) {
    case Message::kWant:
      if (part.done) throw LinkError("wants tasks after its last");
      Answer(host, DecodeWant(frame.body), batch);
      return;
    case Message::kDone:
      if (part.done) throw LinkError("is done twice");
      part.done_ns = NowNs();
      part.done = DecodeDone(frame.body);
      if (part.done->tasks > key_.batch) {
        throw LinkError("has done more tasks than there are");
      }
      dispatcher_.Finish(host, {.done = part.done->tasks,
                                .busy_s = NsToSeconds(part.done->finish_ns -
                                                      part.done->begin_ns)});
      return;
    case Message::kReport:
      part.report = DecodeReport(frame.body);
      return;
    default:
      throw LinkError(
          fmt::format("said {} in mid-batch", static_cast<int>(frame.message)));
  }
}

BatchTiming HostGroup::RunBatch(double cap_s) {
  Arm();
  Batch batch;
  batch.parts.resize(agents_.size());
  OpenGate(batch, cap_s);
  const double late_s = agents_.Serve(
      "in mid-batch",
      [&](std::size_t host, const Frame& frame) { Take(host, frame, batch); },
      [&](std::size_t host) {
        return !batch.parts[host].done || !batch.parts[host].report;
      },
      LimitOf(allowances_.Batch(cap_s)));
  BatchTiming timing = Collect(batch);
  timing.late_s = std::max(timing.late_s, late_s);
  longest_batch_s_ = std::max(longest_batch_s_, timing.wall_s);
  return timing;
}

BatchTiming HostGroup::Collect(const Batch& batch) const {
  BatchTiming timing;
  std::size_t last = 0;
  for (std::size_t i = 0; i < batch.parts.size(); ++i) {
    const Batch::Part& part = batch.parts[i];
    const HostTiming host = TimingOf(i, batch);
    if (i == 0 || part.done_ns > batch.parts[last].done_ns) {
      last = i;
      timing.slowest_host = host;
    }
    timing.gate_s = std::max(timing.gate_s, host.gate_s);
    timing.tasks_done += part.done->tasks;
    timing.cpu_s += part.report->cpu_s;
    timing.late_s = std::max(timing.late_s, part.report->late_s);
    timing.capped |= part.report->capped;
    timing.workers.insert(timing.workers.end(), part.report->workers.begin(),
                          part.report->workers.end());
  }
  timing.wall_s = NsToSeconds(batch.parts[last].done_ns - batch.gate_ns);
  timing.capped |= timing.tasks_done < key_.batch;
  return timing;
}

HostTiming HostGroup::TimingOf(std::size_t host, const Batch& batch) const {
  const Batch::Part& part = batch.parts[host];
  const ClockOffset& clock = clocks_[host];
  const auto running =
      Between(clock.OnOurs(part.done->running_ns), batch.gate_ns, part.done_ns);
  const auto finished =
      Between(clock.OnOurs(part.done->finish_ns), batch.gate_ns, part.done_ns);
  if (!running || !finished) {
    agents_.Fail(host, "in mid-batch", "says what can't be: its clock jumped");
  }
  HostTiming timing{.gate_s = NsToSeconds(Middle(*running) - batch.gate_ns),
                    .report_s = NsToSeconds(part.done_ns - Middle(*finished)),
                    .clock_bound_s = clock.bound_s(),
                    .starved_s = 0,
                    .ranges = static_cast<double>(part.done->ranges),
                    .agent_cpu_s = NsToSeconds(part.done->agent_cpu_ns)};
  const std::vector<WorkerTiming>& workers = part.report->workers;
  for (const WorkerTiming& worker : workers) {
    timing.starved_s += worker.starved_s / static_cast<double>(workers.size());
  }
  return timing;
}

bool HostGroup::Verify() {
  const std::vector<bool> checked = agents_.Ask(
      Message::kVerify, Message::kVerified, "while verifying",
      [](std::string_view body) { return !body.empty(); }, {},
      LimitOf(allowances_.Verify(longest_batch_s_)));
  return std::find(checked.begin(), checked.end(), true) != checked.end();
}

std::optional<ThreadsSeen> HostGroup::ProveThreads() {
  if (std::exchange(has_proved_, true)) return threads_;
  std::set<MappedLibrary> libraries;
  for (const Proved& proved : agents_.Ask(
           Message::kProve, Message::kProved, "while its threads were counted",
           DecodeProved, {}, LimitOf(allowances_.Prove(longest_batch_s_)))) {
    if (proved.threads) {
      if (!threads_) threads_ = proved.threads;
      threads_->threads = std::min(threads_->threads, proved.threads->threads);
      threads_->cpu_share =
          std::min(threads_->cpu_share, proved.threads->cpu_share);
    }
    program_.peak_bytes = std::max(program_.peak_bytes, proved.peak_bytes);
    for (const std::string& file : proved.libraries) {
      if (const auto library = LibraryOfFile(file)) libraries.insert(*library);
    }
  }
  program_.libraries.assign(libraries.begin(), libraries.end());
  return threads_;
}

GroupCounters HostGroup::Counters() {
  std::vector<GroupCounters> parts = agents_.Ask(
      Message::kCount, Message::kCounted, "between batches", DecodeCounters);
  GroupCounters all = std::move(parts.front());
  // Containers of one system see the same counters of it.
  std::set<std::string> systems{agents_.hello(0).boot_id};
  for (std::size_t i = 1; i < parts.size(); ++i) {
    all.workers.insert(all.workers.end(), parts[i].workers.begin(),
                       parts[i].workers.end());
    if (all.own && parts[i].own) *all.own += *parts[i].own;
    if (systems.insert(agents_.hello(i).boot_id).second) {
      all.system += parts[i].system;
    }
  }
  // What this process does on one of the hosts is ours.
  if (const auto own = ReadProcessCounters(getpid());
      own && all.own && systems.contains(OwnBootId())) {
    *all.own += *own;
  }
  return all;
}

LatencyHistogram HostGroup::TakeLatencies() {
  LatencyHistogram all;
  for (const LatencyHistogram& part :
       agents_.Ask(Message::kLatencies, Message::kTaken, "between batches",
                   DecodeLatencies)) {
    all.Add(part);
  }
  return all;
}

Elsewhere OnHosts(std::shared_ptr<const ClusterSettings> cluster) {
  return [cluster = std::move(cluster)](const Key& key,
                                        const PoolSettings& settings) {
    return std::make_unique<HostGroup>(key, settings, *cluster);
  };
}

}  // namespace hybrid
