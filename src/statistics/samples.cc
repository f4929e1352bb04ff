#include "statistics/samples.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

namespace hybrid {
namespace {

/// The mean of the logarithms, its squared standard error, and the degrees of
/// freedom of the latter.
struct LogMean {
  double mean;
  double squared_error;
  double freedom;
};

LogMean MeanOfLogs(std::span<const double> samples) {
  const auto count = static_cast<double>(samples.size());
  // Said apart, since summing equal logarithms leaves rounding errors that
  // would pass for noise.
  if (std::all_of(samples.begin(), samples.end(),
                  [&](double sample) { return sample == samples[0]; })) {
    return {std::log(samples[0]), 0, count - 1};
  }
  double mean = 0;
  for (const double sample : samples) mean += std::log(sample) / count;
  double squares = 0;
  for (const double sample : samples) {
    squares += std::pow(std::log(sample) - mean, 2);
  }
  return {mean, squares / (count - 1) / count, count - 1};
}

bool Usable(std::span<const double> samples) {
  return samples.size() >= kFewestSamples &&
         std::all_of(samples.begin(), samples.end(), [](double sample) {
           return std::isfinite(sample) && sample > 0;
         });
}

}  // namespace

std::optional<double> Median(std::span<const double> samples) {
  if (samples.empty()) return std::nullopt;
  std::vector<double> sorted(samples.begin(), samples.end());
  std::sort(sorted.begin(), sorted.end());
  const std::size_t middle = sorted.size() / 2;
  if (sorted.size() % 2 == 1) return sorted[middle];
  return sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2;
}

double Mean(std::span<const double> samples) {
  return std::accumulate(samples.begin(), samples.end(), 0.0) /
         static_cast<double>(samples.size());
}

std::optional<double> RelativeSpread(std::span<const double> samples) {
  if (samples.size() < 2) return std::nullopt;
  const auto [least, most] =
      std::minmax_element(samples.begin(), samples.end());
  return (*most - *least) / 2 / *Median(samples);
}

std::optional<double> WelchOnLogs(std::span<const double> a,
                                  std::span<const double> b) {
  if (!Usable(a) || !Usable(b)) return std::nullopt;
  const LogMean left = MeanOfLogs(a);
  const LogMean right = MeanOfLogs(b);
  const double squared_error = left.squared_error + right.squared_error;
  if (squared_error == 0) return left.mean == right.mean ? 1.0 : 0.0;

  // Welch-Satterthwaite, of the two shares of the variance so that nothing
  // under- or overflows.
  const double share = left.squared_error / squared_error;
  const double freedom = 1 / (share * share / left.freedom +
                              (1 - share) * (1 - share) / right.freedom);
  const double t = std::abs(left.mean - right.mean) / std::sqrt(squared_error);
  const boost::math::students_t distribution(freedom);
  return 2 * boost::math::cdf(boost::math::complement(distribution, t));
}

}  // namespace hybrid
