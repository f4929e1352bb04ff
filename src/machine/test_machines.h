#ifndef HYBRID_MACHINE_TEST_MACHINES_H_
#define HYBRID_MACHINE_TEST_MACHINES_H_

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

/// ReadTopology of a made-up machine. Throws std::runtime_error if hwloc can't
/// make it.
Topology ReadTestMachine(const TestMachine& machine);

/// The same of what HWLOC_SYNTHETIC can say alone.
Topology ReadSynthetic(const std::string& synthetic);

}  // namespace hybrid

#endif  // HYBRID_MACHINE_TEST_MACHINES_H_
