#include "kernels/choice.h"

#include <algorithm>

namespace hybrid {
namespace {

constexpr double kWorthwhile = 1.01;

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
      usable_cores_(static_cast<std::uint32_t>(std::max(1, usable_cores))) {}

KernelsTable::Key KernelsTable::KeyOf(const Config& config) const {
  return {std::min(config.n, kLargestProbedN),
          std::min(config.blas_threads, usable_cores_)};
}

void KernelsTable::Probe(std::span<const Config> configs,
                         const SettingsFor& settings_for, double budget_s) {
  std::set<Key> keys;
  for (const Config& config : configs) {
    if (config.kernels == kBestKernels &&
        config.operation == Operation::kGemm) {
      keys.insert(KeyOf(config));
    }
  }
  for (const Key& key : keys) {
    const auto& [n, blas_threads] = key;
    Probed probed{
        .n = n,
        .blas_threads = blas_threads,
        .speeds = MeasureSpeeds(*catalog_, n, blas_threads, settings_for,
                                budget_s / static_cast<double>(keys.size())),
        .choice = {}};
    std::sort(probed.speeds.begin(), probed.speeds.end(),
              [](const auto& a, const auto& b) { return a.gflops > b.gflops; });
    if (const auto choice = PickFastest(probed.speeds, catalog_->library)) {
      probed.choice = *choice;
      probed_.emplace(key, std::move(probed));
    }
  }
}

KernelsChoice KernelsTable::For(const Config& config) const {
  if (!catalog_ || config.kernels == kLibraryKernels) return {};
  if (config.kernels == kBestKernels) {
    const auto found = probed_.find(KeyOf(config));
    return found == probed_.end() ? KernelsChoice{} : found->second.choice;
  }
  const Kernels* kernels = catalog_->Find(config.kernels);
  // The flag's values were checked against the catalog.
  return kernels == nullptr ? KernelsChoice{}
                            : KernelsChoice{*kernels, std::nullopt};
}

std::vector<KernelsTable::Probed> KernelsTable::probed() const {
  std::vector<Probed> all;
  for (const auto& [key, probed] : probed_) all.push_back(probed);
  return all;
}

}  // namespace hybrid
