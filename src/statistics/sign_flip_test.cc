#include "statistics/sign_flip.h"

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

TEST(SignFlipTest, CountsAllWaysToGiveSigns) {
  EXPECT_DOUBLE_EQ(Above({1, 1, 1}), 1.0 / 8);
  EXPECT_DOUBLE_EQ(Above({1, 2, 3}), 1.0 / 8);
  EXPECT_DOUBLE_EQ(Above({-1, -2, -3}), 1);
  // Of 1, 2, 2 those sum to 4 or more that hold both of 2.
  EXPECT_DOUBLE_EQ(Above({-1, 2, 2}), 2.0 / 8);
  EXPECT_DOUBLE_EQ(Above({3, 4, 4}, 2), Above({1, 2, 2}));
  EXPECT_DOUBLE_EQ(SmallestChanceAbove(3), 1.0 / 8);
}

TEST(SignFlipTest, AnOutlierWeighsNoMoreThanTheMedian) {
  EXPECT_DOUBLE_EQ(Above({1, 1, 1, 1, 1, -1}), Above({1, 1, 1, 1, 1, -1000}));
  EXPECT_DOUBLE_EQ(Above({1, 1, 1, 1, 1, -1}), 7.0 / 64);
}

TEST(SignFlipTest, OfNothingNothingIsKnown) {
  EXPECT_DOUBLE_EQ(Above({}), 1);
  EXPECT_DOUBLE_EQ(Above({0, 0}), 1);
  EXPECT_FALSE(ChanceAbove(Differences{1, std::nan("")}, 0));
  EXPECT_FALSE(CenterOf({}));
  EXPECT_FALSE(CenterInterval({}, 0.05));
  EXPECT_FALSE(CenterInterval(
      Differences{std::numeric_limits<double>::infinity()}, 0.05));
}

TEST(SignFlipTest, OfManyTheNormalDistributionIsNear) {
  SimulatedRandom random({1});
  Differences differences;
  for (int i = 0; i < 100; ++i) differences.push_back(random.Normal() + 0.15);
  const double exact = Above(differences);
  differences.push_back(0.15);
  EXPECT_NEAR(Above(differences) / exact, 1, 0.2);
}

TEST(CenterOfTest, IsTheMedianOfTheMeansOfTwo) {
  // 1, 1.5, 2, 5, 5.5, 9.
  EXPECT_DOUBLE_EQ(*CenterOf(Differences{1, 2, 9}), 3.5);
}

TEST(CenterIntervalTest, HoldsWhatTheTestDoesNotRefuse) {
  SimulatedRandom random({2});
  Differences differences;
  for (int i = 0; i < 20; ++i) differences.push_back(5 + random.Normal());
  const auto interval = CenterInterval(differences, 0.05);
  ASSERT_TRUE(interval);
  EXPECT_LT(interval->low, *CenterOf(differences));
  EXPECT_GT(interval->high, *CenterOf(differences));
  EXPECT_LE(Above(differences, interval->low), 0.025);
  EXPECT_GT(Above(differences, interval->low + 0.1), 0.025);
}

TEST(CenterIntervalTest, OfTooFewIsTheirRange) {
  const auto interval = CenterInterval(Differences{1, 2, 4}, 0.05);
  EXPECT_DOUBLE_EQ(interval->low, 1);
  EXPECT_DOUBLE_EQ(interval->high, 4);
}

TEST(CenterIntervalTest, HoldsTheCenterAsOftenAsItSays) {
  for (const std::size_t count : {8U, 20U}) {
    int missed = 0;
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
      SimulatedRandom random({seed, count});
      Differences differences;
      for (std::size_t i = 0; i < count; ++i) {
        // One in ten is an outlier, to either side.
        const double width = random.Chance(0.1) ? 10 : 1;
        differences.push_back(3 + width * random.Normal());
      }
      const auto interval = CenterInterval(differences, 0.05);
      missed += interval->low > 3 || interval->high < 3;
    }
    // 25 are expected at most, with a standard deviation of 5.
    EXPECT_LE(missed, 42) << count;
    EXPECT_GE(missed, 5) << count;
  }
}

}  // namespace
}  // namespace hybrid
