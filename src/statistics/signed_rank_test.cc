#include "statistics/signed_rank.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "base/simulated_random.h"

namespace hybrid {
namespace {

using Differences = std::vector<double>;

double Above(const Differences& differences, double center = 0) {
  return ChanceAbove(differences, center).value_or(-1);
}

TEST(SignedRankTest, CountsAllWaysToGiveSigns) {
  EXPECT_DOUBLE_EQ(Above({1, 2, 3}), 1.0 / 8);
  // The ranks of what is positive sum to 5 or more: {2, 3} and all three.
  EXPECT_DOUBLE_EQ(Above({-1, 2, 3}), 2.0 / 8);
  EXPECT_DOUBLE_EQ(Above({-1, -2, -3}), 1);
  EXPECT_DOUBLE_EQ(Above({3, 4, 5}, 2), 1.0 / 8);
  EXPECT_DOUBLE_EQ(Above({3, 4, 5}, 4), Above({-1, 1}));
  EXPECT_DOUBLE_EQ(SmallestChanceAbove(3), 1.0 / 8);
}

TEST(SignedRankTest, AgreesWithPublishedTables) {
  // Depression scores of nine patients, Hollander and Wolfe (1973), 29 f.; R:
  // wilcox.test(x, y, paired = TRUE, alternative = "greater"): p = 0.01953.
  const Differences differences = {0.952, -0.147, 1.022,  0.430, 0.620,
                                   0.590, 0.490,  -0.080, 0.010};
  EXPECT_NEAR(Above(differences), 0.01953, 1e-5);
}

TEST(SignedRankTest, SharesTheRanksOfEqualDifferences) {
  // Ranks 1.5, 1.5, 3: sums of 4.5 or more have {1.5, 3} twice, and all.
  EXPECT_DOUBLE_EQ(Above({-1, 1, 2}), 3.0 / 8);
}

TEST(SignedRankTest, OfNothingNothingIsKnown) {
  EXPECT_DOUBLE_EQ(Above({}), 1);
  EXPECT_DOUBLE_EQ(Above({0, 0}), 1);
  EXPECT_FALSE(ChanceAbove(Differences{1, std::nan("")}, 0));
  EXPECT_FALSE(CenterOf({}, 0.05));
  EXPECT_FALSE(
      CenterOf(Differences{std::numeric_limits<double>::infinity()}, 0.05));
}

TEST(SignedRankTest, OfManyTheNormalDistributionIsNear) {
  SimulatedRandom random({1});
  Differences differences;
  for (int i = 0; i < 60; ++i) differences.push_back(random.Normal() + 0.1);
  const double exact = Above(differences);
  differences.push_back(0.101);
  EXPECT_NEAR(Above(differences) / exact, 1, 0.2);
}

TEST(CenterOfTest, IsTheMedianOfTheMeansOfTwo) {
  const auto center = CenterOf(Differences{1, 2, 9}, 0.05);
  // 1, 1.5, 2, 5, 5.5, 9.
  EXPECT_DOUBLE_EQ(center->center, 3.5);
  EXPECT_DOUBLE_EQ(center->interval.low, 1);
  EXPECT_DOUBLE_EQ(center->interval.high, 9);
}

// R: wilcox.test(x, conf.int = TRUE, conf.level = 0.95) of the differences
// above has the interval 0.01 to 0.786, of the real level 0.9609.
TEST(CenterOfTest, IntervalHoldsWhatTheTestDoesNotRefuse) {
  const Differences differences = {0.952, -0.147, 1.022,  0.430, 0.620,
                                   0.590, 0.490,  -0.080, 0.010};
  const auto center = CenterOf(differences, 0.05);
  EXPECT_NEAR(center->center, 0.46, 0.01);
  EXPECT_NEAR(center->interval.low, 0.01, 1e-9);
  EXPECT_NEAR(center->interval.high, 0.786, 1e-9);
  EXPECT_GT(Above(differences, center->interval.low + 1e-6), 0.025);
  EXPECT_LE(Above(differences, center->interval.low - 1e-6), 0.025);
}

TEST(CenterOfTest, IntervalHoldsTheCenterAsOftenAsItSays) {
  for (const std::size_t count : {8U, 20U, 70U}) {
    int missed = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
      SimulatedRandom random({seed, count});
      Differences differences;
      for (std::size_t i = 0; i < count; ++i) {
        // One in ten is an outlier, to either side.
        const double width = random.Chance(0.1) ? 10 : 1;
        differences.push_back(3 + width * random.Normal());
      }
      const auto center = CenterOf(differences, 0.05);
      missed += center->interval.low > 3 || center->interval.high < 3;
    }
    // 50 are expected at most, with a standard deviation of 7.
    EXPECT_LE(missed, 75) << count;
    EXPECT_GE(missed, 15) << count;
  }
}

}  // namespace
}  // namespace hybrid
