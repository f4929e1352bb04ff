#include "statistics/mann_whitney.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <utility>
#include <vector>

namespace hybrid {
namespace {

struct Ranks {
  // Twice each sample's rank among all, so that the mean of two is whole; those
  // of the first side come first.
  std::vector<std::int64_t> doubled;
  double tie_sum = 0;  // t³ - t, summed over the groups of t equal samples
};

Ranks RankTogether(std::span<const double> a, std::span<const double> b) {
  std::vector<double> all(a.begin(), a.end());
  all.insert(all.end(), b.begin(), b.end());
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&all](std::size_t i, std::size_t j) { return all[i] < all[j]; });
  Ranks ranks;
  ranks.doubled.resize(all.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first;
    while (end < order.size() && all[order[end]] == all[order[first]]) ++end;
    // Twice the mean of the ranks first + 1 to end.
    for (std::size_t i = first; i < end; ++i) {
      ranks.doubled[order[i]] = static_cast<std::int64_t>(first + 1 + end);
    }
    const auto equal = static_cast<double>(end - first);
    ranks.tie_sum += equal * equal * equal - equal;
    first = end;
  }
  return ranks;
}

/// The share of all choices of `size` of the ranks whose sum is at least as far
/// from the mean as that of the first `size`. `size` is at most half of them.
double ExactP(const std::vector<std::int64_t>& doubled, std::size_t size) {
  const auto sum_of_first = [&doubled](std::size_t count) {
    return std::accumulate(doubled.begin(),
                           doubled.begin() + static_cast<std::ptrdiff_t>(count),
                           std::int64_t{0});
  };
  std::vector<std::int64_t> sorted = doubled;
  std::sort(sorted.begin(), sorted.end());
  const auto largest = static_cast<std::size_t>(
      std::accumulate(sorted.end() - static_cast<std::ptrdiff_t>(size),
                      sorted.end(), std::int64_t{0}));
  // ways[k][s]: choices of k of the ranks seen so far with the sum s. Counted
  // as doubles: C(60, 30) is about 1e17, and a rounding error in the last bit
  // of a share is of no account.
  const std::size_t width = largest + 1;
  std::vector<double> ways((size + 1) * width, 0.0);
  ways[0] = 1;
  for (const std::int64_t rank : doubled) {
    const auto step = static_cast<std::size_t>(rank);
    for (std::size_t k = size; k >= 1; --k) {
      double* const to = &ways[k * width];
      const double* const from = &ways[(k - 1) * width];
      for (std::size_t s = width; s-- > step;) to[s] += from[s - step];
    }
  }
  // size × (sum of all) / (number of all) is the mean: compared as whole
  // numbers, so that what is just as far counts.
  const auto count = static_cast<std::int64_t>(doubled.size());
  const auto chosen = static_cast<std::int64_t>(size);
  const std::int64_t mean = chosen * sum_of_first(doubled.size());
  const auto distance = [&](std::int64_t sum) {
    return std::abs(sum * count - mean);
  };
  const std::int64_t seen = distance(sum_of_first(size));
  double all = 0;
  double as_far = 0;
  for (std::size_t s = 0; s < width; ++s) {
    const double here = ways[size * width + s];
    all += here;
    if (distance(static_cast<std::int64_t>(s)) >= seen) as_far += here;
  }
  return as_far / all;
}

double NormalP(const Ranks& ranks, std::size_t a, std::size_t b) {
  const auto na = static_cast<double>(a);
  const auto nb = static_cast<double>(b);
  const double n = na + nb;
  double rank_sum = 0;
  for (std::size_t i = 0; i < a; ++i) {
    rank_sum += static_cast<double>(ranks.doubled[i]) / 2;
  }
  const double u = rank_sum - na * (na + 1) / 2;
  const double variance =
      na * nb / 12 * (n + 1 - ranks.tie_sum / (n * (n - 1)));
  if (variance <= 0) return 1;  // all samples are equal
  const double off = std::max(0.0, std::abs(u - na * nb / 2) - 0.5);
  return 2 * boost::math::cdf(boost::math::complement(
                 boost::math::normal(), off / std::sqrt(variance)));
}

}  // namespace

std::optional<double> MannWhitney(std::span<const double> a,
                                  std::span<const double> b) {
  const auto is_nan = [](double sample) { return std::isnan(sample); };
  if (a.empty() || b.empty() || std::any_of(a.begin(), a.end(), is_nan) ||
      std::any_of(b.begin(), b.end(), is_nan)) {
    return std::nullopt;
  }
  // The test is symmetric, and counting is cheaper for the smaller side.
  if (a.size() > b.size()) std::swap(a, b);
  const Ranks ranks = RankTogether(a, b);
  if (a.size() + b.size() > kExactSamples) {
    return NormalP(ranks, a.size(), b.size());
  }
  return ExactP(ranks.doubled, a.size());
}

double SmallestMannWhitneyP(std::size_t a, std::size_t b) {
  if (a == 0 || b == 0) return 1;
  double ways = 1;
  for (std::size_t i = 1; i <= std::min(a, b); ++i) {
    ways *= static_cast<double>(std::max(a, b) + i) / static_cast<double>(i);
  }
  return std::min(1.0, 2 / ways);
}

}  // namespace hybrid
