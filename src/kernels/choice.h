#ifndef HYBRID_KERNELS_CHOICE_H_
#define HYBRID_KERNELS_CHOICE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "kernels/catalog.h"
#include "kernels/speed.h"

namespace hybrid {

/// The kernels that a configuration's workers are started with.
struct KernelsChoice {
  Kernels kernels;  ///< arch_type empty where BLIS chooses them by itself
  /// Speed over BLIS's own choice in the probe; nothing where not probed.
  std::optional<double> gain;
};

/// The fastest of `speeds`, but `library`, BLIS's own choice, where that is
/// within 2 % of it. Nothing if there are none.
std::optional<KernelsChoice> PickFastest(std::span<const KernelsSpeed> speeds,
                                         const std::string& library);

/// Where the kernels of each configuration are looked up.
class KernelsTable {
 public:
  /// Above this order the kernels' ranking no longer changes, and a probe of it
  /// would take too long: larger n are probed here.
  static constexpr std::uint64_t kLargestProbedN = 2048;

  /// Without a catalog everything is left to BLIS.
  KernelsTable() = default;
  KernelsTable(KernelsCatalog catalog, int usable_cores);

  /// Takes over what an earlier probe chose for configurations like `key`,
  /// which then are not probed again: what is to be compared has to run with
  /// the same kernels.
  void TakeOver(const Key& key, KernelsChoice choice);

  /// Probes what `keys` with the kernels `best` need, by gemm, of whose
  /// kernels the others are made too: each order and number of threads once, in
  /// all about `budget_s`. Threads beyond the usable cores would measure the
  /// crowd instead of the kernels, so those look up the most that fit. Throws
  /// PoolInterrupted.
  void Probe(std::span<const Key> keys, const SettingsFor& settings_for,
             double budget_s);

  /// What `key`'s workers are to run with.
  KernelsChoice For(const Key& key) const;

  /// The kernels there are; absent where nothing asked for any.
  const std::optional<KernelsCatalog>& catalog() const { return catalog_; }

  /// What the probe found at one order and number of threads, fastest first. No
  /// speeds: taken over.
  struct Probed {
    std::uint64_t n = 0;
    std::uint64_t blas_threads = 0;
    std::vector<KernelsSpeed> speeds;
    KernelsChoice choice;
  };
  /// All that was probed or taken over.
  std::vector<Probed> probed() const;

 private:
  using Place = std::pair<std::uint64_t, std::uint64_t>;
  Place PlaceOf(const Key& key) const;
  std::vector<Kernels> CandidatesAt(std::uint64_t n) const;

  std::optional<KernelsCatalog> catalog_;
  std::uint64_t usable_cores_ = 1;
  std::map<Place, Probed> probed_;
};

}  // namespace hybrid

#endif  // HYBRID_KERNELS_CHOICE_H_
