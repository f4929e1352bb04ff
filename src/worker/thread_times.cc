#include "worker/thread_times.h"

#include <fmt/format.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "base/clock.h"
#include "base/process_list.h"

namespace hybrid {
namespace {

std::int64_t Nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

/// The CPU clock of a thread of this process, as pthread_getcpuclockid makes it
/// of a pthread_t, which nobody has of a library's threads.
clockid_t ClockOf(pid_t tid) {
  constexpr clockid_t kOfOneThread = 4;
  constexpr clockid_t kScheduler = 2;
  return (~static_cast<clockid_t>(tid) * 8) | kOfOneThread | kScheduler;
}

/// CPU time that threads which came and went may have, as a multiple of the
/// busiest one's that stayed. Who calls does an equal part of the work: the
/// others together no more than `asked` - 1 such parts. Twice that, and some,
/// allows for unequal turns.
double MostEnded(std::uint64_t asked) {
  return 2 * static_cast<double>(asked - 1) + 0.5;
}

/// CPU time of the calling thread.
std::int64_t OwnThreadCpuNs() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return Nanoseconds(time);
}

/// Of a thread of this process; nothing if it has ended, or nobody tells.
std::optional<std::int64_t> ThreadCpuNs(pid_t tid) {
  timespec time{};
  if (clock_gettime(ClockOf(tid), &time) != 0) return std::nullopt;
  return Nanoseconds(time);
}

}  // namespace

std::int64_t ThreadTimes::busiest_ns() const {
  return std::accumulate(
      others_ns.begin(), others_ns.end(), caller_ns,
      [](std::int64_t a, std::int64_t b) { return std::max(a, b); });
}

std::int64_t ThreadTimes::all_ns() const {
  return std::accumulate(others_ns.begin(), others_ns.end(),
                         caller_ns + ended_ns);
}

ThreadClocks::ThreadClocks() : caller_(gettid()) {}

bool ThreadClocks::ListThreads() {
  const std::vector<pid_t> tids = OwnThreads();
  for (const pid_t tid : tids) {
    if (tid != caller_) others_.try_emplace(tid);
  }
  return !tids.empty() && ThreadCpuNs(caller_).has_value();
}

void ThreadClocks::ReadOthers(bool ends) {
  for (auto& [tid, other] : others_) {
    const std::int64_t now_ns = ThreadCpuNs(tid).value_or(other.begin_ns);
    if (ends) other.used_ns += now_ns - other.begin_ns;
    other.begin_ns = now_ns;
  }
}

// The caller's own looks count for nobody: the process's clock is read
// within the others' and, as seen by the thread's own clock, within its own.
void ThreadClocks::Begin() {
  ReadOthers(false);
  const std::int64_t own_ns = OwnThreadCpuNs();
  beside_begin_ns_ = OwnCpuNs() - own_ns;
  caller_begin_ns_ = OwnThreadCpuNs();
}

void ThreadClocks::End() {
  caller_ns_ += OwnThreadCpuNs() - caller_begin_ns_;
  const std::int64_t process_ns = OwnCpuNs();
  beside_ns_ += process_ns - OwnThreadCpuNs() - beside_begin_ns_;
  ReadOthers(true);
}

ThreadTimes ThreadClocks::times() const {
  ThreadTimes times;
  times.caller_ns = caller_ns_;
  times.ended_ns = beside_ns_;
  for (const auto& [tid, other] : others_) {
    times.others_ns.push_back(other.used_ns);
    times.ended_ns -= other.used_ns;
  }
  times.ended_ns = std::max<std::int64_t>(0, times.ended_ns);
  return times;
}

std::vector<pid_t> OwnThreads() { return ThreadsOf(getpid()); }

bool IsOnlyThread() {
  // Of threads that have ended; the time between two looks is less.
  constexpr std::int64_t kNoneNs = 1'000'000;
  return OwnThreads().size() == 1 && OwnCpuNs() - OwnThreadCpuNs() < kNoneNs;
}

bool MayHaveTakenTurns(const ThreadTimes& times, std::uint64_t asked) {
  // Clocks of others are coarse.
  constexpr double kManyAtOnce = 1.5;
  return static_cast<double>(times.all_ns()) <
         kManyAtOnce * static_cast<double>(asked) *
             static_cast<double>(times.wall_ns);
}

ThreadReport CountThreads(const ThreadTimes& times, std::uint64_t asked) {
  const auto busiest = static_cast<double>(times.busiest_ns());
  if (busiest <= 0) return {};
  std::uint64_t threads = 0;
  const auto is_at_work = [busiest](std::int64_t ns) {
    return static_cast<double>(ns) >= kAtWork * busiest;
  };
  if (is_at_work(times.caller_ns)) ++threads;
  for (const std::int64_t ns : times.others_ns) {
    if (is_at_work(ns)) ++threads;
  }
  ThreadReport report;
  report.cpu_share = std::min(1.0, static_cast<double>(times.all_ns()) /
                                       (static_cast<double>(asked) * busiest));
  const double ended = static_cast<double>(times.ended_ns) / busiest;
  if (threads > asked) {
    report.excess = fmt::format("ran {} threads, by their CPU time", threads);
  } else if (ended > MostEnded(asked)) {
    if (MayHaveTakenTurns(times, asked)) return {};
    report.excess = fmt::format(
        "kept starting threads, which had {:.1f} times the CPU time of its own",
        ended);
  } else if (ended >= kAtWork) {
    const auto came =
        static_cast<std::uint64_t>(std::max(1.0, std::round(ended)));
    // Fewer than were asked for may each have had less than its part.
    if (threads + came < asked) return {};
    threads = asked;
  }
  report.threads = static_cast<std::uint32_t>(threads);
  return report;
}

}  // namespace hybrid
