#ifndef HYBRID_MACHINE_MACHINE_H_
#define HYBRID_MACHINE_MACHINE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "machine/cgroup.h"
#include "machine/system_limits.h"
#include "machine/topology.h"

namespace hybrid {

/// The machine as the sweep sees it.
struct Machine {
  std::string host;
  Topology topology;
  CgroupLimits cgroup;
  int usable_cores = 1;                 ///< at least 1
  std::string usable_cores_limited_by;  ///< "" or e.g. "affinity mask, cgroup
                                        ///< CPU quota 1.50"
  /// The lesser of what system and cgroup allow; absent: nobody knows.
  std::optional<std::uint64_t> memory_available_bytes;
  /// Processes and threads that may still be started, as above.
  std::optional<std::uint64_t> tasks_available;
  /// The most that one process may map; absent: no limit.
  std::optional<std::uint64_t> process_bytes;
  bool can_pin = true;  ///< whether processes may be bound to CPUs
  /// What this system refuses or does not tell, and what that means for the
  /// figures, a line each.
  std::vector<std::string> notes;
};

/// The most that one process of this machine may take; absent: nobody knows.
std::optional<std::uint64_t> OneProcessBytes(const Machine& machine);

/// Puts the parts together: usable cores = allowed physical cores, cut to
/// floor(quota) but at least 1.
Machine DescribeMachine(std::string host, Topology topology,
                        CgroupLimits cgroup, SystemLimits limits);

/// DescribeMachine of the machine this process runs on. Throws
/// std::runtime_error where the system does not tell the CPUs.
Machine ReadMachine();

}  // namespace hybrid

#endif  // HYBRID_MACHINE_MACHINE_H_
