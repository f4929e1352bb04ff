#ifndef HYBRID_MACHINE_CGROUP_H_
#define HYBRID_MACHINE_CGROUP_H_

#include <cstdint>
#include <optional>
#include <string>

namespace hybrid {

/// What the control groups of a process allow; absent means unlimited.
struct CgroupLimits {
  std::optional<double> cpu_quota{};  ///< CPUs' worth of time per period
  std::optional<std::uint64_t> memory_available_bytes{};  ///< limit less usage
  /// Processes and threads that may still be started: limit less those there.
  std::optional<std::uint64_t> tasks_available{};
};

/// Reads cgroup v2 (`cpu.max`, `memory.max`, `memory.high`, `pids.max`) and v1
/// (`cpu.cfs_quota_us`, `memory.limit_in_bytes`, `pids.max`) limits, the
/// tightest over the process's group and its ancestors. `root` stands before
/// every path (tests lay files there); unreadable files count as unlimited.
CgroupLimits ReadCgroupLimits(const std::string& root = "");

}  // namespace hybrid

#endif  // HYBRID_MACHINE_CGROUP_H_
