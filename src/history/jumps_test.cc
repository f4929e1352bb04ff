#include "history/jumps.h"

#include <gtest/gtest.h>

#include <vector>

namespace hybrid {
namespace {

constexpr double kRate = 0.02;

/// A series of runs with these repetitions, of which the newer level begins at
/// the run `at`.
std::optional<Modes> JumpsOf(const std::vector<std::vector<double>>& runs,
                             std::size_t at, bool oversubscribed) {
  Series series;
  for (std::size_t run = 0; run < runs.size(); ++run) {
    Point point;
    point.run = run;
    point.samples = runs[run];
    point.median_s = runs[run][runs[run].size() / 2];
    point.oversubscribed = oversubscribed;
    series.points.push_back(point);
  }
  return FindJumps(series, {.first = 0, .at = at, .last = runs.size() - 1},
                   kRate);
}

const std::vector<double> kLow = {1, 1.01, 0.99, 1};
const std::vector<double> kHigh = {2, 2.01, 1.99, 2};
const std::vector<double> kMostlyLow = {1, 1.01, 2, 1};
const std::vector<double> kMostlyHigh = {2, 2.01, 1, 2};

TEST(FindJumpsTest, BothLevelsOnBothSides) {
  for (const bool oversubscribed : {false, true}) {
    const auto modes = JumpsOf(
        {kLow, kLow, kMostlyLow, kHigh, kMostlyHigh, kHigh}, 3, oversubscribed);
    ASSERT_TRUE(modes);
    EXPECT_NEAR(modes->low, 1, 0.02);
    EXPECT_NEAR(modes->high, 2, 0.02);
    EXPECT_EQ(modes->low_count, 12U);
  }
}

TEST(FindJumpsTest, BothLevelsOnOneSideIfOversubscribed) {
  const std::vector<std::vector<double>> runs{
      kLow, kLow, kMostlyLow, kLow, kLow, kHigh, kHigh, kHigh, kHigh, kHigh};
  EXPECT_FALSE(JumpsOf(runs, 5, false));
  EXPECT_TRUE(JumpsOf(runs, 5, true));
}

TEST(FindJumpsTest, FewRunsInAnOrderThatChanceMakesIfOversubscribed) {
  // One order in 35 of three and four runs, one in 126 of five and five.
  const std::vector<std::vector<double>> few{kLow,  kLow,  kLow, kHigh,
                                             kHigh, kHigh, kHigh};
  EXPECT_FALSE(JumpsOf(few, 3, false));
  EXPECT_TRUE(JumpsOf(few, 3, true));
  const std::vector<std::vector<double>> enough{
      kLow, kLow, kLow, kLow, kLow, kHigh, kHigh, kHigh, kHigh, kHigh};
  EXPECT_FALSE(JumpsOf(enough, 5, true));
}

TEST(FindJumpsTest, NeighbouringLevelsAreNone) {
  const std::vector<double> slower = {1.2, 1.21, 1.19, 1.2};
  EXPECT_FALSE(JumpsOf({kLow, kLow, slower, slower}, 2, true));
}

}  // namespace
}  // namespace hybrid
