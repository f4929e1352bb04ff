#include "statistics/known_spread.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <random>
#include <vector>

#include "statistics/samples.h"

namespace hybrid {
namespace {

TEST(KnownSpreadTest, AsTheTablesOfStudentHaveIt) {
  // Equal sides: twice the freedom, whose 97.5 % quantile at 12 is 2.179.
  const SpreadMedian side{
      .median = 2, .count = 3, .spread = 0.04, .freedom = 6};
  const double error = std::sqrt(std::numbers::pi / 3) * 0.04;
  SpreadMedian now = side;
  now.median = 2 * std::exp(2.1788 * error);
  const SpreadRatio ratio = RatioByKnownSpread(side, now);
  EXPECT_NEAR(ratio.p_value, 0.05, 1e-4);
  EXPECT_NEAR(ratio.interval.low, 1, 1e-4);
  EXPECT_NEAR(ratio.interval.high, ratio.ratio * ratio.ratio, 1e-3);
  EXPECT_DOUBLE_EQ(RatioByKnownSpread(side, side).p_value, 1);
}

TEST(KnownSpreadTest, TheSideThatScattersMoreDecidesTheFreedom) {
  const SpreadMedian calm{
      .median = 1, .count = 5, .spread = 0.001, .freedom = 8};
  SpreadMedian wild{.median = 1.1, .count = 3, .spread = 0.05, .freedom = 6};
  const double t = std::log(1.1) / (std::sqrt(std::numbers::pi / 6) * 0.05);
  const SpreadRatio few = RatioByKnownSpread(calm, wild);
  wild.freedom = 1000;
  const SpreadRatio many = RatioByKnownSpread(calm, wild);
  EXPECT_GT(few.p_value, many.p_value);
  EXPECT_NEAR(many.p_value, std::erfc(t / std::numbers::sqrt2), 1e-3);
}

TEST(KnownSpreadTest, ClaimsNoMoreThanItsLevel) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal(0, 0.04);
  int claims = 0;
  constexpr int kPairs = 4000;
  for (int i = 0; i < kPairs; ++i) {
    const auto side = [&](std::size_t count) {
      std::vector<double> times;
      for (std::size_t k = 0; k < count; ++k) {
        times.push_back(std::exp(normal(random)));
      }
      return SpreadMedian{*Median(times), count, 0.04, 1e6};
    };
    claims += RatioByKnownSpread(side(3), side(5)).p_value < 0.05 ? 1 : 0;
  }
  EXPECT_LE(claims, kPairs * 0.055);
  EXPECT_GE(claims, kPairs * 0.02);
}

}  // namespace
}  // namespace hybrid
