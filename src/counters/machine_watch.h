#ifndef HYBRID_COUNTERS_MACHINE_WATCH_H_
#define HYBRID_COUNTERS_MACHINE_WATCH_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "counters/system_counters.h"
#include "machine/machine_state.h"
#include "machine/topology.h"

namespace hybrid {

/// Watches from its construction on what others do with the machine. It uses
/// no time in between: it reads when made and when looked at.
class MachineWatch {
 public:
  /// Of the CPUs that are given, of all if there are none. `root` stands before
  /// every path (tests lay files there).
  explicit MachineWatch(CpuList cpus, std::string root = "");

  /// The state now, with what happened since the construction. The kernel
  /// counts in ticks of mostly 10 ms: looks of less than half a second are
  /// coarse. CPU time of this process is taken off; that of its children
  /// counts as foreign.
  MachineState Look() const;

 private:
  CpuList cpus_;
  std::string root_;
  SystemCounterReader reader_;
  SystemCounters before_;
  std::optional<std::uint64_t> thermal_throttles_before_;
  double own_cpu_s_before_ = 0;
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace hybrid

#endif  // HYBRID_COUNTERS_MACHINE_WATCH_H_
