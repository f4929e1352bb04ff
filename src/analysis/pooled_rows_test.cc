#include "analysis/pooled_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "analysis/evidence.h"
#include "analysis/modes_text.h"
#include "analysis/test_launches.h"
#include "analysis/test_rows.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PooledRowsTest : public ::testing::Test {
 protected:
  PooledRows Pooled() const { return PoolRows(RowPointers(test.rows)); }

  /// Fills that the cores were slowed down, which disturbs the repetition.
  static Evident Slow() {
    return [](Row& row) { row.speed_fraction = 0.5; };
  }

  TestRows test;
};

TEST_F(PooledRowsTest, NoRowsAreMissing) {
  EXPECT_EQ(Pooled().status, PooledStatus::kMissing);
}

TEST_F(PooledRowsTest, AllCompleted) {
  test.base.run_id = "b";
  test.Ok({2, 1}, {3, 4});
  test.base.run_id = "a";
  test.Ok({2, 1}, {1, 2});
  const PooledRows pooled = Pooled();
  EXPECT_EQ(pooled.status, PooledStatus::kOk);
  EXPECT_THAT(pooled.runs, ElementsAre(ElementsAre(1, 2), ElementsAre(3, 4)));
  EXPECT_THAT(pooled.samples, ElementsAre(1, 2, 3, 4));
  EXPECT_EQ(pooled.median_s, 2.5);
  EXPECT_EQ(pooled.low_s, 1);
  EXPECT_EQ(pooled.high_s, 4);
  EXPECT_EQ(pooled.completed, 4U);
  EXPECT_EQ(pooled.disturbed, 0U);
}

TEST_F(PooledRowsTest, DisturbedOnesAreLeftOutWhereThreeOthersRemain) {
  test.Ok({2, 1}, {1, 2, 3});
  test.Ok({2, 1}, {0.5, 9}, Slow());
  PooledRows pooled = Pooled();
  EXPECT_EQ(pooled.status, PooledStatus::kOk);
  EXPECT_THAT(pooled.samples, ElementsAre(1, 2, 3));
  EXPECT_EQ(pooled.completed, 5U);
  EXPECT_EQ(pooled.disturbed, 2U);
  EXPECT_EQ(pooled.disturbance, "cores down to 50 % of their speed");
  EXPECT_EQ(pooled.fastest_s, 0.5);

  test.rows.front().speed_fraction = 0.5;
  pooled = Pooled();
  EXPECT_EQ(pooled.status, PooledStatus::kDisturbed);
  EXPECT_EQ(pooled.median_s, std::nullopt);
  EXPECT_EQ(pooled.tasks_per_s, std::nullopt);
  EXPECT_THAT(pooled.samples, ElementsAre(2, 3));
  EXPECT_EQ(NoVerdictText(pooled),
            "disturbed: only 2 of 5 repetitions undisturbed: cores down to 50 "
            "% of their speed");
}

TEST_F(PooledRowsTest, FewRepetitionsThatNothingDisturbedAreASample) {
  test.Ok({2, 1}, {1, 2});
  EXPECT_EQ(Pooled().status, PooledStatus::kOk);
  EXPECT_EQ(Pooled().median_s, 1.5);
  test.rows.front().speed_fraction = 0.5;
  EXPECT_EQ(Pooled().status, PooledStatus::kDisturbed);
}

TEST_F(PooledRowsTest, OneCapOrOneErrorDecides) {
  test.Ok({2, 1}, {1, 2, 3});
  test.Capped({2, 1}, 8, 16, Slow());
  test.Capped({2, 1}, 4, 16);
  PooledRows pooled = Pooled();
  EXPECT_EQ(pooled.status, PooledStatus::kCapped);
  EXPECT_EQ(pooled.median_s, std::nullopt);
  EXPECT_THAT(pooled.capped_times, ElementsAre(8, 4));
  EXPECT_EQ(pooled.capped_s, 6);
  EXPECT_EQ(pooled.tasks_per_s, 3);
  EXPECT_EQ(pooled.capped_disturbance, "cores down to 50 % of their speed");

  test.Error({2, 1}, "died");
  test.Error({2, 1}, "died again");
  pooled = Pooled();
  EXPECT_EQ(pooled.status, PooledStatus::kFailed);
  EXPECT_EQ(pooled.error, "died");
  EXPECT_EQ(pooled.tasks_per_s, std::nullopt);
  EXPECT_THAT(pooled.samples, ElementsAre(1, 2, 3));
}

