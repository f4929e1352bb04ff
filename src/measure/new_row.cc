#include "measure/new_row.h"

#include <cstdint>

#include "results/warnings_text.h"

namespace hybrid {

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

}  // namespace hybrid
