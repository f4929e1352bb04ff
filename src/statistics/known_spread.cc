#include "statistics/known_spread.h"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numbers>

namespace hybrid {
namespace {

/// The variance of the median's logarithm.
double MedianVariance(const SpreadMedian& side) {
  return std::numbers::pi / 2 * side.spread * side.spread /
         static_cast<double>(side.count);
}

}  // namespace

SpreadRatio RatioByKnownSpread(const SpreadMedian& baseline,
                               const SpreadMedian& now) {
  constexpr double kOneTail = 0.025;
  const double before = MedianVariance(baseline);
  const double after = MedianVariance(now);
  const double variance = before + after;
  const double freedom =
      variance * variance /
      (before * before / baseline.freedom + after * after / now.freedom);
  const double error = std::sqrt(variance);
  const boost::math::students_t student(freedom);
  const double difference = std::log(now.median / baseline.median);
  const double reach =
      error * boost::math::quantile(boost::math::complement(student, kOneTail));
  return {
      .ratio = now.median / baseline.median,
      .interval = {std::exp(difference - reach), std::exp(difference + reach)},
      .p_value = 2 * boost::math::cdf(boost::math::complement(
                         student, std::abs(difference) / error))};
}

}  // namespace hybrid
