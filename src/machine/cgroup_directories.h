#ifndef HYBRID_MACHINE_CGROUP_DIRECTORIES_H_
#define HYBRID_MACHINE_CGROUP_DIRECTORIES_H_

#include <string>
#include <vector>

namespace hybrid {

/// The directories whose limits bind this process, per hierarchy: its own
/// group and every ancestor that is visible, up to the mount point. Each
/// starts with the `root` it was asked for. Directories may be missing from
/// the file system; a hierarchy that is not mounted has none.
struct CgroupDirectories {
  std::vector<std::string> unified;    ///< cgroup v2
  std::vector<std::string> v1_cpu;     ///< v1 hierarchy of controller `cpu`
  std::vector<std::string> v1_memory;  ///< v1 hierarchy of controller `memory`
  std::vector<std::string> v1_pids;    ///< v1 hierarchy of controller `pids`
};

/// The directories of this process, from `root`/proc/self/cgroup and
/// `root`/proc/self/mountinfo.
CgroupDirectories FindCgroupDirectories(const std::string& root);

}  // namespace hybrid

#endif  // HYBRID_MACHINE_CGROUP_DIRECTORIES_H_
