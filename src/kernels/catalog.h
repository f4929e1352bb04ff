#ifndef HYBRID_KERNELS_CATALOG_H_
#define HYBRID_KERNELS_CATALOG_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "key/key.h"
#include "pool/worker_group.h"

namespace hybrid {

/// A sub-configuration of BLIS, and the BLIS_ARCH_TYPE that asks for it:
/// its number where BLIS reads numbers (0.9.0, 1.0), else its name. An empty
/// arch_type asks for nothing and leaves the choice to BLIS.
struct Kernels {
  std::string name;
  std::string arch_type;

  bool operator==(const Kernels&) const = default;
};

/// Whether `text` is what a name of kernels looks like: lower case, digits and
/// underscores.
bool IsKernelsName(std::string_view text);

/// The reasons that belong to the library or to the CPU; any other is an event,
/// or a fault of the kernels.
inline constexpr std::string_view kNotBuiltIn = "not built in";
inline constexpr std::string_view kNotForThisCpu = "not for this CPU";

/// A sub-configuration that does not run here, and why.
struct UnusableKernels {
  std::string name;
  std::string reason;
};

/// The sub-configurations of this BLIS: what there is to choose from.
struct KernelsCatalog {
  std::string library;  ///< BLIS's own choice on this CPU
  std::vector<Kernels> usable;
  std::vector<UnusableKernels> unusable;

  /// The usable ones of that name, or null.
  const Kernels* Find(std::string_view name) const;
};

/// Tells what a pool of `key` needs but for its kernels.
using SettingsFor = std::function<PoolSettings(const Key& key)>;

/// `settings` for workers that may fail to run: no core file, seconds instead
/// of minutes until they count as hung.
PoolSettings ForTrial(PoolSettings settings, const Kernels& kernels);

/// Tries every sub-configuration that BLIS has a name for in a worker of its
/// own: what is not built in aborts, what the CPU does not support dies of an
/// illegal instruction, and what makes a wrong product is not used either. What
/// fails in any other way, as when memory ran out, gets a second try.
/// Asks BLIS's table for the names, and finds out whether this version reads
/// numbers or names, so later versions need no change here. Throws PoolError if
/// no worker starts at all, and PoolInterrupted.
KernelsCatalog FindKernels(const SettingsFor& settings_for);

}  // namespace hybrid

#endif  // HYBRID_KERNELS_CATALOG_H_
