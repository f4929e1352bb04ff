#ifndef HYBRID_COUNTERS_SYSTEM_COUNTERS_H_
#define HYBRID_COUNTERS_SYSTEM_COUNTERS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "machine/topology.h"

namespace hybrid {

/// What the kernel has counted for some CPUs, for the whole machine, or for the
/// control groups of this process, so far. Absent means that the system doesn't
/// tell.
struct SystemCounters {
  /// Seconds that the CPUs were busy, summed over them: user, nice, system,
  /// irq and softirq of /proc/stat (guests are part of user). In ticks, see
  /// proc(5).
  std::optional<double> busy_s;
  /// Seconds in which the hypervisor ran others instead of us, summed over the
  /// CPUs.
  std::optional<double> steal_s;
  /// Seconds in which at least one task of the machine waited for a CPU: `some`
  /// of /proc/pressure/cpu.
  std::optional<double> cpu_pressure_s;
  /// Seconds that CPU quotas held back the process's group and its ancestors
  /// (cpu.stat), summed over CPUs and groups, and in how many periods. Absent
  /// without groups that can have a quota.
  std::optional<double> throttled_s;
  std::optional<std::uint64_t> throttled_periods;
};

/// What happened between two readings. Never negative; a counter is absent
/// unless both readings have it.
SystemCounters operator-(const SystemCounters& after,
                         const SystemCounters& before);

/// Adds what another machine counted; what only one of them tells is absent.
SystemCounters& operator+=(SystemCounters& sum, const SystemCounters& share);

/// Reads the counters. It finds the control groups once, when it is made.
class SystemCounterReader {
 public:
  /// Of `cpus`, which are ascending; of all CPUs where there are none or the
  /// system counts them by other numbers. `root` stands before every path
  /// (tests lay files there).
  explicit SystemCounterReader(CpuList cpus = {}, const std::string& root = "");

  /// The counters now.
  SystemCounters Read() const;

 private:
  void AddCpuTimes(SystemCounters& counters) const;
  void AddThrottling(SystemCounters& counters) const;

  CpuList cpus_;
  std::string root_;
  std::vector<std::string> throttle_files_;  // cpu.stat of each group
};

}  // namespace hybrid

#endif  // HYBRID_COUNTERS_SYSTEM_COUNTERS_H_
