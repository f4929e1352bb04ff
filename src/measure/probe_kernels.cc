#include "measure/probe_kernels.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstddef>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "operation/operation.h"
#include "sweep/axis.h"

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
void TakeOverChoices(std::span<const Row> rows, KernelsTable& table) {
  for (const Row& row : rows) {
    if (row.kernels_asked != kBestKernels || row.kernels.empty() ||
        ComputesNothing(row.operation)) {
      continue;
    }
    Key key;
    key.n = row.n;
    key.blas_threads = row.blas_threads;
    table.TakeOver(key, {{row.kernels, row.blis_arch_type}, row.kernels_gain});
  }
}

}  // namespace

KernelsTable ProbeKernels(std::span<const Key> keys,
                          std::span<const Row> resumed, const Site& site,
                          const Say& say) {
  std::set<std::string> names;
  for (const Key& key : keys) names.insert(key.kernels_asked);
  names.erase(std::string(kLibraryKernels));
  if (names.empty()) return {};
  const SettingsFor settings_for = [&site](const Key& key) {
    return MakePoolSettings(key, site.machine, site.workers);
  };
  say("finding out which kernels run here");
  try {
    KernelsCatalog catalog = FindKernels(settings_for);
    for (const std::string& name : names) {
      if (name != kBestKernels) CheckKernels(catalog, name);
    }
    KernelsTable table(std::move(catalog), site.machine.usable_cores);
    TakeOverChoices(resumed, table);
    table.Probe(keys, settings_for, kKernelsBudgetS,
                [&say](std::size_t place, std::size_t places) {
                  say(fmt::format("probing kernels {}/{}", place, places));
                });
    return table;
  } catch (const PoolInterrupted&) {
    return {};
  } catch (const PoolError& error) {
    throw std::runtime_error(fmt::format("--kernels: {}", error.what()));
  }
}

}  // namespace hybrid
