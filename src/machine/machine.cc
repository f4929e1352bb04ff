#include "machine/machine.h"

#include <fmt/format.h>
#include <sched.h>
#include <sys/utsname.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <stdexcept>
#include <system_error>
#include <utility>

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

template <typename T>
std::optional<T> Lesser(const std::optional<T>& a, const std::optional<T>& b) {
  return a && b ? std::min(a, b) : a ? a : b;
}

std::string Message(int error) {
  return std::generic_category().message(error);
}

/// Why processes can't be bound to CPUs, tried with the mask that this one has;
/// nothing if they can. Throws where the system does not even tell that mask:
/// hwloc would ask again for ever.
std::optional<std::string> WhyNotPinned() {
  // More than any machine has, so that it always fits.
  std::vector<unsigned long> mask(1 << 13);
  auto* const set = reinterpret_cast<cpu_set_t*>(mask.data());
  const std::size_t bytes = mask.size() * sizeof(unsigned long);
  if (sched_getaffinity(0, bytes, set) != 0) {
    throw std::runtime_error(fmt::format(
        "sched_getaffinity: {}: this system does not tell which CPUs may be "
        "used; allow the call where bench is confined (a container's seccomp "
        "profile)",
        Message(errno)));
  }
  if (sched_setaffinity(0, bytes, set) == 0) return std::nullopt;
  return fmt::format(
      "sched_setaffinity: {}: workers can't be bound to cores and run "
      "anywhere, as with --pin=none",
      Message(errno));
}

}  // namespace

std::optional<std::uint64_t> OneProcessBytes(const Machine& machine) {
  return Lesser(machine.memory_available_bytes, machine.process_bytes);
}

Machine DescribeMachine(std::string host, Topology topology,
                        CgroupLimits cgroup, SystemLimits limits) {
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

  machine.memory_available_bytes =
      Lesser(limits.memory_available_bytes, cgroup.memory_available_bytes);
  machine.tasks_available =
      Lesser(limits.tasks_available, cgroup.tasks_available);
  machine.process_bytes = limits.process_bytes;
  machine.notes = std::move(limits.notes);
  return machine;
}

Machine ReadMachine() {
  const std::optional<std::string> not_pinned = WhyNotPinned();
  Machine machine = DescribeMachine(HostName(), ReadTopology(),
                                    ReadCgroupLimits(), ReadSystemLimits());
  machine.can_pin = !not_pinned;
  if (not_pinned) machine.notes.push_back(*not_pinned);
  return machine;
}

}  // namespace hybrid
