#include "kernels/choice.h"

#include <algorithm>
#include <set>

#include "operation/operation.h"

namespace hybrid {
namespace {

/// Nearer ones may be noise of the probe, and no reason to set a variable.
constexpr double kWorthwhile = 1.02;

constexpr double kHopeless = 2;
constexpr double kDuelPart = 0.3;

void Replace(const std::vector<KernelsSpeed>& news,
             std::vector<KernelsSpeed>& speeds) {
  for (const KernelsSpeed& update : news) {
    for (KernelsSpeed& speed : speeds) {
      if (speed.kernels == update.kernels) speed.gflops = update.gflops;
    }
  }
}

}  // namespace

std::optional<KernelsChoice> PickFastest(std::span<const KernelsSpeed> speeds,
                                         const std::string& library) {
  if (speeds.empty()) return std::nullopt;
  const auto fastest = std::max_element(
      speeds.begin(), speeds.end(),
      [](const auto& a, const auto& b) { return a.gflops < b.gflops; });
  const auto own = std::find_if(
      speeds.begin(), speeds.end(),
      [&](const KernelsSpeed& speed) { return speed.kernels.name == library; });
  if (own == speeds.end()) return KernelsChoice{fastest->kernels, std::nullopt};
  const double gain = fastest->gflops / own->gflops;
  if (gain < kWorthwhile) return KernelsChoice{{library, ""}, 1.0};
  return KernelsChoice{fastest->kernels, gain};
}

KernelsTable::KernelsTable(KernelsCatalog catalog, int usable_cores)
    : catalog_(std::move(catalog)),
      usable_cores_(static_cast<std::uint64_t>(std::max(1, usable_cores))) {}

KernelsTable::Place KernelsTable::PlaceOf(const Key& key) const {
  return {std::min(key.n, kLargestProbedN),
          std::min(key.blas_threads, usable_cores_)};
}

void KernelsTable::TakeOver(const Key& key, KernelsChoice choice) {
  const Place place = PlaceOf(key);
  probed_.insert_or_assign(place, Probed{.n = place.first,
                                         .blas_threads = place.second,
                                         .speeds = {},
                                         .choice = std::move(choice)});
}

void KernelsTable::Probe(std::span<const Key> keys,
                         const SettingsFor& settings_for, double budget_s) {
  std::set<Place> places;
  for (const Key& key : keys) {
    if (key.kernels_asked == kBestKernels && !ComputesNothing(key.operation) &&
        !probed_.contains(PlaceOf(key))) {
      places.insert(PlaceOf(key));
    }
  }
  // Part of it goes into asking again whoever won against BLIS's own choice.
  const double share_s = budget_s / static_cast<double>(places.size());
  for (const Place& place : places) {
    const auto& [n, blas_threads] = place;
    const auto measure = [&, n = n, blas_threads = blas_threads](
                             std::span<const Kernels> candidates, double part) {
      return MeasureSpeeds(candidates, n, blas_threads, settings_for,
                           part * share_s);
    };
    std::vector<KernelsSpeed> speeds = measure(CandidatesAt(n), 1 - kDuelPart);
    const std::optional<KernelsChoice> first =
        PickFastest(speeds, catalog_->library);
    if (first && first->gain.value_or(1) > 1) {
      const std::vector<Kernels> two{first->kernels,
                                     *catalog_->Find(catalog_->library)};
      Replace(measure(two, kDuelPart), speeds);
    }
    if (const auto choice = PickFastest(speeds, catalog_->library)) {
      std::sort(speeds.begin(), speeds.end(), [](const auto& a, const auto& b) {
        return a.gflops > b.gflops;
      });
      probed_.emplace(place, Probed{.n = n,
                                    .blas_threads = blas_threads,
                                    .speeds = std::move(speeds),
                                    .choice = *choice});
    }
  }
}

/// Kernels that are far behind with fewer threads don't win with more.
std::vector<Kernels> KernelsTable::CandidatesAt(std::uint64_t n) const {
  auto fewest = probed_.lower_bound(Place{n, 0});
  // Of what was taken over, the losers are not known.
  while (fewest != probed_.end() && fewest->second.speeds.empty()) ++fewest;
  if (fewest == probed_.end() || fewest->first.first != n) {
    return catalog_->usable;
  }
  std::vector<Kernels> candidates;
  const std::vector<KernelsSpeed>& speeds = fewest->second.speeds;
  for (const KernelsSpeed& speed : speeds) {
    if (speed.gflops * kHopeless > speeds.front().gflops ||
        speed.kernels.name == catalog_->library) {
      candidates.push_back(speed.kernels);
    }
  }
  return candidates;
}

KernelsChoice KernelsTable::For(const Key& key) const {
  if (!catalog_ || key.kernels_asked == kLibraryKernels) return {};
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
