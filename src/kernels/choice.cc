#include "kernels/choice.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <set>
#include <utility>

#include "operation/operation.h"

namespace hybrid {
namespace {

/// Nearer ones may be noise of the probe, and no reason to set a variable.
constexpr double kWorthwhile = 1.02;
/// What other numbers of threads may lose by kernels that are not their best:
/// two splits are the better compared the less they differ in.
constexpr double kThreadsMatter = 1.05;

/// Kernels this many times slower at one order or number of threads are no
/// candidates at a larger one.
constexpr double kHopeless = 2;
/// Larger orders take long to try what is hopeless; this one does not.
constexpr std::uint64_t kQuickN = 512;
constexpr double kQuickPart = 0.2;
/// Of the budget, for a second contest of the winner with the library's own
/// choice.
constexpr double kConfirmationPart = 0.4;

/// Whether `a` was faster than `b` in nearly all rounds in which nobody
/// disturbed either.
bool RoundsAgree(const KernelsSpeed& a, const KernelsSpeed& b) {
  std::size_t both = 0;
  std::size_t faster = 0;
  const std::size_t rounds = std::min(a.turns_s.size(), b.turns_s.size());
  for (std::size_t round = 0; round < rounds; ++round) {
    if (!a.turns_s[round] || !b.turns_s[round]) continue;
    ++both;
    if (*a.turns_s[round] < *b.turns_s[round]) ++faster;
  }
  return both >= kFewestTurns && 4 * faster >= 3 * both;
}

bool IsKnown(const KernelsSpeed& speed) {
  return UndisturbedTurns(speed) >= kFewestTurns;
}

const KernelsSpeed* FindSpeed(std::span<const KernelsSpeed> speeds,
                              const std::string& name) {
  const auto found = std::find_if(
      speeds.begin(), speeds.end(),
      [&](const KernelsSpeed& speed) { return speed.kernels.name == name; });
  return found == speeds.end() ? nullptr : &*found;
}

/// `fastest`, or the library's own choice `own` where the former is not clearly
/// faster.
KernelsChoice ChooseBetween(const KernelsSpeed& fastest,
                            const KernelsSpeed& own) {
  const Kernels stay{own.kernels.name, ""};
  if (!IsKnown(own) || !IsKnown(fastest)) return {stay, std::nullopt};
  const double gain = fastest.gflops / own.gflops;
  if (gain < kWorthwhile || !RoundsAgree(fastest, own)) return {stay, 1.0};
  return {fastest.kernels, gain};
}

/// Those of a contest that are not hopeless, `library` always among them.
std::vector<Kernels> Hopeful(std::span<const KernelsSpeed> speeds,
                             const std::string& library) {
  double best = 0;
  for (const KernelsSpeed& speed : speeds) {
    if (IsKnown(speed)) best = std::max(best, speed.gflops);
  }
  std::vector<Kernels> hopeful;
  for (const KernelsSpeed& speed : speeds) {
    // Who dropped out has few turns, and is far behind.
    const bool known = UndisturbedTurns(speed) > 0;
    if (!known || speed.gflops * kHopeless > best ||
        speed.kernels.name == library) {
      hopeful.push_back(speed.kernels);
    }
  }
  return hopeful;
}

/// But for the number of threads.
bool IsAtOrderOf(const KernelsPlace& a, const KernelsPlace& b) {
  return a.n == b.n && a.precision == b.precision;
}

/// What the one of `probed` that loses most by the kernels `name` loses, of
/// those that can tell.
double LossBy(const std::string& name,
              const std::vector<const KernelsTable::Probed*>& probed) {
  double most = 1;
  for (const KernelsTable::Probed* const one : probed) {
    if (!one->choice.gain || one->speeds.empty()) continue;
    const KernelsSpeed* const same = FindSpeed(one->speeds, name);
    if (same == nullptr || !IsKnown(*same)) {
      return std::numeric_limits<double>::infinity();
    }
    const KernelsSpeed* const chosen =
        FindSpeed(one->speeds, one->choice.kernels.name);
    most = std::max(most, chosen->gflops / same->gflops);
  }
  return most;
}

}  // namespace

std::optional<KernelsChoice> PickFastest(std::span<const KernelsSpeed> speeds,
                                         const std::string& library) {
  if (speeds.empty()) return std::nullopt;
  const auto fastest = std::max_element(
      speeds.begin(), speeds.end(), [](const auto& a, const auto& b) {
        return std::pair(IsKnown(a), a.gflops) <
               std::pair(IsKnown(b), b.gflops);
      });
  const KernelsSpeed* const own = FindSpeed(speeds, library);
  if (own == nullptr) return KernelsChoice{fastest->kernels, std::nullopt};
  return ChooseBetween(*fastest, *own);
}

std::optional<KernelsChoice> PickWinner(const SpeedContest& contest,
                                        const std::string& library) {
  const bool has_own = FindSpeed(contest.speeds, library) != nullptr;
  if (contest.beside_others && has_own) {
    return KernelsChoice{{library, ""}, std::nullopt};
  }
  return PickFastest(contest.speeds, library);
}

std::optional<KernelsChoice> Confirmed(
    std::optional<KernelsChoice> choice, const std::string& library,
    const std::function<SpeedContest(std::span<const Kernels>)>& measure) {
  if (!choice || !choice->gain || choice->kernels.name == library) {
    return choice;
  }
  const std::vector<Kernels> two{choice->kernels, {library, ""}};
  const auto again = PickWinner(measure(two), library);
  if (!again || again->kernels.name != choice->kernels.name || !again->gain) {
    return KernelsChoice{{library, ""}, 1.0};
  }
  choice->gain = std::min(*choice->gain, *again->gain);
  return choice;
}

std::string CommonKernels(
    const std::vector<const KernelsTable::Probed*>& probed,
    const std::string& library) {
  std::set<std::string> chosen;
  std::set<std::string> taken_over;
  for (const KernelsTable::Probed* const one : probed) {
    const std::string& name = one->choice.kernels.name;
    if (name.empty()) continue;
    if (one->speeds.empty()) {
      taken_over.insert(name);
    } else if (one->choice.gain) {
      chosen.insert(name);
    }
  }
  std::string common;
  double least = std::numeric_limits<double>::infinity();
  for (const std::string& name : taken_over.empty() ? chosen : taken_over) {
    double loss = LossBy(name, probed);
    if (loss > kThreadsMatter) continue;
    // Of two that are as good, the library's own choice needs no variable.
    if (name == library) loss /= kWorthwhile;
    if (loss >= least) continue;
    common = name;
    least = loss;
  }
  return common;
}

KernelsTable::KernelsTable(KernelsCatalog catalog, int usable_cores)
    : catalog_(std::move(catalog)),
      usable_cores_(static_cast<std::uint64_t>(std::max(1, usable_cores))) {}

KernelsPlace KernelsTable::PlaceOf(const Key& key) const {
  return {std::min(key.n, kLargestProbedN),
          std::min(key.blas_threads, usable_cores_), key.precision};
}

void KernelsTable::TakeOver(const Key& key, const std::string& name,
                            std::optional<double> gain) {
  if (!catalog_) return;
  const Kernels* const found = catalog_->Find(name);
  if (found == nullptr) return;
  const KernelsPlace place = PlaceOf(key);
  const std::string setting =
      name == catalog_->library ? std::string() : found->setting;
  probed_.insert_or_assign(
      place,
      Probed{.place = place, .speeds = {}, .choice = {{name, setting}, gain}});
}

void KernelsTable::Probe(
    std::span<const Key> keys, const SettingsFor& settings_for, double budget_s,
    const std::function<void(std::size_t place, std::size_t places)>&
        on_place) {
  // Where there is nothing to choose from.
  if (catalog_->usable.size() < 2) return;
  std::set<KernelsPlace> places;
  for (const Key& key : keys) {
    if (key.kernels_asked == kBestKernels && !ComputesNothing(key.operation) &&
        !probed_.contains(PlaceOf(key))) {
      places.insert(PlaceOf(key));
    }
  }
  const double share_s = budget_s / static_cast<double>(places.size());
  const Measure measure = [&](std::span<const Kernels> candidates,
                              const KernelsPlace& place, double part) {
    return MeasureSpeeds(candidates, catalog_->library, place, settings_for,
                         part * share_s, catalog_->blas);
  };
  std::size_t number = 0;
  for (const KernelsPlace& place : places) {
    on_place(++number, places.size());
    SpeedContest contest = measure(CandidatesAt(place, measure), place, 1);
    const auto choice =
        Confirmed(PickWinner(contest, catalog_->library), catalog_->library,
                  [&](std::span<const Kernels> two) {
                    return measure(two, place, kConfirmationPart);
                  });
    if (!choice && contest.failed.empty()) continue;
    std::sort(contest.speeds.begin(), contest.speeds.end(),
              [](const auto& a, const auto& b) { return a.gflops > b.gflops; });
    probed_.emplace(place, Probed{.place = place,
                                  .speeds = std::move(contest.speeds),
                                  .failed = std::move(contest.failed),
                                  .choice = choice.value_or(KernelsChoice{})});
  }
  for (const KernelsPlace& place : places) Unite(place);
}

/// Kernels that are far behind with fewer threads don't win with more, nor with
/// a larger n than a middling one.
std::vector<Kernels> KernelsTable::CandidatesAt(const KernelsPlace& place,
                                                const Measure& measure) const {
  // With the fewest threads. Of what was taken over, the losers are not known.
  const auto fewest =
      std::find_if(probed_.begin(), probed_.end(), [&place](const auto& entry) {
        return IsAtOrderOf(place, entry.first) && !entry.second.speeds.empty();
      });
  if (fewest != probed_.end()) {
    return Hopeful(fewest->second.speeds, catalog_->library);
  }
  if (place.n <= kQuickN) return catalog_->usable;
  const SpeedContest quick =
      measure(catalog_->usable, {kQuickN, place.blas_threads, place.precision},
              kQuickPart);
  return Hopeful(quick.speeds, catalog_->library);
}

/// Gives all numbers of threads at the order of `place` the same kernels, where
/// none of them loses much by it.
void KernelsTable::Unite(const KernelsPlace& place) {
  std::vector<Probed*> here;
  for (auto& [other, probed] : probed_) {
    if (IsAtOrderOf(place, other)) here.push_back(&probed);
  }
  const std::string common =
      CommonKernels({here.begin(), here.end()}, catalog_->library);
  if (common.empty()) return;
  for (Probed* const probed : here) UseAt(*probed, common);
}

/// Lets what was probed use the kernels `name`.
void KernelsTable::UseAt(Probed& probed, const std::string& name) const {
  const std::string& library = catalog_->library;
  const KernelsSpeed* const used = FindSpeed(probed.speeds, name);
  if (used == nullptr || name == probed.choice.kernels.name) return;
  const KernelsSpeed* const own = FindSpeed(probed.speeds, library);
  const bool told = own != nullptr && probed.choice.gain.has_value();
  probed.choice = name == library ? KernelsChoice{{library, ""}, std::nullopt}
                                  : KernelsChoice{used->kernels, std::nullopt};
  if (told) {
    probed.choice.gain = std::max(1.0, used->gflops / own->gflops);
  }
}

KernelsChoice KernelsTable::For(const Key& key) const {
  if (!catalog_ || key.kernels_asked == kLibraryKernels || key.runs_command()) {
    return {};
  }
  if (key.kernels_asked == kBestKernels) {
    const auto found = probed_.find(PlaceOf(key));
    return found == probed_.end() ? KernelsChoice{} : found->second.choice;
  }
  const Kernels* kernels = catalog_->Find(key.kernels_asked);
  // The flag's values were checked against the catalog.
  return kernels == nullptr ? KernelsChoice{}
                            : KernelsChoice{*kernels, std::nullopt};
}

std::vector<KernelsTable::Probed> KernelsTable::probed() const {
  std::vector<Probed> all;
  for (const auto& [place, probed] : probed_) all.push_back(probed);
  return all;
}

}  // namespace hybrid
