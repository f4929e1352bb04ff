#include "measure/probe_kernels.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
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
  std::string reason = fmt::format("{} has no such kernels", catalog.blas);
  for (const UnusableKernels& unusable : catalog.unusable) {
    if (unusable.name == name) reason = unusable.reason;
  }
  std::vector<std::string> names;
  for (const Kernels& kernels : catalog.usable) names.push_back(kernels.name);
  throw FlagError(fmt::format("--kernels={}: {}; takes best, library, {}", name,
                              reason, fmt::join(names, ", ")));
}

/// What the probe chose for `blas` when `rows` were measured, by its name: the
/// setting is a variable for workers, and the file may be anybody's.
void TakeOverChoices(std::span<const Row> rows, const std::string& blas,
                     KernelsTable& table) {
  for (const Row& row : rows) {
    if (row.blas != blas || row.kernels_asked != kBestKernels ||
        row.kernels.empty() || ComputesNothing(row.operation)) {
      continue;
    }
    Key key;
    key.blas = blas;
    key.precision = row.precision;
    key.n = row.n;
    key.blas_threads = row.blas_threads;
    table.TakeOver(key, row.kernels, row.kernels_gain);
  }
}

/// Those of `keys` that run with `blas`.
std::vector<Key> WithBlas(std::span<const Key> keys, const std::string& blas) {
  std::vector<Key> some;
  std::copy_if(keys.begin(), keys.end(), std::back_inserter(some),
               [&blas](const Key& key) { return key.blas == blas; });
  return some;
}

/// Kernels that `keys` ask for, other than the library's own choice.
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

/// All kernels of `blas` that run here, among them each one of `names`. Throws
/// FlagError for one that does not, and what FindKernels throws.
KernelsCatalog FindNamed(const std::set<std::string>& names,
                         const std::string& blas, const Site& site) {
  KernelsCatalog catalog = FindKernels(SettingsAt(site), blas);
  for (const std::string& name : names) {
    if (name != kBestKernels) CheckKernels(catalog, name);
  }
  return catalog;
}

[[noreturn]] void ThrowNoWorker(const PoolError& error) {
  throw std::runtime_error(fmt::format("--kernels: {}", error.what()));
}

/// The libraries of `keys` of which workers start.
std::vector<std::string> UsableLibraries(std::span<const Key> keys,
                                         const Site& site) {
  std::vector<std::string> names = LibrariesOf(keys);
  std::erase_if(names, [&site](const std::string& name) {
    return !site.Of(name).error.empty();
  });
  return names;
}

}  // namespace

void CheckNamedKernels(std::span<const Key> keys, const Site& site) try {
  for (const std::string& blas : UsableLibraries(keys, site)) {
    std::set<std::string> names = AskedKernels(WithBlas(keys, blas));
    names.erase(std::string(kBestKernels));
    if (!names.empty()) FindNamed(names, blas, site);
  }
} catch (const PoolInterrupted&) {
  return;
} catch (const PoolError& error) {
  ThrowNoWorker(error);
}

KernelsTables ProbeKernels(std::span<const Key> keys,
                           std::span<const Row> resumed, const Site& site,
                           const Say& say) try {
  KernelsTables tables;
  const std::vector<std::string> libraries = UsableLibraries(keys, site);
  for (const std::string& blas : libraries) {
    const std::vector<Key> its = WithBlas(keys, blas);
    const std::set<std::string> names = AskedKernels(its);
    if (names.empty()) continue;
    const std::string of = libraries.size() == 1 ? "" : " of " + blas;
    say(fmt::format("finding out which kernels{} run here", of));
    KernelsTable table(FindNamed(names, blas, site), site.machine.usable_cores);
    TakeOverChoices(resumed, blas, table);
    table.Probe(
        its, SettingsAt(site), kKernelsBudgetS,
        [&](std::size_t place, std::size_t places) {
          say(fmt::format("probing kernels{} {}/{}", of, place, places));
        });
    tables.Add(blas, std::move(table));
  }
  return tables;
} catch (const PoolInterrupted&) {
  return {};
} catch (const PoolError& error) {
  ThrowNoWorker(error);
}

}  // namespace hybrid
