#include "machine/machine.h"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "machine/meminfo.h"

namespace hybrid {
namespace {

// A mask may leave every core and take only SMT siblings: that is no loss of
// cores, but whoever reads the figures should know.
bool AffinityMaskLimits(const Topology& topology) {
  return std::cmp_less(topology.cores.size(), topology.cores_total) ||
         std::cmp_less(LogicalCpus(topology).size(),
                       topology.logical_cpus_total);
}

std::string HostName() {
  utsname name{};
  return uname(&name) == 0 ? static_cast<const char*>(name.nodename) : "";
}

}  // namespace

Machine DescribeMachine(std::string host, Topology topology,
                        CgroupLimits cgroup,
                        std::uint64_t system_memory_available_bytes) {
  Machine machine;
  machine.host = std::move(host);
  machine.topology = std::move(topology);
  machine.cgroup = cgroup;

  const auto allowed = static_cast<int>(machine.topology.cores.size());
  int usable = allowed;
  if (AffinityMaskLimits(machine.topology)) {
    machine.usable_cores_limited_by = "affinity mask";
  }
  if (cgroup.cpu_quota && *cgroup.cpu_quota < allowed) {
    usable = static_cast<int>(std::floor(*cgroup.cpu_quota));
    machine.usable_cores_limited_by += fmt::format(
        "{}cgroup CPU quota {:.2f}",
        machine.usable_cores_limited_by.empty() ? "" : ", ", *cgroup.cpu_quota);
  }
  machine.usable_cores = std::max(1, usable);

  // 0 from the system means unknown, not full.
  const std::uint64_t system = system_memory_available_bytes;
  const std::uint64_t group = cgroup.memory_available_bytes.value_or(system);
  machine.memory_available_bytes =
      system == 0 ? group : std::min(system, group);
  return machine;
}

Machine ReadMachine() {
  return DescribeMachine(HostName(), ReadTopology(), ReadCgroupLimits(),
                         ReadMeminfo("MemAvailable").value_or(0));
}

}  // namespace hybrid
