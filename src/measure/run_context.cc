#include "measure/run_context.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include "counters/machine_watch.h"
#include "machine/machine_state.h"
#include "machine/state_warnings.h"
#include "measure/interrupt.h"
#include "measure/probe_kernels.h"
#include "operation/operation.h"
#include "pool/worker_group.h"

namespace hybrid {
namespace {

bool ComputeInSingle(std::span<const Key> keys) {
  return std::any_of(keys.begin(), keys.end(), [](const Key& key) {
    return key.precision == Precision::kSingle &&
           !ComputesNothing(key.operation);
  });
}

/// The ceilings, or nothing where the system refuses memory or threads for
/// them, which `warnings` then say: the sweep goes on without.
std::optional<Ceilings> CeilingsOf(const Site& site, std::span<const Key> keys,
                                   std::vector<std::string>& warnings) {
  const Machine& machine = site.machine;
  try {
    return MeasureCeilings(UsableCores(machine), machine.topology.cache_bytes,
                           OneProcessBytes(machine).value_or(0), &Interrupted,
                           ComputeInSingle(keys));
  } catch (const PoolInterrupted&) {
    return std::nullopt;
  } catch (const std::runtime_error& error) {
    warnings.push_back(fmt::format(
        "the machine's ceilings are not measured: {} (--ceilings=none does "
        "not try)",
        error.what()));
    return std::nullopt;
  }
}

/// What is known of the hosts; nothing of this machine alone, and of hosts that
/// can't be looked at, which `warnings` then say.
std::vector<HostFacts> HostsOf(const Site& site, std::span<const Key> keys,
                               bool with_ceilings,
                               std::vector<std::string>& warnings) {
  if (!site.hosts) return {};
  try {
    return site.hosts(
        {.with_ceilings = with_ceilings,
         .with_single = ComputeInSingle(keys),
         .blas = site.blas.empty() ? std::string() : site.blas.front().name});
  } catch (const PoolInterrupted&) {
  } catch (const PoolError& error) {
    warnings.push_back(
        fmt::format("not known what the hosts can do: {}", error.what()));
  }
  return {};
}

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
                      bool with_ceilings, std::span<const Row> resumed,
                      const Say& say) {
  const Machine& machine = site.machine;
  std::vector<std::string> warnings = machine.notes;
  // What others do shows while the ceilings are measured: that time is ours.
  const MachineWatch watch(machine.topology.shared_cpus);
  std::optional<Ceilings> ceilings;
  if (site.hosts) {
    say("looking at the hosts");
  } else if (with_ceilings) {
    say("measuring the machine's ceilings");
    ceilings = CeilingsOf(site, keys, warnings);
  }
  std::vector<HostFacts> hosts = HostsOf(site, keys, with_ceilings, warnings);
  if (!hosts.empty()) ceilings = WeakestCeilings(hosts);
  // Of other machines nothing is known.
  if (!site.hosts) {
    for (std::string& warning :
         WarningsOf(watch, machine, ceilings.has_value())) {
      warnings.push_back(std::move(warning));
    }
  }
  RefuseImpossible(UsableCores(machine).size(), ceilings, warnings);
  KernelsTables kernels = ProbeKernels(keys, resumed, site, say);
  return {.run = std::move(run),
          .site = std::move(site),
          .ceilings = std::move(ceilings),
          .hosts = std::move(hosts),
          .warnings = std::move(warnings),
          .kernels = std::move(kernels)};
}

}  // namespace hybrid
