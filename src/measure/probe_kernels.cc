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

/// Kernels that `keys` ask for, other than BLIS's own choice.
std::set<std::string> AskedKernels(std::span<const Key> keys) {
  std::set<std::string> names;
  for (const Key& key : keys) names.insert(key.kernels_asked);
  names.erase(std::string(kLibraryKernels));
  return names;
}

SettingsFor SettingsAt(const Site& site) {
  return [&site](const Key& key) {
    return MakePoolSettings(key, site.machine, site.workers);
  };
}

/// All kernels that run here, among them each one of `names`. Throws FlagError
/// for one that does not, and what FindKernels throws.
KernelsCatalog FindNamed(const std::set<std::string>& names, const Site& site) {
  KernelsCatalog catalog = FindKernels(SettingsAt(site));
  for (const std::string& name : names) {
    if (name != kBestKernels) CheckKernels(catalog, name);
  }
  return catalog;
}

[[noreturn]] void ThrowNoWorker(const PoolError& error) {
  throw std::runtime_error(fmt::format("--kernels: {}", error.what()));
}

}  // namespace

void CheckNamedKernels(std::span<const Key> keys, const Site& site) {
  std::set<std::string> names = AskedKernels(keys);
  names.erase(std::string(kBestKernels));
  if (names.empty()) return;
  try {
    FindNamed(names, site);
  } catch (const PoolInterrupted&) {
    return;
  } catch (const PoolError& error) {
    ThrowNoWorker(error);
  }
}

KernelsTable ProbeKernels(std::span<const Key> keys,
                          std::span<const Row> resumed, const Site& site,
                          const Say& say) {
  const std::set<std::string> names = AskedKernels(keys);
  if (names.empty()) return {};
  say("finding out which kernels run here");
  try {
    KernelsTable table(FindNamed(names, site), site.machine.usable_cores);
    TakeOverChoices(resumed, table);
    table.Probe(keys, SettingsAt(site), kKernelsBudgetS,
                [&say](std::size_t place, std::size_t places) {
                  say(fmt::format("probing kernels {}/{}", place, places));
                });
    return table;
  } catch (const PoolInterrupted&) {
    return {};
  } catch (const PoolError& error) {
    ThrowNoWorker(error);
  }
}

}  // namespace hybrid
