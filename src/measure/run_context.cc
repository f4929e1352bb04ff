#include "measure/run_context.h"

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
  KernelsTable kernels;
  if (site.blas.error.empty()) kernels = ProbeKernels(keys, resumed, site);
  return {.run = std::move(run),
          .site = std::move(site),
          .ceilings = std::move(ceilings),
          .warnings = std::move(warnings),
          .kernels = std::move(kernels)};
}

}  // namespace hybrid
