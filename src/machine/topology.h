#ifndef HYBRID_MACHINE_TOPOLOGY_H_
#define HYBRID_MACHINE_TOPOLOGY_H_

#include <cstdint>
#include <string>
#include <vector>

namespace hybrid {

/// Operating-system numbers of logical CPUs, ascending.
using CpuList = std::vector<int>;

/// Where a physical core stands in the machine, and how fast it is beside the
/// others.
struct CoreInfo {
  int kind = 0;        ///< higher is faster; 0 if all are alike or nobody knows
  int socket = -1;     ///< index in hwloc's order, -1: unknown
  int numa_node = -1;  ///< the system's number of the nearest one, -1: unknown
  int last_level_cache =
      -1;             ///< cores with equal numbers share it, -1: unknown
  int l2_cache = -1;  ///< the same of the cache of that level
  int l3_cache = -1;

  bool operator==(const CoreInfo&) const = default;
};

/// What hwloc knows of the processors this process may run on. SMT siblings
/// belong to one core, and a core counts if at least one of its logical CPUs
/// is in the affinity mask.
struct Topology {
  std::string cpu_model;  ///< empty if the system does not tell
  /// `family 25, model 17, stepping 1`: clouds sell very different CPUs under
  /// one model name. Empty if the system does not tell.
  std::string cpu_signature;
  int sockets = 0;
  int cores_total = 0;         ///< physical cores of the whole machine
  int logical_cpus_total = 0;  ///< logical CPUs of the whole machine
  std::vector<CpuList> cores;  ///< allowed physical cores, hwloc's order; each
                               ///< lists its allowed logical CPUs
  std::vector<CoreInfo> core_infos;  ///< of `cores`, in the same order; empty
                                     ///< if nothing is known
  /// All logical CPUs of `cores`, ascending: also siblings that this process
  /// may not use, for what runs there takes from the core.
  CpuList shared_cpus;
  bool is_this_system = true;     ///< false: hwloc made the machine up
  std::uint64_t cache_bytes = 0;  ///< of all last-level caches that `cores`
                                  ///< reach, 0: unknown
};

/// The logical CPUs of all allowed cores, core by core.
CpuList LogicalCpus(const Topology& topology);

/// Reads the topology of this machine, restricted to the cpuset and to the
/// affinity mask of the calling thread, which is what its children inherit.
/// HWLOC_SYNTHETIC and HWLOC_XMLFILE replace the machine, as everywhere in
/// hwloc, and then no mask applies. Throws std::runtime_error naming hwloc's
/// step that failed.
Topology ReadTopology();

}  // namespace hybrid

#endif  // HYBRID_MACHINE_TOPOLOGY_H_
