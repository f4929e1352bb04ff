#include "worker/own_mask.h"

#include <sched.h>

#include <cstdint>
#include <stdexcept>

namespace hybrid {

std::optional<CpuMask> MaskOfThread(pid_t tid) {
  CpuMask mask{};
  const int error = sched_getaffinity(
      tid, sizeof(mask), reinterpret_cast<cpu_set_t*>(mask.data()));
  if (error != 0) return std::nullopt;
  return mask;
}

void ReportMask(ReadyReport& report) {
  const std::optional<CpuMask> mask = MaskOfThread(0);
  if (!mask) return;
  report.cpu_mask = *mask;
  for (const std::uint64_t word : *mask) {
    report.allowed_cpus +=
        static_cast<std::uint32_t>(__builtin_popcountll(word));
  }
}

void BindThread(const CpuMask& cpus) {
  if (cpus == CpuMask{}) return;
  const int error = sched_setaffinity(
      0, sizeof(cpus), reinterpret_cast<const cpu_set_t*>(cpus.data()));
  if (error != 0) throw std::runtime_error("its thread can't be bound to CPUs");
}

}  // namespace hybrid