TEST_F(PooledRowsTest, WhatCompletedWithoutATimeFailed) {
  test.Ok({2, 1}, {1, 2, 3});
  test.rows.back().wall_s.reset();
  EXPECT_EQ(Pooled().status, PooledStatus::kFailed);
  EXPECT_EQ(Pooled().error, "a completed repetition has no time");
}

TEST_F(PooledRowsTest, WarnsOfEachRunAlone) {
  test.base.run_id = "a";
  test.Ok({2, 1}, {1, 1, 1});
  test.base.run_id = "b";
  test.Ok({2, 1}, {2, 2, 2});
  EXPECT_THAT(Pooled().warnings, IsEmpty());
  test.Ok({2, 1}, {2.6});
  EXPECT_THAT(Pooled().warnings, ElementsAre("spread ±15 %"));
}

TEST_F(PooledRowsTest, KnowsWhatJumpsBetweenTwoLevels) {
  test.base.run_id = "a";
  test.Ok({2, 2}, {1, 1.01, 2.3, 1.02, 2.31, 2.32});
  ASSERT_TRUE(Pooled().modes);
  EXPECT_EQ(Pooled().modes->low, 1.01);
  EXPECT_EQ(Pooled().modes->high, 2.31);
  EXPECT_EQ(ModesText(*Pooled().modes),
            "bimodal: 1.01 s in 3 and 2.31 s in 3 of 6 repetitions");
  // Of two runs one may have met one level alone, of three not two.
  test.base.run_id = "b";
  test.Ok({2, 2}, {1, 1.01, 1.02});
  EXPECT_TRUE(Pooled().modes);
  test.base.run_id = "c";
  test.Ok({2, 2}, {2.3, 2.31, 2.32});
  EXPECT_FALSE(Pooled().modes);
}

TEST_F(PooledRowsTest, AStepBetweenRunsIsNoJump) {
  test.base.run_id = "a";
  test.Ok({2, 2}, {1, 1.01, 1.02, 1.03});
  test.base.run_id = "b";
  test.Ok({2, 2}, {2, 2.01, 2.02, 2.03});
  EXPECT_FALSE(Pooled().modes);
}

TEST_F(PooledRowsTest, KnowsWhatWorkersShareOfTheFirstThatTells) {
  test.Ok({2, 1}, {1});
  EXPECT_EQ(Pooled().sharing, "");
  test.base.sharing = "an L2 each, one L3";
  test.Ok({2, 1}, {1});
  EXPECT_EQ(Pooled().sharing, "an L2 each, one L3");
}

TEST_F(PooledRowsTest, NamesAllKernelsThatRan) {
  test.base.kernels = "skx";
  test.Ok({2, 1}, {1, 1});
  test.base.kernels = "haswell";
  test.Ok({2, 1}, {1, 1});
  EXPECT_EQ(Pooled().kernels, "skx, haswell");
}

/// Rows of launches.
class PooledLaunchesTest : public ::testing::Test {
 protected:
  PooledRows Pooled() const { return PoolRows(RowPointers(test.rows)); }

  TestLaunches test;
};

TEST_F(PooledLaunchesTest, TheMedianBatchOfEachIsTheSample) {
  test.Rounds({4, 1}, {3, 1, 2});
  const PooledRows pooled = Pooled();
  EXPECT_EQ(pooled.status, PooledStatus::kOk);
  EXPECT_THAT(pooled.samples, ElementsAre(3, 1, 2));
  EXPECT_EQ(pooled.median_s, 2);
  EXPECT_EQ(pooled.fastest_s, 1);
  EXPECT_TRUE(pooled.launched_anew);
  // Without one it is the mean.
  test.rows[1].batch_median_s = std::nullopt;
  EXPECT_THAT(Pooled().samples, ElementsAre(3, 1.5, 2));
  // As it is of workers that lived on.
  for (Row& row : test.rows) row.round = 0;
  EXPECT_THAT(Pooled().samples, ElementsAre(4.5, 1.5, 3));
  EXPECT_FALSE(Pooled().launched_anew);
}

