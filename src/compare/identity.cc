#include "compare/identity.h"

#include <fmt/format.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "results/machine_id.h"

namespace hybrid {
namespace {

/// Adds values of one column; mostly the same one again.
class Collector {
 public:
  explicit Collector(Values& values) : values_(values) {}
  void Add(std::string_view value) {
    if (value == last_ || value.empty()) return;
    last_ = *values_.emplace(value).first;
  }

 private:
  Values& values_;
  std::string_view last_;
};

}  // namespace

Identity IdentityOf(std::span<const Row> rows) {
  Identity identity;
  Collector models(identity.cpu_models), blis(identity.blis_versions),
      library(identity.library_kernels), hosts(identity.hosts),
      systems(identity.operating_systems), commits(identity.git_commits),
      flags(identity.flags), days(identity.days);
  Values runs;
  Collector run_ids(runs);
  // Numbers become text only where they change.
  const Row* last = nullptr;
  for (const Row& row : rows) {
    models.Add(row.cpu_model);
    blis.Add(row.blis_version);
    library.Add(row.library_kernels);
    hosts.Add(row.host);
    systems.Add(row.os);
    commits.Add(row.git_commit);
    flags.Add(row.flags);
    days.Add(std::string_view(row.time_utc).substr(0, 10));
    run_ids.Add(row.run_id);
    AddCeilings(row, identity.ceilings);
    const bool same =
        last != nullptr && last->schema_version == row.schema_version &&
        last->seed == row.seed && last->usable_cores == row.usable_cores &&
        last->cache_bytes == row.cache_bytes && last->host == row.host &&
        last->memory_bytes == row.memory_bytes &&
        last->machine_id == row.machine_id &&
        last->cpu_model == row.cpu_model && last->os == row.os;
    last = &row;
    if (same) continue;
    identity.schema_versions.insert(std::to_string(row.schema_version));
    identity.seeds.insert(std::to_string(row.seed));
    identity.usable_cores.insert(std::to_string(row.usable_cores));
    const std::string cache = std::to_string(row.cache_bytes.value_or(0));
    if (row.cache_bytes) identity.caches.insert(cache);
    if (row.memory_bytes > 0) {
      identity.memories.insert(std::to_string(row.memory_bytes));
    }
    const std::string machine =
        fmt::format("{} {} {}", row.host, row.usable_cores, cache);
    identity.hosts_cores_caches.insert(machine);
    const std::string id = MachineIdOf(row);
    (id.empty() ? identity.machines : identity.machine_ids)
        .insert(id.empty() ? machine : id);
  }
  RefuseImpossiblePeaks(identity.ceilings);
  identity.runs = runs.size();
  return identity;
}

}  // namespace hybrid
