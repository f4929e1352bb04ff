#include "statistics/mann_whitney.h"

#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <random>
#include <vector>

namespace hybrid {
namespace {

using Samples = std::vector<double>;

double P(const Samples& a, const Samples& b) {
  return MannWhitney(a, b).value_or(-1);
}

TEST(MannWhitneyTest, CountsAllWaysToDivideTheRanks) {
  // Of the 20 ways to choose 3 of 6 ranks two are as extreme.
  EXPECT_DOUBLE_EQ(P({1, 2, 3}, {4, 5, 6}), 0.1);
  EXPECT_DOUBLE_EQ(P({4, 5, 6}, {1, 2, 3}), 0.1);
  // {1, 2, 4} and its mirror image besides.
  EXPECT_DOUBLE_EQ(P({1, 2, 4}, {3, 5, 6}), 0.2);
  EXPECT_DOUBLE_EQ(P({1}, {2, 3, 4}), 0.5);
  EXPECT_DOUBLE_EQ(P({2}, {1, 3, 4}), 1);
}

TEST(MannWhitneyTest, AgreesWithPublishedTables) {
  // R: wilcox.test(c(0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73,
  // 1.46), c(1.15, 0.88, 0.90, 0.74, 1.21))$p.value, from Hollander and Wolfe
  // (1973), 69 f.: one-sided 0.1272.
  EXPECT_NEAR(P({0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46},
                {1.15, 0.88, 0.90, 0.74, 1.21}),
              0.2544, 1e-4);
}

TEST(MannWhitneyTest, SharesTheRanksOfEqualSamples) {
  EXPECT_DOUBLE_EQ(P({1, 1, 1}, {1, 1, 1}), 1);
  // Ranks 1.5, 1.5, 3.5 against 3.5, 5, 6: of the 20 choices of three, those
  // as far from the mean 10.25 as 6.5.
  EXPECT_DOUBLE_EQ(P({1, 1, 2}, {2, 3, 4}), 0.2);
}

TEST(MannWhitneyTest, ApproximatesLargeSamplesContinuously) {
  std::mt19937_64 random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp)
  std::normal_distribution<double> normal(0, 1);
  Samples a;
  Samples b;
  for (std::size_t i = 0; i < kExactSamples / 2; ++i) {
    a.push_back(normal(random));
    b.push_back(normal(random) + 0.4);
  }
  const double exact = P(a, b);
  a.push_back(0);
  b.push_back(0.4);
  EXPECT_NEAR(P(a, b), exact, 0.02);
  EXPECT_NEAR(P(Samples(100, 1.0), Samples(100, 1.0)), 1, 1e-12);
}

TEST(MannWhitneyTest, IsUniformWhereNothingDiffers) {
  std::mt19937_64 random(11);  // NOLINT(cert-msc32-c,cert-msc51-cpp)
  std::lognormal_distribution<double> noise(0, 0.1);
  int below = 0;
  constexpr int kTrials = 4000;
  for (int trial = 0; trial < kTrials; ++trial) {
    Samples a(10);
    Samples b(10);
    for (double& sample : a) sample = noise(random);
    for (double& sample : b) sample = noise(random);
    if (P(a, b) <= 0.05) ++below;
  }
  // The exact test never exceeds its level, and comes near it.
  EXPECT_LE(below, kTrials * 0.06);
  EXPECT_GE(below, kTrials * 0.03);
}

TEST(MannWhitneyTest, NeedsSamplesThatAreNumbers) {
  EXPECT_EQ(MannWhitney(Samples{}, Samples{1}), std::nullopt);
  EXPECT_EQ(MannWhitney(Samples{1}, Samples{}), std::nullopt);
  EXPECT_EQ(MannWhitney(Samples{1},
                        Samples{std::numeric_limits<double>::quiet_NaN()}),
            std::nullopt);
  EXPECT_DOUBLE_EQ(P({1, 2, std::numeric_limits<double>::infinity()}, {0, 0}),
                   0.2);
}

TEST(SmallestMannWhitneyPTest, IsWhatSeparatedSidesReach) {
  for (std::size_t a = 1; a <= 8; ++a) {
    for (std::size_t b = 1; b <= 8; ++b) {
      Samples low(a);
      Samples high(b);
      for (std::size_t i = 0; i < a; ++i) low[i] = static_cast<double>(i);
      for (std::size_t i = 0; i < b; ++i) {
        high[i] = static_cast<double>(100 + i);
      }
      EXPECT_NEAR(P(low, high), SmallestMannWhitneyP(a, b), 1e-12);
    }
  }
  EXPECT_EQ(SmallestMannWhitneyP(0, 5), 1);
}

}  // namespace
}  // namespace hybrid
