#ifndef HYBRID_BASE_CLOCK_H_
#define HYBRID_BASE_CLOCK_H_

#include <time.h>

#include <chrono>
#include <cstdint>

namespace hybrid {

/// CLOCK_MONOTONIC, which is the same in every process of a machine, in
/// nanoseconds.
inline std::int64_t NowNs() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/// CPU time that all threads of this process have used, in nanoseconds. A
/// system call, unlike NowNs.
inline std::int64_t OwnCpuNs() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return std::int64_t{time.tv_sec} * 1000000000 + time.tv_nsec;
}

/// Nanoseconds as seconds.
constexpr double NsToSeconds(std::int64_t ns) {
  return static_cast<double>(ns) / 1e9;
}

}  // namespace hybrid

#endif  // HYBRID_BASE_CLOCK_H_
