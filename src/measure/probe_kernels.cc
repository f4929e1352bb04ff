#include "measure/probe_kernels.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/flag_error.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

/// For all orders and numbers of threads of a sweep together.
constexpr double kKernelsBudgetS = 2.2;

/// Whether `key` names its kernels.
bool NamesKernels(const Key& key) {
  return !key.runs_command() && key.kernels_asked != kBestKernels &&
         key.kernels_asked != kLibraryKernels;
}

/// Throws FlagError if none of `catalogs` has kernels of that name.
void CheckName(const std::string& name,
               const std::vector<const KernelsCatalog*>& catalogs) {
  std::vector<std::string> reasons;
  std::vector<std::string> values{std::string(kBestKernels),
                                  std::string(kLibraryKernels)};
  for (const KernelsCatalog* const catalog : catalogs) {
    const std::optional<std::string> reason = catalog->WhyNot(name);
    if (!reason) return;
    reasons.push_back(*reason);
    for (const Kernels& kernels : catalog->usable) {
      if (!kernels.name.empty()) values.push_back(kernels.name);
    }
  }
  throw FlagError(fmt::format("--kernels={}: {}; takes {}", name,
                              fmt::join(reasons, ", "),
                              fmt::join(values, ", ")));
}

/// The kernels of the library `blas`, or null where nobody asked it.
const KernelsCatalog* CatalogOf(const KernelsTables& tables,
                                const std::string& blas) {
  const KernelsTable* const table = tables.Find(blas);
  if (table == nullptr) return nullptr;
  const std::optional<KernelsCatalog>& catalog = table->catalog();
  return catalog ? &*catalog : nullptr;
}

/// CheckName for each that `keys` give, with the libraries they give it for.
void CheckNames(std::span<const Key> keys, const KernelsTables& tables) {
  std::map<std::string, std::set<std::string>> libraries;
  for (const Key& key : keys) {
    if (NamesKernels(key)) libraries[key.kernels_asked].insert(key.blas);
  }
  for (const auto& [name, its] : libraries) {
    std::vector<const KernelsCatalog*> catalogs;
    for (const std::string& blas : its) {
      const KernelsCatalog* const catalog = CatalogOf(tables, blas);
      if (catalog != nullptr) catalogs.push_back(catalog);
    }
    // Where no worker starts nobody can be asked.
    if (!catalogs.empty()) CheckName(name, catalogs);
  }
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
  for (const Key& key : keys) {
    if (!key.runs_command()) names.insert(key.kernels_asked);
  }
  names.erase(std::string(kLibraryKernels));
  return names;
}

SettingsFor SettingsAt(const Site& site) {
  return [&site](const Key& key) {
    return MakePoolSettings(key, site.machine, site.workers);
  };
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

/// The kernels of each library of which `keys` ask for some, none yet probed.
KernelsTables FindAll(std::span<const Key> keys, const Site& site,
                      const std::function<void(const std::string& blas)>& on) {
  KernelsTables tables;
  for (const std::string& blas : UsableLibraries(keys, site)) {
    if (AskedKernels(WithBlas(keys, blas)).empty()) continue;
    on(blas);
    tables.Add(blas, KernelsTable(FindKernels(SettingsAt(site), blas),
                                  site.machine.usable_cores));
  }
  CheckNames(keys, tables);
  return tables;
}

}  // namespace

std::vector<SkippedKey> CheckNamedKernels(std::span<const Key> keys,
                                          const Site& site) try {
  std::vector<Key> naming;
  std::copy_if(keys.begin(), keys.end(), std::back_inserter(naming),
               &NamesKernels);
  return WithoutKernels(naming,
                        FindAll(naming, site, [](const std::string&) {}));
} catch (const PoolInterrupted&) {
  return {};
} catch (const PoolError& error) {
  ThrowNoWorker(error);
}

std::vector<SkippedKey> WithoutKernels(std::span<const Key> keys,
                                       const KernelsTables& tables) {
  std::vector<SkippedKey> skipped;
  for (const Key& key : keys) {
    const KernelsCatalog* const catalog =
        NamesKernels(key) ? CatalogOf(tables, key.blas) : nullptr;
    if (catalog == nullptr) continue;
    if (auto reason = catalog->WhyNot(key.kernels_asked)) {
      skipped.push_back({key, std::move(*reason)});
    }
  }
  return skipped;
}

KernelsTables ProbeKernels(std::span<const Key> keys,
                           std::span<const Row> resumed, const Site& site,
                           const Say& say) try {
  const std::size_t libraries = UsableLibraries(keys, site).size();
  const auto of = [libraries](const std::string& blas) {
    return libraries == 1 ? "" : " of " + blas;
  };
  const KernelsTables found = FindAll(keys, site, [&](const std::string& blas) {
    say(fmt::format("finding out which kernels{} run here", of(blas)));
  });
  KernelsTables tables;
  for (const auto& [blas, unprobed] : found.all()) {
    KernelsTable table = unprobed;
    TakeOverChoices(resumed, blas, table);
    table.Probe(
        WithBlas(keys, blas), SettingsAt(site), kKernelsBudgetS,
        [&, name = blas](std::size_t place, std::size_t places) {
          say(fmt::format("probing kernels{} {}/{}", of(name), place, places));
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
