#include "ceilings/team.h"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <utility>

namespace hybrid {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kPoll = std::chrono::milliseconds(5);

/// Binds the calling thread to `cpu`. Without success it runs where the system
/// puts it: the figures are those of a machine that does not let its programs
/// choose.
void PinThisThread(int cpu) {
#ifdef __linux__
  if (cpu < 0 || cpu >= CPU_SETSIZE) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<std::size_t>(cpu), &set);
  pthread_setaffinity_np(pthread_self(), sizeof(set), &set);
#else
  static_cast<void>(cpu);
#endif
}

/// One member's part of a slice; a cache line of its own.
struct alignas(64) Part {
  Clock::time_point start;
  Clock::time_point end;
  double work = 0;
};

}  // namespace

CoreTeam::CoreTeam(std::span<const CpuList> cores,
                   std::function<bool()> interrupted)
    : size_(cores.size()), interrupted_(std::move(interrupted)) {
  threads_.reserve(size_);
  for (std::size_t member = 0; member < size_; ++member) {
    const int cpu = cores[member].empty() ? -1 : cores[member].front();
    threads_.emplace_back([this, member, cpu](const std::stop_token& stop) {
      PinThisThread(cpu);
      Serve(stop, member);
    });
  }
}

void CoreTeam::Serve(const std::stop_token& stop, std::size_t member) {
  std::size_t jobs_done = 0;
  std::unique_lock lock(mutex_);
  while (work_.wait(lock, stop, [&] { return jobs_given_ > jobs_done; })) {
    ++jobs_done;
    const auto& job = *job_;
    lock.unlock();
    // Spinning starts all within a microsecond, which a sleeper's wake-up does
    // not; yielding lets those arrive that share a CPU with a spinner.
    lined_up_.fetch_add(1);
    while (lined_up_.load() < size_) std::this_thread::yield();
    job(member);
    lock.lock();
    if (--busy_ == 0) idle_.notify_one();
  }
}

void CoreTeam::AwaitIdle(std::unique_lock<std::mutex>& lock) {
  idle_.wait(lock, [&] { return busy_ == 0; });
}

bool CoreTeam::Run(const std::function<void(std::size_t)>& job) {
  if (stopping() || interrupted_()) {
    stopping_ = true;
    return false;
  }
  std::unique_lock lock(mutex_);
  lined_up_ = 0;
  job_ = &job;
  busy_ = size_;
  ++jobs_given_;
  work_.notify_all();
  try {
    while (!idle_.wait_for(lock, kPoll, [&] { return busy_ == 0; })) {
      lock.unlock();
      if (interrupted_()) stopping_ = true;
      lock.lock();
    }
  } catch (...) {
    // The job is the caller's, and must outlive the members' use of it.
    stopping_ = true;
    if (!lock.owns_lock()) lock.lock();
    AwaitIdle(lock);
    throw;
  }
  return !stopping();
}

std::optional<double> CoreTeam::Rate(
    std::chrono::nanoseconds slice,
    const std::function<double(std::size_t)>& step) {
  std::vector<Part> parts(size_);
  const bool complete = Run([&](std::size_t member) {
    Part part;
    part.start = Clock::now();
    do {
      part.work += step(member);
      part.end = Clock::now();
    } while (part.end - part.start < slice && !stopping());
    parts[member] = part;
  });
  if (!complete || parts.empty()) return std::nullopt;
  Part total = parts.front();
  for (const Part& part : std::span(parts).subspan(1)) {
    total.start = std::min(total.start, part.start);
    total.end = std::max(total.end, part.end);
    total.work += part.work;
  }
  return total.work /
         std::chrono::duration<double>(total.end - total.start).count();
}

}  // namespace hybrid
