#include "worker/thread_proof.h"

#include <algorithm>

#include "base/clock.h"
#include "worker/thread_times.h"

namespace hybrid {
namespace {

/// CPU time of the busiest thread that tells enough: several turns of each on a
/// core that they share.
constexpr std::int64_t kEnoughNs = 20'000'000;
/// Beside heavy load less has to do.
constexpr std::int64_t kLongestNs = 1'000'000'000;
constexpr std::int64_t kBetweenLooksNs = 2'000'000;

/// What other programs take from some threads makes these seem idle, so that
/// fewer than were asked for are looked for again.
constexpr int kLooksForFewer = 3;

/// Calls `operate` between `reload`s until the threads' CPU time tells enough.
template <typename Reload, typename Operate>
ThreadReport Look(std::uint64_t asked, const Reload& reload,
                  const Operate& operate) {
  ThreadClocks clocks;
  const std::int64_t end_ns = NowNs() + kLongestNs;
  while (true) {
    if (!clocks.ListThreads()) return {};
    const std::int64_t look_ns = NowNs() + kBetweenLooksNs;
    do {
      reload();
      clocks.Begin();
      operate();
      clocks.End();
    } while (NowNs() < look_ns);
    const ThreadTimes times = clocks.times();
    if (std::max(times.busiest_ns(), times.ended_ns) >= kEnoughNs ||
        NowNs() >= end_ns) {
      return CountThreads(times, asked);
    }
  }
}

}  // namespace

ThreadReport ProveThreads(TaskSource& source, TaskRunner& runner,
                          const ThreadProof& proof) {
  // Where there never was another thread no call has to show it.
  if (proof.asked == 1 && IsOnlyThread()) {
    return {.threads = 1, .cpu_share = 1};
  }
  const TaskRange tasks = source.Claim(proof.tasks);
  if (tasks.count == 0) return {};
  if (runner.loads()) runner.Load(tasks);
  const auto reload = [&] {
    if (proof.reloads) runner.Load(tasks);
  };
  const auto operate = [&] { runner.Operate(tasks); };
  while (NowNs() < proof.asleep_ns) {
    reload();
    operate();
  }
  ThreadReport most;
  for (int look = 0; look < kLooksForFewer; ++look) {
    const ThreadReport seen = Look(proof.asked, reload, operate);
    if (!seen.excess.view().empty()) return seen;
    if (seen.threads > most.threads) most = seen;
    if (most.threads >= proof.asked) break;
  }
  return most;
}

}  // namespace hybrid
