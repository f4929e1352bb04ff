#include "measure/new_row.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "machine/sharing_text.h"
#include "results/warnings_text.h"

namespace hybrid {
namespace {

/// What `key`'s workers share: where they are not bound, all that they may run
/// on. Empty where they can't be placed, or a program places its own.
std::string SharingOf(const Key& key, const Machine& machine) {
  if (key.is_whole()) return {};
  std::vector<CpuList> workers = CpusOf(key, machine);
  if (ResolvePin(key, machine) != Pin::kCores) {
    workers.assign(key.workers, LogicalCpus(machine.topology));
  }
  return WorkersSharingText(machine.topology, workers);
}

}  // namespace

Row NewRow(const Key& key, const RunContext& context) {
  const Site& site = context.site;
  Row row;
  static_cast<Key&>(row) = key;
  row.run_id = context.run.run_id;
  row.time_utc = UtcNow();
  row.host = site.machine.host;
  row.machine_id = site.machine_id;
  row.cpu_model = site.kind.cpu_model;
  row.memory_bytes = site.kind.memory_bytes;
  row.os = site.kind.os;
  row.system_blas = site.system_blas;
  row.git_commit = context.run.git_commit;
  row.flags = context.run.flags;
  row.warnings = JoinWarnings(context.warnings);
  row.usable_cores = static_cast<std::uint64_t>(site.machine.usable_cores);
  for (const CpuList& core : UsableCores(site.machine)) {
    row.usable_cpus += core.size();
  }
  row.cpus = CpusText(CpusOf(key, site.machine));
  row.sharing = SharingOf(key, site.machine);
  row.oversubscribed = IsOversubscribed(key.split(), site.machine.usable_cores);
  const KernelsChoice choice = context.kernels.For(key);
  row.kernels_setting = choice.kernels.setting;
  row.kernels_gain = choice.gain;
  const KernelsTable* const table = context.kernels.Find(key.blas);
  if (table != nullptr && table->catalog()) {
    row.library_kernels = table->catalog()->library;
  }
  return row;
}

std::vector<Row> HostRows(const RunContext& context) {
  std::vector<Row> rows;
  rows.reserve(context.hosts.size());
  for (const HostFacts& host : context.hosts) {
    Key key;
    key.family = Family::kHosts;
    key.variant = host.name;
    if (!context.site.blas.empty()) key.blas = context.site.blas.front().name;
    Row row = NewRow(key, context);
    row.cpu_model = host.kind.cpu_model;
    row.memory_bytes = host.kind.memory_bytes;
    row.os = host.kind.os;
    row.usable_cores = static_cast<std::uint64_t>(host.machine.usable_cores);
    CpuList cpus;
    for (const CpuList& core : UsableCores(host.machine)) {
      cpus.insert(cpus.end(), core.begin(), core.end());
    }
    std::sort(cpus.begin(), cpus.end());
    row.usable_cpus = cpus.size();
    row.cpus = CpusText({cpus});
    row.sharing = SharingText(host.machine.topology);
    row.kernels = host.kernels;
    row.library_kernels = host.kernels;
    row.blas_version = host.blas_version;
    row.rtt_s = host.round_trip_s;
    row.link_bytes_per_s = host.link_bytes_per_s;
    if (host.ceilings) {
      row.core_peak_gflops = host.ceilings->core_peak_gflops;
      row.peak_gflops = host.ceilings->peak_gflops;
      row.core_triad_bytes_per_s = host.ceilings->core_triad_bytes_per_s;
      row.triad_bytes_per_s = host.ceilings->triad_bytes_per_s;
    }
    const std::uint64_t cache_bytes = host.machine.topology.cache_bytes;
    if (cache_bytes > 0) row.cache_bytes = cache_bytes;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace hybrid
