#ifndef HYBRID_KERNELS_CHOICE_H_
#define HYBRID_KERNELS_CHOICE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernels/catalog.h"
#include "kernels/speed.h"

namespace hybrid {

/// The kernels that a configuration's workers are started with.
struct KernelsChoice {
  Kernels kernels;  ///< setting empty where BLIS chooses them by itself
  /// Speed over the library's own choice in the probe; nothing where that was
  /// not probed, or could not be told.
  std::optional<double> gain;
};

/// The fastest of `speeds`, but `library`, the library's own choice, where that
/// is within 2 % of it, where rounds disagree which of the two is the faster,
/// and where too few turns were undisturbed to tell. Nothing if there are none.
std::optional<KernelsChoice> PickFastest(std::span<const KernelsSpeed> speeds,
                                         const std::string& library);

/// PickFastest of a contest's speeds, but `library` where others were at work
/// all along.
std::optional<KernelsChoice> PickWinner(const SpeedContest& contest,
                                        const std::string& library);

/// `choice`, or `library` where other kernels won, but not again in a contest
/// that `measure` holds between the two. Its workers are new ones: a worker may
/// be slow from its start to its end for where its memory happens to lie, which
/// no number of turns evens out. Of two gains the lower one is told.
std::optional<KernelsChoice> Confirmed(
    std::optional<KernelsChoice> choice, const std::string& library,
    const std::function<SpeedContest(std::span<const Kernels>)>& measure);

/// Where the kernels of each configuration are looked up.
class KernelsTable {
 public:
  /// Above this order the kernels' ranking no longer changes, and a probe of it
  /// would take too long: larger n are probed here.
  static constexpr std::uint64_t kLargestProbedN = 2048;

  /// Without a catalog everything is left to BLIS.
  KernelsTable() = default;
  KernelsTable(KernelsCatalog catalog, int usable_cores);

  /// Takes over the kernels that an earlier probe chose for configurations like
  /// `key`, which then are not probed again: what is to be compared has to run
  /// with the same kernels. What asks for them says the catalog; kernels that
  /// it does not have are not taken over.
  void TakeOver(const Key& key, const std::string& name,
                std::optional<double> gain);

  /// Probes what `keys` with the kernels `best` need, by gemm, of whose
  /// kernels the others are made too: each order, number of threads and
  /// precision once, in all about `budget_s`. Threads beyond the usable cores
  /// would measure the crowd instead of the kernels, so those look up the most
  /// that fit. All numbers of threads at one order get the same kernels, unless
  /// that costs one of them more than 5 %. Throws PoolInterrupted. `on_place`
  /// is told before each that it is number so many of so many.
  void Probe(
      std::span<const Key> keys, const SettingsFor& settings_for,
      double budget_s,
      const std::function<void(std::size_t place, std::size_t places)>&
          on_place = [](std::size_t, std::size_t) {});

  /// What `key`'s workers are to run with.
  KernelsChoice For(const Key& key) const;

  /// The kernels there are; absent where nothing asked for any.
  const std::optional<KernelsCatalog>& catalog() const { return catalog_; }

  /// What the probe found at one place, fastest first. Neither speeds nor
  /// failures: taken over.
  struct Probed {
    KernelsPlace place;
    std::vector<KernelsSpeed> speeds;
    std::vector<UnusableKernels> failed{};
    KernelsChoice choice;
  };
  /// All that was probed or taken over.
  std::vector<Probed> probed() const;

 private:
  using Measure =
      std::function<SpeedContest(std::span<const Kernels> candidates,
                                 const KernelsPlace& place, double part)>;
  KernelsPlace PlaceOf(const Key& key) const;
  std::vector<Kernels> CandidatesAt(const KernelsPlace& place,
                                    const Measure& measure) const;
  void Unite(const KernelsPlace& place);
  void UseAt(Probed& probed, const std::string& name) const;

  std::optional<KernelsCatalog> catalog_;
  std::uint64_t usable_cores_ = 1;
  std::map<KernelsPlace, Probed> probed_;
};

/// The kernels that all of `probed`, which are of one order, can run with for a
/// loss of no more than 5 %, those that were taken over first, and else
/// `library`, the library's own choice, where it is as good as any; empty if
/// there are none. What could not tell has no say.
std::string CommonKernels(
    const std::vector<const KernelsTable::Probed*>& probed,
    const std::string& library);

}  // namespace hybrid

#endif  // HYBRID_KERNELS_CHOICE_H_
