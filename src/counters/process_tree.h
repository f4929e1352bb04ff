#ifndef HYBRID_COUNTERS_PROCESS_TREE_H_
#define HYBRID_COUNTERS_PROCESS_TREE_H_

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

#include "counters/process_counters.h"

namespace hybrid {

/// CPU time of all that descend from a process, without its own: of those that
/// live to the nanosecond, of reaped ones in whole ticks. So it may fall by two
/// ticks, for each process that waits for others, when one of them is reaped.
/// Missing are processes that nobody waited for (their parent ignores SIGCHLD),
/// and those that left the tree because their parent ended.
std::int64_t DescendantsCpuNs(pid_t pid);

/// The same with the time of the process itself; nothing if it is gone. The
/// difference of two is what a program used in between, whatever it started.
std::optional<std::int64_t> TreeCpuNs(pid_t pid);

/// What the kernel has counted for a process and all that descend from it.
/// `cpu_s` as TreeCpuNs; faults of reaped processes too; the other counters of
/// the threads that live, so that they fall when one ends. Nothing if there is
/// no such process.
std::optional<ProcessCounters> ReadTreeCounters(pid_t pid);

/// The most memory that a process and all that descend from it can have had so
/// far: what each has now, where pages that several processes share count in
/// parts and those of files not, which all that map a file share and the kernel
/// can drop (Pss less Pss_File of /proc/PID/smaps_rollup), and what it once had
/// more (VmHWM less VmRSS), as if all had had their most at once. Nothing where
/// the kernel doesn't tell of the process; descendants that it doesn't tell of
/// count as none, and so do those that have ended.
std::optional<std::uint64_t> TreePeakBytes(pid_t pid,
                                           const std::string& root = "");

}  // namespace hybrid

#endif  // HYBRID_COUNTERS_PROCESS_TREE_H_
