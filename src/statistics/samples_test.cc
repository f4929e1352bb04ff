#include "statistics/samples.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <vector>

namespace hybrid {
namespace {

using Samples = std::vector<double>;

/// WelchOnLogs of samples whose logarithms are given.
std::optional<double> Welch(Samples a, Samples b) {
  for (double& sample : a) sample = std::exp(sample);
  for (double& sample : b) sample = std::exp(sample);
  return WelchOnLogs(a, b);
}

TEST(SamplesTest, MeanIsTheSumByTheNumber) {
  EXPECT_DOUBLE_EQ(Mean(std::vector{1.0, 2.0, 6.0}), 3);
}

TEST(SamplesTest, Median) {
  EXPECT_EQ(Median({}), std::nullopt);
  EXPECT_EQ(Median(Samples{7}), 7);
  EXPECT_EQ(Median(Samples{9, 1, 2}), 2);
  EXPECT_EQ(Median(Samples{9, 1, 2, 4}), 3);
  EXPECT_EQ(Median(Samples{1.7e308, 1.7e308}), 1.7e308);
}

TEST(SamplesTest, SpreadIsHalfTheRangeOverTheMedian) {
  EXPECT_EQ(RelativeSpread(Samples{1}), std::nullopt);
  EXPECT_EQ(RelativeSpread(Samples{2, 2}), 0);
  EXPECT_DOUBLE_EQ(*RelativeSpread(Samples{98, 100, 104}), 0.03);
}

// Wikipedia, "Welch's t-test", second example: t = -1.57, 9.9 degrees of
// freedom, p = 0.149. The further digits are from Simpson's rule over the
// density of Student's distribution.
TEST(SamplesTest, WelchAgreesWithAPublishedExample) {
  const Samples a = {17.2, 20.9, 22.6, 18.1, 21.7,
                     21.4, 23.5, 24.2, 14.7, 21.8};
  const Samples b = {21.5, 22.8, 21.0, 23.0, 21.6, 23.6, 22.5,
                     20.7, 23.4, 21.8, 20.7, 21.7, 21.5, 22.5,
                     23.6, 21.5, 22.5, 23.5, 21.5, 21.8};
  EXPECT_NEAR(*Welch(a, b), 0.14884169660, 1e-9);
  EXPECT_NEAR(*Welch(b, a), 0.14884169660, 1e-9);
}

TEST(SamplesTest, WelchAgreesWithNumericalIntegration) {
  EXPECT_NEAR(*Welch({1, 2, 3}, {2, 4, 9}), 0.28383440496, 1e-9);
  EXPECT_NEAR(
      *WelchOnLogs(Samples{1.0, 1.1, 1.2}, Samples{1.3, 1.25, 1.5, 1.35}),
      0.03517832761, 1e-9);
}

// Equal variances and counts have 2 (count - 1) = 4 degrees of freedom, for
// which the distribution has a closed form.
TEST(SamplesTest, WelchAgreesWithTheClosedForm) {
  const double t = 2 / std::sqrt(2.0 / 3);
  const double s = t / std::sqrt(4 + t * t);
  const double p = 1 - s * (1 + (1 - s * s) / 2);
  EXPECT_NEAR(*Welch({1, 2, 3}, {3, 4, 5}), p, 1e-12);
}

TEST(SamplesTest, WelchDoesNotDependOnTheUnit) {
  const Samples a = {1.0, 1.1, 1.2};
  const Samples b = {1.1, 1.3, 1.25};
  EXPECT_NEAR(*WelchOnLogs(a, b),
              *WelchOnLogs(Samples{1e-9, 1.1e-9, 1.2e-9},
                           Samples{1.1e-9, 1.3e-9, 1.25e-9}),
              1e-9);
}

TEST(SamplesTest, WelchNeedsThreePositiveSamplesASide) {
  const Samples three = {1, 2, 3};
  EXPECT_EQ(WelchOnLogs(three, Samples{1, 2}), std::nullopt);
  EXPECT_EQ(WelchOnLogs(Samples{}, three), std::nullopt);
  EXPECT_EQ(WelchOnLogs(three, Samples{1, 0, 2}), std::nullopt);
  EXPECT_EQ(WelchOnLogs(three, Samples{1, -1, 2}), std::nullopt);
  EXPECT_EQ(WelchOnLogs(three, Samples{1, std::nan(""), 2}), std::nullopt);
}

TEST(SamplesTest, WelchOfConstants) {
  EXPECT_EQ(WelchOnLogs(Samples{0.3, 0.3, 0.3}, Samples{0.3, 0.3, 0.3, 0.3}),
            1);
  EXPECT_EQ(WelchOnLogs(Samples{0.3, 0.3, 0.3}, Samples{0.7, 0.7, 0.7}), 0);
  // One constant side leaves the other side's noise.
  const double p = *WelchOnLogs(Samples{2, 2, 2}, Samples{1, 2, 4});
  EXPECT_NEAR(p, 1, 1e-12);
}

}  // namespace
}  // namespace hybrid
