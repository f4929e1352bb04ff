#ifndef HYBRID_MACHINE_MACHINE_H_
#define HYBRID_MACHINE_MACHINE_H_

#include <cstdint>
#include <string>

#include "machine/cgroup.h"
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
  std::uint64_t memory_available_bytes = 0;  ///< the lesser of system and
                                             ///< cgroup
};

/// Puts the parts together: usable cores = allowed physical cores, cut to
/// floor(quota) but at least 1. A system memory of 0 means unknown: then only
/// the cgroup's counts.
Machine DescribeMachine(std::string host, Topology topology,
                        CgroupLimits cgroup,
                        std::uint64_t system_memory_available_bytes);

/// DescribeMachine of the machine this process runs on.
Machine ReadMachine();

}  // namespace hybrid

#endif  // HYBRID_MACHINE_MACHINE_H_
