#include "preflight.h"

#include <fmt/format.h>

#include <memory>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "interrupt.h"
#include "machine/machine_state.h"
#include "machine/machine_watch.h"

namespace hybrid {
namespace {

/// For all orders and numbers of threads of a sweep together.
constexpr double kKernelsBudgetS = 2.2;

void CheckKernels(const KernelsCatalog& catalog, const std::string& name) {
  if (catalog.Find(name) != nullptr) return;
  std::string reason = "BLIS has no such kernels";
  for (const UnusableKernels& unusable : catalog.unusable) {
    if (unusable.name == name) reason = unusable.reason;
  }
  std::vector<std::string> names;
  for (const Kernels& kernels : catalog.usable) names.push_back(kernels.name);
  throw FlagError(fmt::format("--kernels={}: {}; takes best, library, {}", name,
                              reason, fmt::join(names, ", ")));
}

/// The kernels that the fixtures ask for. Throws FlagError for a name that this
/// BLIS does not have or this CPU does not run.
KernelsTable ProbeKernels(const Fixtures& fixtures, const Session& session) {
  std::vector<Config> configs;
  std::set<std::string> names;
  for (const std::unique_ptr<Fixture>& fixture : fixtures) {
    configs.push_back(fixture->config());
    names.insert(fixture->config().kernels);
  }
  names.erase(std::string(kLibraryKernels));
  if (names.empty()) return {};
  const SettingsFor settings_for = [&session](const Config& config) {
    return session.pools.SettingsWithoutKernels(config);
  };
  try {
    KernelsCatalog catalog = FindKernels(settings_for);
    for (const std::string& name : names) {
      if (name != kBestKernels) CheckKernels(catalog, name);
    }
    KernelsTable table(std::move(catalog), session.machine.usable_cores);
    table.Probe(configs, settings_for, kKernelsBudgetS);
    return table;
  } catch (const PoolInterrupted&) {
    return {};
  } catch (const PoolError& error) {
    throw std::runtime_error(fmt::format("--kernels: {}", error.what()));
  }
}

}  // namespace

Context GetToKnow(const Fixtures& fixtures, const Environment& environment,
                  const Options& options, Session& session) {
  const Machine& machine = session.machine;
  const auto interrupted = [] { return InterruptSignal() != 0; };
  CpuList cpus;
  for (const CpuList& core : machine.topology.cores) {
    cpus.insert(cpus.end(), core.begin(), core.end());
  }
  // What others do shows while the ceilings are measured: that time is ours.
  const MachineWatch watch(std::move(cpus));
  const auto cores = static_cast<std::size_t>(machine.usable_cores);
  if (options.ceilings) {
    session.ceilings =
        MeasureCeilings(std::span(machine.topology.cores).first(cores),
                        machine.topology.cache_bytes,
                        machine.memory_available_bytes, interrupted);
  }
  if (session.ceilings) {
    session.speed = std::make_unique<SpeedCheck>(
        std::span(machine.topology.cores).first(cores), *session.ceilings,
        interrupted);
  }
  MachineState state = watch.Look();
  state.cpu_quota = machine.cgroup.cpu_quota;
  if (!session.ceilings) {
    // Too short a look to tell anything.
    state.foreign_cpus.reset();
    state.stolen_cpus.reset();
  }
  Context context = ReadContext(machine, environment, session.pools);
  context.ceilings = session.ceilings;
  context.warnings = StateWarnings(state, machine.usable_cores);
  if (context.blas_error.empty()) {
    session.pools.UseKernels(ProbeKernels(fixtures, session));
    context.kernels = session.pools.kernels();
  }
  return context;
}

}  // namespace hybrid
