#include "statistics/sign_flip.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <vector>

#include "statistics/samples.h"

namespace hybrid {
namespace {

constexpr std::size_t kExactDifferences = 100;
/// In so many steps a difference is told apart from none, so that sums of them
/// are whole and few.
constexpr double kSteps = 24;
/// Halvings after which a bound of an interval is exact enough.
constexpr int kBoundHalvings = 30;

bool AreFinite(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(),
                     [](double value) { return std::isfinite(value); });
}

/// What each difference weighs, from 1 to kSteps.
std::vector<std::size_t> Weights(const std::vector<double>& values) {
  std::vector<double> sizes;
  sizes.reserve(values.size());
  for (const double value : values) sizes.push_back(std::abs(value));
  const double bound = Median(sizes).value_or(0);
  std::vector<std::size_t> weights;
  weights.reserve(values.size());
  for (const double size : sizes) {
    weights.push_back(static_cast<std::size_t>(
        std::max(1.0, std::round(kSteps * std::min(1.0, size / bound)))));
  }
  return weights;
}

/// The share of all subsets of `weights` that sum to `least` or more.
double ShareFrom(std::size_t least, const std::vector<std::size_t>& weights) {
  std::size_t total = 0;
  for (const std::size_t weight : weights) total += weight;
  std::vector<double> share(total + 1);
  share[0] = 1;
  std::size_t reached = 0;
  for (const std::size_t weight : weights) {
    for (std::size_t sum = reached + 1; sum-- > 0;) {
      share[sum] /= 2;
      share[sum + weight] += share[sum];
    }
    reached += weight;
  }
  // From the small shares on, so that none is lost.
  double sum = 0;
  for (std::size_t i = share.size(); i-- > least;) sum += share[i];
  return std::min(sum, 1.0);
}

double ApproximateShareFrom(std::size_t least,
                            const std::vector<std::size_t>& weights) {
  double total = 0;
  double squares = 0;
  for (const std::size_t weight : weights) {
    const auto value = static_cast<double>(weight);
    total += value;
    squares += value * value;
  }
  constexpr double kContinuity = 0.5;
  const double z = (static_cast<double>(least) - kContinuity - total / 2) /
                   (std::sqrt(squares) / 2);
  return boost::math::cdf(
      boost::math::complement(boost::math::normal_distribution<>(), z));
}

/// How far above the center of `differences` the test goes before it refuses:
/// within `reach`, which it does refuse.
double Bound(std::span<const double> differences, double center, double reach,
             double level) {
  double kept = center;
  double refused = reach;
  for (int i = 0; i < kBoundHalvings; ++i) {
    const double middle = (kept + refused) / 2;
    std::vector<double> below;
    below.reserve(differences.size());
    for (const double difference : differences) {
      below.push_back(middle - difference);
    }
    (*ChanceAbove(below, 0) > level ? kept : refused) = middle;
  }
  return refused;
}

}  // namespace

std::optional<double> ChanceAbove(std::span<const double> differences,
                                  double center) {
  if (!AreFinite(differences)) return std::nullopt;
  std::vector<double> values;
  for (const double difference : differences) {
    if (difference != center) values.push_back(difference - center);
  }
  if (values.empty()) return 1.0;
  const std::vector<std::size_t> weights = Weights(values);
  std::size_t above = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] > 0) above += weights[i];
  }
  return values.size() <= kExactDifferences
             ? ShareFrom(above, weights)
             : ApproximateShareFrom(above, weights);
}

double SmallestChanceAbove(std::size_t differences) {
  constexpr std::size_t kBeyondDouble = 1000;
  return std::ldexp(1, -static_cast<int>(std::min(differences, kBeyondDouble)));
}

std::optional<double> CenterOf(std::span<const double> differences) {
  std::vector<double> means;
  for (std::size_t i = 0; i < differences.size(); ++i) {
    for (std::size_t j = i; j < differences.size(); ++j) {
      means.push_back((differences[i] + differences[j]) / 2);
    }
  }
  return Median(means);
}

std::optional<Interval> CenterInterval(std::span<const double> differences,
                                       double level) {
  if (differences.empty() || !AreFinite(differences)) return std::nullopt;
  const auto [least, most] =
      std::minmax_element(differences.begin(), differences.end());
  if (SmallestChanceAbove(differences.size()) > level / 2) {
    return Interval{*least, *most};
  }
  const double center = *CenterOf(differences);
  std::vector<double> negated;
  negated.reserve(differences.size());
  for (const double difference : differences) negated.push_back(-difference);
  return Interval{-Bound(negated, -center, -*least, level / 2),
                  Bound(differences, center, *most, level / 2)};
}

}  // namespace hybrid
