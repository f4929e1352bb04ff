#ifndef HYBRID_MEASURE_THREAD_USE_H_
#define HYBRID_MEASURE_THREAD_USE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "counters/process_counters.h"

namespace hybrid {

/// A thread was at work if it had this part of the CPU time of the busiest one.
/// A share of the wall time would fail where threads share cores.
inline constexpr double kAtWork = 0.25;
/// A sample in which the busiest thread had less CPU time tells nothing: the
/// kernel adds up a running thread's time once a tick, of mostly 4 to 10 ms.
inline constexpr double kLeastCpuS = 0.05;
/// Threads that are out of work spin for up to so long before they sleep:
/// OpenBLAS's and OpenMP's up to 0.2 s.
inline constexpr double kLongestSpinS = 0.25;

/// How many threads of one worker were at work in a sample.
struct ThreadUse {
  /// The two differ where threads may have done no more than spin.
  std::uint64_t at_least = 0, at_most = 0;
  /// CPU time of all threads over that of the busiest one, per thread that was
  /// asked for: 1 if all were as busy, 1/T if one of T was alone.
  double cpu_share = 0;
  /// More were at work than were asked for, in words; else empty.
  std::string excess{};
};

/// Who was at work in a worker that `spent` this in a sample and was asked to
/// run `asked` threads. `spin_s`: for how long a thread without work may have
/// spun in it, since it was at work before (when the BLAS was loaded, or warmed
/// up with another n). Nothing where the kernel does not tell, or the sample is
/// too short.
///
/// Threads that came and went, as those of BLIS's pthread build do in each
/// call, can't be told one by one: they count as if each had been as busy as
/// the busiest one that stayed, and as no more than were asked for, unless they
/// are so much busier that no division of work among `asked` explains it.
std::optional<ThreadUse> FindThreadUse(const ProcessCounters& spent,
                                       std::uint64_t asked, double spin_s);

}  // namespace hybrid

#endif  // HYBRID_MEASURE_THREAD_USE_H_
