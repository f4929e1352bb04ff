#ifndef HYBRID_COUNTERS_PROCESS_COUNTERS_H_
#define HYBRID_COUNTERS_PROCESS_COUNTERS_H_

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace hybrid {

/// What the kernel has counted for the threads of one process so far, see
/// proc(5). What is counted per thread is summed over the threads that exist
/// when it is read: a thread that ends takes its share with it. Absent means
/// that this kernel doesn't count it.
struct ProcessCounters {
  /// Seconds on a CPU: /proc/PID/task/TID/schedstat, or user and system time
  /// of /proc/PID/stat, in ticks, where the former doesn't count.
  double cpu_s = 0;
  /// Seconds runnable but waiting for a CPU: /proc/PID/task/TID/schedstat.
  std::optional<double> run_delay_s;
  /// Context switches of threads that went to sleep, and of threads that were
  /// pushed aside: /proc/PID/task/TID/status.
  std::optional<std::uint64_t> voluntary_switches, involuntary_switches;
  /// Moves to another CPU: /proc/PID/task/TID/sched, which not every kernel
  /// has.
  std::optional<std::uint64_t> migrations;
  /// Page faults without and with I/O, of ended threads too: /proc/PID/stat.
  std::uint64_t minor_faults = 0, major_faults = 0;
};

/// Reads `root`/proc/`pid`. Nothing if there is no such process.
std::optional<ProcessCounters> ReadProcessCounters(
    pid_t pid, const std::string& root = "");

/// What children that the process has waited for used, and those that they had
/// waited for: CPU time, in ticks, and faults. Of the rest the kernel keeps
/// nothing. Nothing if there is no such process.
std::optional<ProcessCounters> ReadReapedCounters(pid_t pid,
                                                  const std::string& root = "");

/// Adds what another process counted; what only one of them has, too.
ProcessCounters& operator+=(ProcessCounters& sum, const ProcessCounters& share);

/// CPU time that the process has used, in ended threads too, to the nanosecond.
/// Nothing if it is gone.
std::optional<std::int64_t> ProcessCpuNs(pid_t pid);

/// CPU time of a thread of any process, as old as the last tick of one that
/// runs: /proc/PID/task/TID/schedstat. Nothing if it is gone, has not run yet
/// or this kernel doesn't count.
std::optional<std::int64_t> ThreadCpuNs(pid_t pid, pid_t tid,
                                        const std::string& root = "");

/// What happened between two readings of one process. Never negative; a
/// counter is absent unless both readings have it.
ProcessCounters operator-(const ProcessCounters& after,
                          const ProcessCounters& before);

}  // namespace hybrid

#endif  // HYBRID_COUNTERS_PROCESS_COUNTERS_H_
