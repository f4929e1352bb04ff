// Sleeps in every product for as many nanoseconds as HYBRID_TEST_SLEEP_NS says:
// tasks that take their time and no core, so that a cluster of many fits one
// machine.

#include <sys/prctl.h>

#include <cstdlib>
#include <ctime>

#include "blas/fakes/fake.h"

namespace fake {
namespace {

timespec TimeOfTask() {
  const char* const text = std::getenv("HYBRID_TEST_SLEEP_NS");
  const long long ns = text != nullptr ? std::atoll(text) : 0;
  return {.tv_sec = static_cast<time_t>(ns / 1'000'000'000),
          .tv_nsec = static_cast<long>(ns % 1'000'000'000)};
}

/// Timers of this thread end when they are to, and not 50 µs later, where a CPU
/// is idle.
bool WakeInTime() { return prctl(PR_SET_TIMERSLACK, 1) == 0; }

}  // namespace

void RunGemm(const std::function<void(double* c)>& gemm, double* c,
             std::size_t /*size*/) {
  static const timespec time = TimeOfTask();
  thread_local const bool is_in_time = WakeInTime();
  gemm(c);
  if (is_in_time) clock_nanosleep(CLOCK_MONOTONIC, 0, &time, nullptr);
}

void EndBatch(double* /*c*/) {}

}  // namespace fake
