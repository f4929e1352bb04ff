#include "worker/tree_proof.h"

#include <numeric>
#include <utility>

#include "base/clock.h"
#include "base/process_list.h"
#include "counters/counter_growth.h"
#include "counters/process_counters.h"
#include "counters/process_tree.h"

namespace hybrid {
namespace {

/// The longest between two ticks, of a kernel with 100 in a second.
constexpr std::int64_t kLongestTickNs = 10'000'000;
/// CPU time of the busiest thread beside which a tick of each is little.
constexpr std::int64_t kManyTicksNs = 100'000'000;
/// Beside heavy load less has to do. None begins after this.
constexpr std::int64_t kLongestProofNs = 2'000'000'000;
/// What other programs take from some threads makes these seem idle.
constexpr int kProofsForFewer = 3;

ThreadReport WatchTree(pid_t harness, std::uint64_t asked,
                       const std::function<void()>& operate,
                       std::int64_t end_ns) {
  TreeThreads threads(harness);
  do {
    operate();
    threads.Look();
  } while (threads.times().busiest_ns() < kManyTicksNs && NowNs() < end_ns);
  const ThreadTimes times = threads.times();
  ThreadReport report = CountThreads(times, asked);
  // Beside one that had little, a process that does a single task and was just
  // there looks like a thread at work.
  if (!report.excess.view().empty() && times.busiest_ns() < kManyTicksNs &&
      MayHaveTakenTurns(times, asked)) {
    return {};
  }
  return report;
}

}  // namespace

TreeThreads::TreeThreads(pid_t harness) : harness_(harness) {
  ReadThreads();
  for (auto& [tid, thread] : threads_) thread.used_ns = 0;
  all_begin_ns_ = DescendantsCpuNs(harness_);
  begin_ns_ = NowNs();
}

void TreeThreads::Look() {
  running_ = ReadThreads();
  all_used_ns_ = Growth(DescendantsCpuNs(harness_), all_begin_ns_);
  wall_ns_ = NowNs() - begin_ns_;
}

std::size_t TreeThreads::ReadThreads() {
  std::size_t running = 0;
  for (const pid_t pid : Descendants(harness_)) {
    for (const pid_t tid : ThreadsOf(pid)) {
      Thread& thread = threads_[tid];
      const std::int64_t now_ns =
          ThreadCpuNs(pid, tid).value_or(thread.last_ns);
      const std::int64_t before_ns = std::exchange(thread.last_ns, now_ns);
      // Another thread has the number by now if its time is less.
      thread.used_ns += now_ns < before_ns ? now_ns : now_ns - before_ns;
      if (now_ns != before_ns) ++running;
    }
  }
  return running;
}

ThreadTimes TreeThreads::times() const {
  std::vector<std::int64_t> used_ns;
  for (const auto& [tid, thread] : threads_) used_ns.push_back(thread.used_ns);
  ThreadTimes times = TreeTimes(std::move(used_ns), all_used_ns_, running_);
  times.wall_ns = wall_ns_;
  return times;
}

ThreadTimes TreeTimes(std::vector<std::int64_t> used_ns,
                      std::int64_t all_used_ns, std::size_t running) {
  const std::int64_t seen_ns =
      std::accumulate(used_ns.begin(), used_ns.end(),
                      kLongestTickNs * static_cast<std::int64_t>(running));
  ThreadTimes times;
  times.others_ns = std::move(used_ns);
  times.ended_ns = Growth(all_used_ns, seen_ns);
  return times;
}

ThreadReport ProveTreeThreads(pid_t harness, std::uint64_t asked,
                              const std::function<void()>& operate) {
  const std::int64_t end_ns = NowNs() + kLongestProofNs;
  ThreadReport most;
  for (int proof = 0; proof < kProofsForFewer; ++proof) {
    const ThreadReport seen = WatchTree(harness, asked, operate, end_ns);
    if (!seen.excess.view().empty()) return seen;
    if (seen.threads > most.threads) most = seen;
    if (most.threads >= asked || NowNs() >= end_ns) break;
  }
  return most;
}

}  // namespace hybrid
