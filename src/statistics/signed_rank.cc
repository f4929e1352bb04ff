#include "statistics/signed_rank.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

namespace hybrid {
namespace {

constexpr std::size_t kExactDifferences = 60;

bool AreFinite(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(),
                     [](double value) { return std::isfinite(value); });
}

/// What is at least as far from 0 as others, as ranks times two, so that the
/// mean of two ranks is whole.
std::vector<std::size_t> DoubledRanks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto size = [&values](std::size_t i) { return std::abs(values[i]); };
  std::sort(order.begin(), order.end(), [&size](std::size_t i, std::size_t j) {
    return size(i) < size(j);
  });
  std::vector<std::size_t> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first;
    while (end < order.size() && size(order[end]) == size(order[first])) ++end;
    // Twice the mean of the ranks first + 1 to end.
    for (std::size_t i = first; i < end; ++i) ranks[order[i]] = first + 1 + end;
    first = end;
  }
  return ranks;
}

/// For every sum the share of all subsets of `ranks` that have it.
std::vector<double> SubsetSums(const std::vector<std::size_t>& ranks) {
  const std::size_t total =
      std::accumulate(ranks.begin(), ranks.end(), std::size_t{0});
  std::vector<double> share(total + 1);
  share[0] = 1;
  std::size_t reached = 0;
  for (const std::size_t rank : ranks) {
    reached += rank;
    for (std::size_t sum = reached + 1; sum-- > 0;) {
      share[sum] = (share[sum] + (sum >= rank ? share[sum - rank] : 0)) / 2;
    }
  }
  return share;
}

double NormalAbove(double value) {
  return boost::math::cdf(
      boost::math::complement(boost::math::normal_distribution<>(), value));
}

/// How many of the means of two, of the smallest ones, are outside of an
/// interval of this level: of n differences without ties the largest sum of
/// ranks that at most level / 2 of all signs do not exceed.
std::size_t MeansOutside(std::size_t n, double level) {
  if (n > kExactDifferences) {
    const auto count = static_cast<double>(n);
    const double mean = count * (count + 1) / 4;
    const double deviation =
        std::sqrt(count * (count + 1) * (2 * count + 1) / 24);
    const double z = boost::math::quantile(boost::math::complement(
        boost::math::normal_distribution<>(), level / 2));
    return static_cast<std::size_t>(std::max(0.0, mean - z * deviation));
  }
  std::vector<std::size_t> ranks(n);
  std::iota(ranks.begin(), ranks.end(), std::size_t{1});
  const std::vector<double> share = SubsetSums(ranks);
  double below = 0;
  std::size_t sum = 0;
  while (sum < share.size() && below + share[sum] <= level / 2) {
    below += share[sum++];
  }
  return sum;
}

}  // namespace

std::optional<double> ChanceAbove(std::span<const double> differences,
                                  double center) {
  if (!AreFinite(differences)) return std::nullopt;
  std::vector<double> values;
  for (const double difference : differences) {
    if (difference != center) values.push_back(difference - center);
  }
  const std::vector<std::size_t> ranks = DoubledRanks(values);
  std::size_t above = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] > 0) above += ranks[i];
  }
  if (values.size() <= kExactDifferences) {
    const std::vector<double> share = SubsetSums(ranks);
    // From the small shares on, so that none is lost.
    double sum = 0;
    for (std::size_t i = share.size(); i-- > above;) sum += share[i];
    return std::min(sum, 1.0);
  }
  double squares = 0;
  for (const std::size_t rank : ranks) {
    squares += static_cast<double>(rank) * static_cast<double>(rank);
  }
  const double mean = static_cast<double>(std::accumulate(
                          ranks.begin(), ranks.end(), std::size_t{0})) /
                      2;
  // Half a rank, doubled, for continuity.
  return NormalAbove((static_cast<double>(above) - mean - 1) /
                     (std::sqrt(squares) / 2));
}

double SmallestChanceAbove(std::size_t differences) {
  return std::ldexp(
      1, -static_cast<int>(std::min<std::size_t>(differences, 1000)));
}

std::optional<PairedCenter> CenterOf(std::span<const double> differences,
                                     double level) {
  const std::size_t n = differences.size();
  if (n == 0 || !AreFinite(differences)) return std::nullopt;
  std::vector<double> means;
  means.reserve(n * (n + 1) / 2);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i; j < n; ++j) {
      means.push_back((differences[i] + differences[j]) / 2);
    }
  }
  std::sort(means.begin(), means.end());
  const std::size_t outside =
      std::min(MeansOutside(n, level), (means.size() + 1) / 2);
  // With none outside, the differences are too few, and the range is all.
  const std::size_t first = outside == 0 ? 0 : outside - 1;
  const std::size_t middle = means.size() / 2;
  return PairedCenter{
      .center = means.size() % 2 == 1 ? means[middle]
                                      : (means[middle - 1] + means[middle]) / 2,
      .interval = {means[first], means[means.size() - 1 - first]}};
}

}  // namespace hybrid
