#include "statistics/modes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/simulated_random.h"

namespace hybrid {
namespace {

using JumpingTimes = std::vector<double>;

TEST(ModesTest, AreTwoLevelsWithAGap) {
  const auto modes =
      FindModes(JumpingTimes{13.7, 31.6, 13.9, 13.5, 32, 31.2, 13.6, 13.8});
  ASSERT_TRUE(modes);
  EXPECT_DOUBLE_EQ(modes->low, 13.7);
  EXPECT_DOUBLE_EQ(modes->high, 31.6);
  EXPECT_EQ(modes->low_count, 5U);
  EXPECT_EQ(modes->high_count, 3U);
  EXPECT_GT(modes->boundary, 13.9);
  EXPECT_LT(modes->boundary, 31.2);
}

TEST(ModesTest, OneDisturbedTimeIsNoLevel) {
  EXPECT_FALSE(FindModes(JumpingTimes{13.7, 13.9, 13.5, 32, 13.6, 13.8}));
  // Nor are three of thirty.
  JumpingTimes times(27, 13.7);
  for (const double time : {31, 32, 33}) times.push_back(time);
  EXPECT_FALSE(FindModes(times));
  for (const double time : {31, 32, 33}) times.push_back(time);
  EXPECT_TRUE(FindModes(times));
}

TEST(ModesTest, LevelsThatAreNearOrWideAreNone) {
  EXPECT_FALSE(FindModes(JumpingTimes{10, 10.1, 10.2, 11.5, 11.6, 11.7}));
  EXPECT_FALSE(FindModes(JumpingTimes{10, 12, 14, 18, 21, 25, 28}));
}

TEST(ModesTest, FewTimesOrImpossibleOnesShowNone) {
  EXPECT_FALSE(FindModes(JumpingTimes{1, 1, 1, 2, 2}));
  EXPECT_FALSE(FindModes(JumpingTimes{0, 0, 0, 2, 2, 2}));
  EXPECT_FALSE(FindModes(JumpingTimes{std::nan(""), 1, 1, 2, 2, 2}));
  EXPECT_FALSE(FindModes({}));
}

TEST(ModesTest, AreHardlyFoundInNoiseOfOneLevel) {
  int found = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    SimulatedRandom random({seed});
    JumpingTimes times;
    for (int i = 0; i < 20; ++i) {
      // One in ten is disturbed, by up to a half.
      const double disturbed =
          random.Chance(0.1) ? std::exp(0.4 * random.Uniform()) : 1;
      times.push_back(std::exp(0.03 * random.Normal()) * disturbed);
    }
    found += FindModes(times).has_value();
  }
  EXPECT_LE(found, 20);
}

}  // namespace
}  // namespace hybrid
