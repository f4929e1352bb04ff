#ifndef HYBRID_MACHINE_MACHINE_STATE_H_
#define HYBRID_MACHINE_MACHINE_STATE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "machine/topology.h"

namespace hybrid {

/// What a user should know of the machine before trusting its figures. Absent
/// means that the system does not tell, as in most virtual machines.
struct MachineState {
  // What ReadMachineState finds.

  /// scaling_governor of the CPUs; if they differ, the one that holds the
  /// clock down most. See the kernel's admin-guide/pm/cpufreq.
  std::optional<std::string> governor;
  /// scaling_driver and energy_performance_preference of that CPU. Under
  /// intel_pstate and amd-pstate-epp the governor `powersave` is the normal
  /// one, and the preference tells how slow it is meant to be.
  std::optional<std::string> scaling_driver, energy_preference;
  /// Whether CPUs may exceed their base clock: intel_pstate/no_turbo or
  /// cpufreq/boost.
  std::optional<bool> turbo;
  /// Word in force of /sys/kernel/mm/transparent_hugepage/enabled: `always`,
  /// `madvise`, `never`.
  std::optional<std::string> huge_pages;
  /// SwapTotal less SwapFree of /proc/meminfo.
  std::optional<std::uint64_t> swap_used_bytes;
  /// Times that the CPUs were too hot, since boot: thermal_throttle/
  /// core_throttle_count summed. Only its growth says anything.
  std::optional<std::uint64_t> thermal_throttles;

  // What shows over time only: see MachineWatch.

  /// CPUs' worth of time that other processes used, and that the hypervisor
  /// ran others while we wanted to run.
  std::optional<double> foreign_cpus, stolen_cpus;
  /// Growth of thermal_throttles, and periods in which a control group's CPU
  /// quota ran out.
  std::optional<std::uint64_t> recent_thermal_throttles,
      recent_throttled_periods;

  /// CgroupLimits::cpu_quota, which the caller knows already.
  std::optional<double> cpu_quota;
};

/// Reads all that can be read at one moment: files of /sys for `cpus`, and of
/// /proc. `root` stands before every path (tests lay files there).
MachineState ReadMachineState(const CpuList& cpus,
                              const std::string& root = "");

}  // namespace hybrid

#endif  // HYBRID_MACHINE_MACHINE_STATE_H_
