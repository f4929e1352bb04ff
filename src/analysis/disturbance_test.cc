#include "analysis/disturbance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>

#include "analysis/evidence.h"
#include "analysis/test_rows.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class DisturbanceTest : public ::testing::Test {
 protected:
  TestRows test;
};

TEST_F(DisturbanceTest, WhatItDidIsToldAsShares) {
  test.Ok({2, 1}, {1}, [](Row& row) {
    row.steal_s = 0.1;
    row.foreign_cpu_s = 0.4;
    row.throttled_s = 0.02;
    row.speed_fraction = 0.5;
  });
  const Disturbance disturbance = FindDisturbance(test.rows);
  EXPECT_DOUBLE_EQ(*disturbance.steal_share, 0.05);
  EXPECT_DOUBLE_EQ(*disturbance.foreign_share, 0.2);
  EXPECT_THAT(
      DisturbanceTexts(disturbance),
      ElementsAre("throttled for 20.0 ms", "steal 5.0 % of its CPU time",
                  "other programs took 20 % of its CPU time",
                  "cores down to 50 % of their speed"));
}

TEST_F(DisturbanceTest, AFewTicksAreNone) {
  test.Ok({2, 1}, {0.1}, [](Row& row) { row.foreign_cpu_s = 0.03; });
  EXPECT_FALSE(FindDisturbance(test.rows).any());
}

TEST_F(DisturbanceTest, LeavesOutTheDisturbedRepetitionsOnly) {
  test.Ok({2, 1}, {1, 1, 1}, [](Row& row) { row.speed_fraction = 1; });
  test.rows[1].speed_fraction = 0.7;
  EXPECT_THAT(Undisturbed(RowPointers(test.rows)),
              ElementsAre(&test.rows[0], &test.rows[2]));
}

TEST_F(DisturbanceTest, ShortRepetitionsAreJudgedTogether) {
  const auto taken = [](Row& row) { row.foreign_cpu_s = 0.01; };
  test.Ok({2, 1}, {0.05, 0.05}, taken);
  EXPECT_THAT(Undisturbed(RowPointers(test.rows)), SizeIs(std::size_t{2}));
  test.Ok({2, 1}, {0.05, 0.05}, taken);  // 40 ms of 400 ms in all
  EXPECT_THAT(Undisturbed(RowPointers(test.rows)), SizeIs(std::size_t{0}));
  // Another run's repetitions are not its fault.
  test.base.run_id = "quiet";
  test.Ok({2, 1}, {0.05, 0.05});
  EXPECT_THAT(Undisturbed(RowPointers(test.rows)), SizeIs(std::size_t{2}));
}

}  // namespace
}  // namespace hybrid
