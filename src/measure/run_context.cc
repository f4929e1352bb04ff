#include "measure/run_context.h"

#include <fmt/format.h>

#include <cstddef>
#include <utility>

#include "counters/machine_watch.h"
#include "machine/machine_state.h"
#include "machine/state_warnings.h"
#include "machine/topology.h"
#include "measure/interrupt.h"
#include "measure/probe_kernels.h"

namespace hybrid {
namespace {

std::vector<std::string> WarningsOf(const MachineWatch& watch,
                                    const Machine& machine, bool long_look) {
  MachineState state = watch.Look();
  state.cpu_quota = machine.cgroup.cpu_quota;
  if (!long_look) {
    // Too short a look to tell anything.
    state.foreign_cpus.reset();
    state.stolen_cpus.reset();
  }
  return StateWarnings(state, machine.usable_cores);
}

/// Impossible ceilings are none, and a warning says so.
void RefuseImpossible(std::size_t cores, std::optional<Ceilings>& ceilings,
                      std::vector<std::string>& warnings) {
  if (!ceilings) return;
  const std::optional<std::string> why = WhyImpossible(*ceilings, cores);
  if (!why) return;
  ceilings.reset();
  warnings.push_back(fmt::format(
      "no ceilings: {}, which is impossible, so other programs were at work; "
      "close them and start again",
      *why));
}

}  // namespace

RunContext PrepareRun(RunIdentity run, Site site, std::span<const Key> keys,
                      bool with_ceilings, std::span<const Row> resumed) {
  const Machine& machine = site.machine;
  // What others do shows while the ceilings are measured: that time is ours.
  const MachineWatch watch(LogicalCpus(machine.topology));
  std::optional<Ceilings> ceilings;
  if (with_ceilings) {
    ceilings =
        MeasureCeilings(UsableCores(machine), machine.topology.cache_bytes,
                        machine.memory_available_bytes, &Interrupted);
  }
  std::vector<std::string> warnings =
      WarningsOf(watch, machine, ceilings.has_value());
  RefuseImpossible(UsableCores(machine).size(), ceilings, warnings);
  KernelsTable kernels;
  if (site.blas.error.empty()) kernels = ProbeKernels(keys, resumed, site);
  return {.run = std::move(run),
          .site = std::move(site),
          .ceilings = std::move(ceilings),
          .warnings = std::move(warnings),
          .kernels = std::move(kernels)};
}

}  // namespace hybrid
