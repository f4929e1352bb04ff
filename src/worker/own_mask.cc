#include "worker/own_mask.h"

#include <sched.h>

#include <cstdint>

namespace hybrid {

void ReportMask(ReadyReport& report) {
  CpuMask mask{};
  const int error = sched_getaffinity(
      0, sizeof(mask), reinterpret_cast<cpu_set_t*>(mask.data()));
  if (error != 0) return;
  report.cpu_mask = mask;
  for (const std::uint64_t word : mask) {
    report.allowed_cpus +=
        static_cast<std::uint32_t>(__builtin_popcountll(word));
  }
}

}  // namespace hybrid
