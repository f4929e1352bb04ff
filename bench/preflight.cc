#include "preflight.h"

#include <fmt/format.h>

#include <memory>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "counters/machine_watch.h"
#include "machine/machine_kind.h"
#include "machine/machine_state.h"
#include "machine/state_warnings.h"
#include "measure/interrupt.h"
#include "results/machine_id.h"

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

/// What the probe chose when `rows` were measured.
void TakeOver(std::span<const Row> rows, KernelsTable& table) {
  for (const Row& row : rows) {
    if (row.kernels_asked != kBestKernels || row.kernels.empty() ||
        row.operation != "gemm") {
      continue;
    }
    Key key;
    key.n = row.n;
    key.blas_threads = row.blas_threads;
    table.TakeOver(key, {{row.kernels, row.blis_arch_type}, row.kernels_gain});
  }
}

/// The kernels that the fixtures ask for. Throws FlagError for a name that this
/// BLIS does not have or this CPU does not run.
KernelsTable ProbeKernels(const Fixtures& fixtures,
                          std::span<const Row> resumed,
                          const Session& session) {
  std::vector<Key> keys;
  std::set<std::string> names;
  for (const std::unique_ptr<Fixture>& fixture : fixtures) {
    keys.push_back(fixture->key());
    names.insert(fixture->key().kernels_asked);
  }
  names.erase(std::string(kLibraryKernels));
  if (names.empty()) return {};
  const SettingsFor settings_for = [&session](const Key& key) {
    return session.pools.SettingsWithoutKernels(key);
  };
  try {
    KernelsCatalog catalog = FindKernels(settings_for);
    for (const std::string& name : names) {
      if (name != kBestKernels) CheckKernels(catalog, name);
    }
    KernelsTable table(std::move(catalog), session.machine.usable_cores);
    TakeOver(resumed, table);
    table.Probe(keys, settings_for, kKernelsBudgetS);
    return table;
  } catch (const PoolInterrupted&) {
    return {};
  } catch (const PoolError& error) {
    throw std::runtime_error(fmt::format("--kernels: {}", error.what()));
  }
}

}  // namespace

Context MeetWorkers(const Environment& environment, Session& session) {
  Context context = ReadContext(session.machine, environment, session.pools);
  const MachineKind kind = ReadMachineKind(session.machine);
  RunInfo& info = session.info;
  info.machine_id =
      MachineId(kind.cpu_model, static_cast<std::uint64_t>(kind.usable_cores),
                kind.memory_bytes, kind.os);
  info.cpu_model = kind.cpu_model;
  info.memory_bytes = kind.memory_bytes;
  info.os = kind.os;
  context.machine_id = info.machine_id;
  context.os = info.os;
  return context;
}

void GetToKnow(const Fixtures& fixtures, const Options& options,
               std::span<const Row> resumed, Context& context,
               Session& session) {
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
  context.ceilings = session.ceilings;
  context.warnings = StateWarnings(state, machine.usable_cores);
  session.info.warnings = fmt::format("{}", fmt::join(context.warnings, "; "));
  if (context.blas_error.empty()) {
    session.pools.UseKernels(ProbeKernels(fixtures, resumed, session));
    context.kernels = session.pools.kernels();
  }
}

}  // namespace hybrid
