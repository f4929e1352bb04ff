#ifndef HYBRID_MACHINE_TEST_MACHINES_H_
#define HYBRID_MACHINE_TEST_MACHINES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "machine/machine.h"

namespace hybrid {

/// For tests: a machine that hwloc makes up. CPUs are numbered in hwloc's
/// order unless `synthetic` says otherwise.
struct TestMachine {
  std::string synthetic;       ///< as HWLOC_SYNTHETIC takes it
  CpuList removed;             ///< logical CPUs that it does not have
  std::vector<CpuList> kinds;  ///< logical CPUs by kind, the slowest first
  CpuList disallowed;          ///< those outside the cpuset
};

/// 8 fast cores with two siblings (CPUs 0 to 15), then 8 slow ones with one
/// (CPUs 16, 18, … 30), all on one last-level cache.
TestMachine HybridTestMachine();

/// For tests: a machine of two cores with one logical CPU each, 0 and 1, and 8
/// GiB of memory.
inline Machine TwoCores() {
  Machine machine;
  machine.topology.cores = {{0}, {1}};
  machine.usable_cores = 2;
  machine.memory_available_bytes = std::uint64_t{8} << 30;
  return machine;
}

/// For tests: a machine of which only the cores and the memory matter.
inline Machine MachineOf(int cores, std::uint64_t memory_bytes) {
  Machine machine;
  machine.usable_cores = cores;
  machine.memory_available_bytes = memory_bytes;
  return machine;
}

/// ReadTopology of a made-up machine. Throws std::runtime_error if hwloc can't
/// make it.
Topology ReadTestMachine(const TestMachine& machine);

/// ReadTopology of the machine that HWLOC_SYNTHETIC describes.
Topology ReadSynthetic(const std::string& synthetic);

}  // namespace hybrid

#endif  // HYBRID_MACHINE_TEST_MACHINES_H_
