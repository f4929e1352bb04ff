#ifndef HYBRID_KERNELS_CATALOG_H_
#define HYBRID_KERNELS_CATALOG_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "key/key.h"
#include "pool/worker_group.h"

namespace hybrid {

/// Kernels of a library, and the variable that asks for them, NAME=value: BLIS
/// reads numbers (0.9.0, 1.0) or names, OpenBLAS names. An empty setting asks
/// for nothing and leaves the choice to the library.
struct Kernels {
  std::string name;
  std::string setting;

  bool operator==(const Kernels&) const = default;
};

/// Whether `text` is what a name of kernels looks like: letters, digits and
/// underscores.
bool IsKernelsName(std::string_view text);

/// The reasons that belong to the library or to the CPU; any other is an event,
/// or a fault of the kernels.
inline constexpr std::string_view kNotBuiltIn = "not built in";
inline constexpr std::string_view kNotForThisCpu = "not for this CPU";
inline constexpr std::string_view kNotTaken = "others run where it is told so";

/// Whether `reason` is one of these.
bool IsExpected(std::string_view reason);

/// Kernels that do not run here, and why.
struct UnusableKernels {
  std::string name;
  std::string reason;
};

/// The kernels of one library: what there is to choose from.
struct KernelsCatalog {
  std::string blas = "blis";  ///< Key::blas
  std::string library;  ///< its own choice on this CPU; empty: it does not say
  std::vector<Kernels> usable;
  std::vector<UnusableKernels> unusable;

  /// The usable ones of that name, in whatever case, or null.
  const Kernels* Find(std::string_view name) const;
  /// Why there are none of that name, or nothing.
  std::optional<std::string> WhyNot(std::string_view name) const;
};

/// Tells what a pool of `key` needs but for its kernels.
using SettingsFor = std::function<PoolSettings(const Key& key)>;

/// `settings` for workers that may fail to run: no core file, seconds instead
/// of minutes until they count as hung.
PoolSettings ForTrial(PoolSettings settings, const Kernels& kernels);

/// Tries all kernels that the library `blas` (Key::blas) has a name for, each
/// in a worker of its own: what is not built in aborts, what the CPU does not
/// support dies of an illegal instruction, and what makes a wrong result is
/// not used either. What fails in any other way, as when memory ran out, gets a
/// second try. Asks the library for the names; of BLIS it finds out whether
/// this version reads numbers or names, so later versions need no change here.
/// Throws PoolError if no worker starts at all, and PoolInterrupted.
KernelsCatalog FindKernels(const SettingsFor& settings_for,
                           const std::string& blas = "blis");

}  // namespace hybrid

#endif  // HYBRID_KERNELS_CATALOG_H_
