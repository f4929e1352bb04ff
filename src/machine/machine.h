#ifndef HYBRID_MACHINE_MACHINE_H_
#define HYBRID_MACHINE_MACHINE_H_

#include <cstdint>
#include <optional>
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
      -1;  ///< cores with equal numbers share it, -1: unknown

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
  std::uint64_t cache_bytes = 0;     ///< of all last-level caches that `cores`
                                     ///< reach, 0: unknown
};

/// Reads the topology of this machine, restricted to the cpuset and to the
/// affinity mask of the calling thread, which is what its children inherit.
/// HWLOC_SYNTHETIC and HWLOC_XMLFILE replace the machine, as everywhere in
/// hwloc, and then no mask applies. Throws std::runtime_error naming hwloc's
/// step that failed.
Topology ReadTopology();

/// What the control groups of a process allow; absent means unlimited.
struct CgroupLimits {
  std::optional<double> cpu_quota;  ///< CPUs' worth of time per period
  std::optional<std::uint64_t> memory_available_bytes;  ///< limit less usage
};

/// Reads cgroup v2 (`cpu.max`, `memory.max`) and v1 (`cpu.cfs_quota_us`,
/// `memory.limit_in_bytes`) limits, the tightest over the process's group and
/// its ancestors. `root` stands before every path (tests lay files there);
/// unreadable files count as unlimited.
CgroupLimits ReadCgroupLimits(const std::string& root = "");

/// MemAvailable of `root`/proc/meminfo in bytes, or 0 if it can't be read.
std::uint64_t ReadMemAvailable(const std::string& root = "");

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

/// Gives each of `workers` workers physical cores of its own, the same number
/// for all and at least `blas_threads`, so that equal tasks meet equal workers;
/// returns each worker's logical CPUs, ascending, SMT siblings never apart.
/// Empty if workers × blas_threads exceeds the number of cores.
///
/// The cores are halved, in hwloc's order, at the boundary between two NUMA
/// nodes that is nearest to the middle; each worker goes to the half where it
/// gets the most cores; and so on in both halves. Within a node the workers
/// take the fastest kind of core as far as it goes, then the next, and the
/// cores of one kind are halved between sockets and between last-level caches.
/// A boundary whose two sides can't hold all workers whole is ignored. Kinds
/// that can't are mixed, the slowest only if it is needed. What is left without
/// a boundary is divided evenly. Cores that would make one worker's share
/// larger than another's stay free: a worker runs `blas_threads` threads and no
/// more, so a free core costs less than a worker that straddles.
std::vector<CpuList> AssignCores(const Topology& topology, int workers,
                                 int blas_threads);

}  // namespace hybrid

#endif  // HYBRID_MACHINE_MACHINE_H_
