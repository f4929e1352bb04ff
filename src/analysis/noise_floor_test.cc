#include "analysis/noise_floor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <optional>
#include <vector>

#include "analysis/test_rows.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class NoiseFloorTest : public ::testing::Test {
 protected:
  /// Adds 2×1's repetitions of both variants of the family Noise.
  void Add(std::initializer_list<double> a, std::initializer_list<double> b) {
    test.base.family = Family::kNoise;
    test.base.variant = kNoiseA;
    test.Ok({2, 1}, a);
    test.base.variant = kNoiseB;
    test.Ok({2, 1}, b);
  }

  TestRows test;
};

TEST_F(NoiseFloorTest, EqualPairsHaveNone) {
  const std::vector<NoisePair> pairs = {{1, 1}, {2, 2}, {3, 3}};
  EXPECT_EQ(BootstrapFloor(pairs), 0);
  EXPECT_EQ(BootstrapFloor(std::vector<NoisePair>{{1, 1}, {1, 1}}),
            std::nullopt);
}

TEST_F(NoiseFloorTest, AConstantRatioIsTheFloor) {
  const std::vector<NoisePair> pairs = {{1.1, 1}, {2.2, 2}, {3.3, 3}};
  EXPECT_NEAR(*BootstrapFloor(pairs), 0.1, 1e-12);
}

// Of three pairs, a resample's median is that of the outlying one if it is
// drawn at least twice: with probability 7/27, more than 5 %.
TEST_F(NoiseFloorTest, TheQuantileSeesAThirdOfThePairs) {
  const std::vector<NoisePair> pairs = {{1, 1}, {1, 1}, {1.2, 1}};
  EXPECT_NEAR(*BootstrapFloor(pairs), 0.2, 1e-12);
}

// Of eleven pairs one is the median only if it is drawn six times: with
// probability 0.00014, less than 5 %.
TEST_F(NoiseFloorTest, TheMedianHidesOneOutlier) {
  std::vector<NoisePair> pairs(10, NoisePair{1, 1});
  pairs.push_back({5, 1});
  EXPECT_EQ(BootstrapFloor(pairs), 0);
}

TEST_F(NoiseFloorTest, SameRowsSameFloor) {
  std::vector<NoisePair> pairs;
  for (const double x : {1.00, 1.03, 0.98, 1.01, 0.97, 1.02}) {
    pairs.push_back({x, 2 - x});
  }
  const auto floor = BootstrapFloor(pairs);
  EXPECT_EQ(floor, BootstrapFloor(pairs));
  EXPECT_GT(*floor, 0.01);
  EXPECT_LT(*floor, 0.07);
}

TEST_F(NoiseFloorTest, PerHostAndSizeTheLargest) {
  Add({1.01, 1.01, 1.01}, {1, 1, 1});
  test.base.batch = 8;
  Add({1.03, 1.03, 1.03}, {1, 1, 1});
  test.base.n = 512;
  Add({1, 1, 1}, {1, 1, 1});
  test.base.host = "other";
  Add({1.5, 1.5, 1.5}, {1, 1, 1});
  const std::vector<NoiseFloor> floors = FindNoiseFloors(test.rows);
  ASSERT_EQ(floors.size(), 3U);
  EXPECT_EQ(floors[0].n, 256U);
  EXPECT_NEAR(floors[0].floor, 0.03, 1e-12);
  EXPECT_EQ(floors[1].floor, 0);
  EXPECT_EQ(FloorFor(floors, "node", 512), floors[1]);
  EXPECT_EQ(FloorFor(floors, "node", 64), floors[0]);
  EXPECT_EQ(FloorFor(floors, "other", 64), floors[2]);
  EXPECT_EQ(FloorFor(floors, "third", 64), std::nullopt);
}

TEST_F(NoiseFloorTest, RepetitionsWithoutAPartnerDoNotCount) {
  Add({1, 1, 1, 9}, {1, 1, 1});
  EXPECT_EQ(FindNoiseFloors(test.rows).at(0).floor, 0);
  test.rows.clear();
  Add({1, 1, 1}, {1, 1, 1});
  test.rows[0].status = Status::kError;
  EXPECT_THAT(FindNoiseFloors(test.rows), IsEmpty());
  EXPECT_THAT(NoiseText(test.rows), HasSubstr("not known: 2 pairs"));
}

TEST_F(NoiseFloorTest, OtherConfigurationsAreNoPartners) {
  Add({1, 1, 1}, {});
  test.base.batch = 8;
  Add({}, {1, 1, 1});
  EXPECT_THAT(FindNoiseFloors(test.rows), IsEmpty());
}

TEST_F(NoiseFloorTest, Text) {
  EXPECT_EQ(NoiseText({}), "");
  Add({1.021, 1.021, 1.021}, {1, 1, 1});
  EXPECT_EQ(NoiseText(test.rows),
            "Noise floor: the same configuration against itself (A/A); of real "
            "comparisons, differences\n"
            "below it mean nothing\n"
            "  gemm  n=256  batch=64  2×1   2.1 % (3 pairs)\n");
}

}  // namespace
}  // namespace hybrid