TEST_F(PooledLaunchesTest, CappedBeforeTheLastCountsAsItsTime) {
  test.Launched({4, 1}, Stage::kScreen, 0, 1);
  test.Cut({4, 1}, Stage::kRace, 1, 2).batch_median_s = 0.9;
  test.Launched({4, 1}, Stage::kRace, 2, 1.1);
  PooledRows pooled = Pooled();
  EXPECT_EQ(pooled.status, PooledStatus::kOk);
  // Not what its whole batches took.
  EXPECT_THAT(pooled.samples, ElementsAre(1, 2, 1.1));
  EXPECT_EQ(pooled.completed, 3U);
  EXPECT_THAT(pooled.capped_times, IsEmpty());
  // The order of rows is no matter.
  std::reverse(test.rows.begin(), test.rows.end());
  EXPECT_EQ(Pooled().status, PooledStatus::kOk);
  // Without a time nothing can count.
  test.rows[1].wall_s = std::nullopt;
  EXPECT_EQ(Pooled().status, PooledStatus::kCapped);
}

TEST_F(PooledLaunchesTest, CappedAtLastIsCapped) {
  test.Launched({4, 1}, Stage::kScreen, 0, 1);
  test.Launched({4, 1}, Stage::kRace, 1, 1.1);
  test.Cut({4, 1}, Stage::kRace, 2, 2);
  PooledRows pooled = Pooled();
  EXPECT_EQ(pooled.status, PooledStatus::kCapped);
  EXPECT_EQ(pooled.median_s, std::nullopt);
  EXPECT_EQ(pooled.capped_s, 2);
  std::reverse(test.rows.begin(), test.rows.end());
  EXPECT_EQ(Pooled().status, PooledStatus::kCapped);
  // A later run's tells, whatever its number.
  test.base.run_id = "later";
  test.base.time_utc = "2026-11-27T12:00:00Z";
  test.Launched({4, 1}, Stage::kScreen, 0, 1.2);
  pooled = Pooled();
  EXPECT_EQ(pooled.status, PooledStatus::kOk);
  EXPECT_THAT(pooled.runs,
              ElementsAre(ElementsAre(1.2), ElementsAre(2, 1.1, 1)));
}

TEST_F(PooledLaunchesTest, OneThatFailedFailsThem) {
  test.Rounds({4, 1}, {1, 1, 1});
  test.Error({4, 1}, "it broke");
  EXPECT_EQ(Pooled().status, PooledStatus::kFailed);
  EXPECT_EQ(Pooled().error, "it broke");
}

TEST_F(PooledLaunchesTest, WhatWasLeftOutIsSkipped) {
  test.Skipped({1, 1}, 0.5);
  PooledRows pooled = Pooled();
  EXPECT_EQ(pooled.status, PooledStatus::kSkipped);
  EXPECT_EQ(pooled.bound_s, 0.5);
  EXPECT_EQ(pooled.median_s, std::nullopt);
  EXPECT_EQ(pooled.tasks_per_s, std::nullopt);
  // The launches for the bounds are no measurement of it.
  test.Bound(1, 0.001, 0.01);
  test.Bound(2, 0.001, 0.01);
  pooled = Pooled();
  EXPECT_EQ(pooled.status, PooledStatus::kSkipped);
  EXPECT_EQ(pooled.completed, 0U);
  EXPECT_THAT(pooled.samples, IsEmpty());
  // Who went on measured it after all.
  test.Launched({1, 1}, Stage::kScreen, 0, 0.7);
  pooled = Pooled();
  EXPECT_EQ(pooled.status, PooledStatus::kOk);
  EXPECT_THAT(pooled.samples, ElementsAre(0.7));
}

TEST_F(PooledLaunchesTest, TheSpreadIsOfTheMedianBatches) {
  test.Rounds({4, 1}, {1, 1, 1, 1});
  test.rows[2].wall_s = 9;
  EXPECT_THAT(Pooled().warnings, IsEmpty());
}

}  // namespace
}  // namespace hybrid
