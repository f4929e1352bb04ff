#include "compare/identity.h"

#include <fmt/format.h>

#include <span>
#include <string>
#include <string_view>

#include "results/machine_id.h"

namespace hybrid {
namespace {

/// Adds the values of one column; quick where it is the same one again, as it
/// mostly is.
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

/// Adds the values of one column, each to those of its row's library; quick
/// where both are the same ones again.
class LibraryCollector {
 public:
  explicit LibraryCollector(LibraryValues& values) : values_(values) {}

  void Add(const std::string& blas, std::string_view value) {
    if (value.empty() || (value == last_ && blas == last_blas_)) return;
    const auto library = values_.try_emplace(blas).first;
    last_blas_ = library->first;
    last_ = *library->second.emplace(value).first;
  }

 private:
  LibraryValues& values_;
  std::string_view last_blas_;
  std::string_view last_;
};

/// Whether two rows agree in all columns that IdentityOf makes texts of.
bool AgreeInTexts(const Row& a, const Row& b) {
  return a.schema_version == b.schema_version && a.seed == b.seed &&
         a.usable_cores == b.usable_cores && a.cache_bytes == b.cache_bytes &&
         a.host == b.host && a.memory_bytes == b.memory_bytes &&
         a.machine_id == b.machine_id && a.cpu_model == b.cpu_model &&
         a.os == b.os;
}

}  // namespace

Identity IdentityOf(std::span<const Row> rows) {
  Identity identity;
  Collector models(identity.cpu_models);
  LibraryCollector versions(identity.blas_versions);
  LibraryCollector library(identity.library_kernels);
  Collector hosts(identity.hosts);
  Collector systems(identity.operating_systems);
  Collector commits(identity.git_commits);
  Collector flags(identity.flags);
  Collector days(identity.days);
  Values runs;
  Collector run_ids(runs);
  const Row* last = nullptr;
  for (const Row& row : rows) {
    models.Add(row.cpu_model);
    versions.Add(row.blas, row.blas_version);
    library.Add(row.blas, row.library_kernels);
    hosts.Add(row.host);
    systems.Add(row.os);
    commits.Add(row.git_commit);
    flags.Add(row.flags);
    days.Add(std::string_view(row.time_utc).substr(0, 10));
    run_ids.Add(row.run_id);
    AddCeilings(row, identity.ceilings);
    // Making texts takes long, and rows mostly agree with the one before.
    const bool same = last != nullptr && AgreeInTexts(*last, row);
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
    if (id.empty()) {
      identity.machines.insert(machine);
    } else {
      identity.machine_ids.insert(id);
    }
  }
  RefuseImpossiblePeaks(identity.ceilings);
  identity.runs = runs.size();
  return identity;
}

}  // namespace hybrid
