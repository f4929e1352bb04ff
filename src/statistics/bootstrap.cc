#include "statistics/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <random>
#include <span>
#include <vector>

namespace hybrid {
namespace {

constexpr std::size_t kResamples = 2000;
constexpr double kOutside = 0.025;  // beyond each end of the interval
// Two, since with the same resamples on both sides the ratio would not vary.
constexpr std::uint64_t kBaselineSeed = 1979;
constexpr std::uint64_t kNewSeed = 1997;

/// The k-th smallest, counted from 0, of values of which `counts` says how
/// often each was drawn.
std::uint32_t Nth(std::span<const std::uint32_t> counts, std::size_t k) {
  std::uint32_t value = 0;
  std::size_t seen = counts[0];
  while (seen <= k) seen += counts[++value];
  return value;
}

/// Rank of each sample among all, in the runs' order.
std::vector<std::uint32_t> RanksOf(const std::vector<double>& samples) {
  std::vector<std::uint32_t> order(samples.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t i, std::uint32_t j) {
    return samples[i] < samples[j];
  });
  std::vector<std::uint32_t> ranks(samples.size());
  for (std::uint32_t rank = 0; rank < order.size(); ++rank) {
    ranks[order[rank]] = rank;
  }
  return ranks;
}

}  // namespace

std::vector<double> AllSamples(const Runs& runs) {
  std::vector<double> all;
  for (const auto& run : runs) all.insert(all.end(), run.begin(), run.end());
  return all;
}

RatioBootstrap::Middles RatioBootstrap::Draw(
    std::span<const std::size_t> sizes, std::span<const std::uint32_t> ranks,
    std::uint64_t seed) {
  std::vector<std::size_t> starts(sizes.size());
  std::exclusive_scan(sizes.begin(), sizes.end(), starts.begin(),
                      std::size_t{0});
  // Remainders and not std::uniform_int_distribution, whose numbers differ
  // between standard libraries; the bias is beyond what so few can show.
  std::mt19937_64 random(seed);
  std::vector<std::uint32_t> counts(ranks.size());
  Middles middles(kResamples);
  for (Middle& middle : middles) {
    std::fill(counts.begin(), counts.end(), 0U);
    std::size_t total = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      const std::size_t run = sizes.size() == 1 ? 0 : random() % sizes.size();
      for (std::size_t j = 0; j < sizes[run]; ++j) {
        ++counts[ranks[starts[run] + random() % sizes[run]]];
      }
      total += sizes[run];
    }
    middle = {Nth(counts, (total - 1) / 2), Nth(counts, total / 2)};
  }
  return middles;
}

const RatioBootstrap::Middles& RatioBootstrap::DrawOfOneRun(
    std::size_t size, std::uint64_t seed) {
  const auto [place, is_new] = drawn_.try_emplace({size, seed});
  if (is_new) {
    std::vector<std::uint32_t> ranks(size);
    std::iota(ranks.begin(), ranks.end(), 0U);
    place->second = Draw(std::span(&size, 1), ranks, seed);
  }
  return place->second;
}

void RatioBootstrap::ResampleMedians(const Runs& runs, std::uint64_t seed,
                                     std::vector<double>& medians) {
  std::vector<double> samples = AllSamples(runs);
  Middles of_several;
  if (runs.size() > 1) {
    std::vector<std::size_t> sizes;
    for (const auto& run : runs) sizes.push_back(run.size());
    of_several = Draw(sizes, RanksOf(samples), seed);
  }
  const Middles& middles =
      runs.size() > 1 ? of_several : DrawOfOneRun(samples.size(), seed);
  std::sort(samples.begin(), samples.end());
  medians.resize(middles.size());
  std::transform(middles.begin(), middles.end(), medians.begin(),
                 [&samples](const Middle& middle) {
                   const double low = samples[middle.low];
                   return low + (samples[middle.high] - low) / 2;
                 });
}

Interval RatioBootstrap::operator()(const Runs& baseline, const Runs& now) {
  ResampleMedians(baseline, kBaselineSeed, bases_);
  ResampleMedians(now, kNewSeed, ratios_);
  for (std::size_t i = 0; i < ratios_.size(); ++i) ratios_[i] /= bases_[i];
  const auto nth = [this](double share) {
    const auto rank = static_cast<std::ptrdiff_t>(
        std::ceil(share * static_cast<double>(ratios_.size())));
    const auto place = ratios_.begin() + rank - 1;
    std::nth_element(ratios_.begin(), place, ratios_.end());
    return *place;
  };
  const double low = nth(kOutside);
  return {low, nth(1 - kOutside)};
}

}  // namespace hybrid
