#include "analysis/launches.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "analysis/groups.h"
#include "analysis/noise_floor.h"
#include "analysis/test_launches.h"
#include "search/statement.h"

namespace hybrid {
namespace {

using enum SearchOutcome;

class LaunchesTest : public ::testing::Test {
 protected:
  /// What the launches of the only group say.
  std::optional<GroupStatement> Find() const {
    const Groups groups = GroupRows(test.rows, Family::kHybrid);
    EXPECT_EQ(groups.size(), 1U);
    return FindStatement(groups.at(0).first, groups.at(0).second);
  }

  Statement Said() const { return Find().value().statement; }

  const SearchedSplit& Of(const Statement& statement, Split split) const {
    return *std::find_if(
        statement.splits.begin(), statement.splits.end(),
        [&](const SearchedSplit& one) { return one.split == split; });
  }

  static void ExpectSame(const Statement& a, const Statement& b) {
    EXPECT_EQ(a.rounds, b.rounds);
    EXPECT_EQ(a.end, b.end);
    EXPECT_EQ(a.best, b.best);
    EXPECT_EQ(a.chance, b.chance);
    EXPECT_EQ(a.gain_missed, b.gain_missed);
    EXPECT_EQ(a.launch_spread, b.launch_spread);
    ASSERT_EQ(a.splits.size(), b.splits.size());
    for (std::size_t i = 0; i < a.splits.size(); ++i) {
      EXPECT_EQ(a.splits[i].split, b.splits[i].split);
      EXPECT_EQ(a.splits[i].outcome, b.splits[i].outcome);
      EXPECT_EQ(a.splits[i].launches, b.splits[i].launches);
      EXPECT_EQ(a.splits[i].median_s, b.splits[i].median_s);
      EXPECT_EQ(a.splits[i].slowdown, b.splits[i].slowdown);
      EXPECT_EQ(a.splits[i].bound_s, b.splits[i].bound_s);
    }
  }

  TestLaunches test;
};

TEST_F(LaunchesTest, RoundsOfAGridAreARace) {
  test.Rounds({4, 1}, {1.00, 1.01, 1.02, 1.01});
  test.Rounds({2, 2}, {1.01, 1.02, 1.01, 1.02});
  test.Rounds({1, 4}, {1.60, 1.61, 1.62, 1.61});
  const std::optional<GroupStatement> said = Find();
  ASSERT_TRUE(said);
  EXPECT_TRUE(said->circumstances.is_grid);
  EXPECT_EQ(said->circumstances.all_splits_s, std::nullopt);
  const Statement& statement = said->statement;
  EXPECT_EQ(statement.rounds, 3U);
  ASSERT_TRUE(statement.best);
  EXPECT_EQ(statement.splits[*statement.best].split, (Split{4, 1}));
  EXPECT_EQ(Of(statement, {2, 2}).outcome, kTie);
  EXPECT_EQ(Of(statement, {1, 4}).outcome, kSlower);
  EXPECT_LT(statement.chance.value(), 0.5);
  // 12 starts of 10 ms and what ran, by its mean.
  EXPECT_NEAR(said->circumstances.used_s, 0.12 + 1.5 * 14.54, 1e-9);
}

TEST_F(LaunchesTest, NothingOfWorkersThatLivedOn) {
  test.Ok({4, 1}, {1, 1.01, 1.02});
  test.Ok({1, 1}, {4, 4.01, 4.02});
  EXPECT_FALSE(Find());
  // Nor where some did.
  test.Rounds({2, 2}, {1, 1.01, 1.02});
  EXPECT_FALSE(Find());
}

TEST_F(LaunchesTest, NothingOfSeveralRuns) {
  test.Rounds({4, 1}, {1, 1.01, 1.02});
  test.Rounds({1, 1}, {4, 4.01, 4.02});
  EXPECT_TRUE(Find());
  test.base.run_id = "other";
  test.Rounds({1, 1}, {4, 4.01, 4.02});
  EXPECT_FALSE(Find());
}

TEST_F(LaunchesTest, WhatFailedBeforeItWasALaunchIsOut) {
  test.Rounds({4, 1}, {1, 1.01, 1.02});
  test.Rounds({1, 1}, {4, 4.01, 4.02});
  test.Error({2, 2}, "no memory");
  const Statement statement = Said();
  EXPECT_EQ(Of(statement, {2, 2}).outcome, kFailed);
  EXPECT_EQ(statement.rounds, 2U);
  EXPECT_TRUE(statement.chance);
  // Alone it is no launch.
  test.rows.erase(test.rows.begin(), test.rows.end() - 1);
  EXPECT_FALSE(Find());
}

TEST_F(LaunchesTest, AFailedLaunchPutsItsSplitOut) {
  test.Rounds({4, 1}, {1, 1.01, 1.02});
  test.Rounds({2, 2}, {0.5, 0.51});
  test.Rounds({1, 1}, {4, 4.01, 4.02});
  Row& failed = test.Launched({2, 2}, Stage::kGrid, 3, 1);
  failed.status = Status::kError;
  failed.wall_s = std::nullopt;
  const Statement statement = Said();
  EXPECT_EQ(Of(statement, {2, 2}).outcome, kFailed);
  EXPECT_EQ(statement.splits[statement.best.value()].split, (Split{4, 1}));
  EXPECT_EQ(statement.rounds, 2U);
}

TEST_F(LaunchesTest, APartialLastRoundIsNotCounted) {
  test.Rounds({4, 1}, {1.00, 1.01, 1.02, 0.2});
  test.Rounds({2, 2}, {1.20, 1.21, 1.22});
  test.Rounds({1, 4}, {1.60, 1.61, 1.62});
  const Statement statement = Said();
  EXPECT_EQ(statement.rounds, 2U);
  EXPECT_EQ(statement.end, SearchEnd::kOutOfTime);
  EXPECT_EQ(Of(statement, {4, 1}).launches, 3U);
  EXPECT_TRUE(statement.chance);
}

TEST_F(LaunchesTest, WhatWasCappedInItsFirstRoundIsStopped) {
  test.Rounds({4, 1}, {1, 1.01, 1.02});
  test.Rounds({2, 2}, {1.2, 1.21, 1.22});
  test.Cut({4, 4}, Stage::kGrid, 1, 4);
  const Statement statement = Said();
  const SearchedSplit& stopped = Of(statement, {4, 4});
  EXPECT_EQ(stopped.outcome, kStopped);
  EXPECT_NEAR(stopped.slowdown.value(), 4 / 1.01, 0.01);
  EXPECT_EQ(statement.rounds, 2U);
  EXPECT_NE(statement.end, SearchEnd::kOutOfTime);
}

TEST_F(LaunchesTest, LongBatchesRunThreeTimes) {
  test.Rounds({4, 1}, {3, 3.01, 3.02, 3.01, 3});
  test.Rounds({1, 4}, {3.1, 3.11, 3.12, 3.11, 3.1});
  test.Rounds({1, 1}, {9, 9.01, 9.02});
  Statement statement = Said();
  EXPECT_EQ(statement.rounds, 4U);
  EXPECT_NE(statement.end, SearchEnd::kOutOfTime);
  EXPECT_EQ(Of(statement, {1, 1}).launches, 3U);
  EXPECT_EQ(Of(statement, {1, 1}).outcome, kSlower);
  // Also where the last of them was cut off.
  test.rows.pop_back();
  test.Cut({1, 1}, Stage::kGrid, 3, 12);
  statement = Said();
  EXPECT_EQ(statement.rounds, 4U);
  EXPECT_EQ(Of(statement, {1, 1}).outcome, kStopped);
  // A short one that lacks rounds is not finished.
  for (Row& row : test.rows) {
    if (row.batch_median_s) *row.batch_median_s /= 10;
  }
  EXPECT_EQ(Said().rounds, 2U);
  EXPECT_EQ(Said().end, SearchEnd::kOutOfTime);
}

TEST_F(LaunchesTest, OfSeveralAttemptsAtARoundTheLastCounts) {
  test.Rounds({4, 1}, {1, 9, 1.02});
  test.Rounds({2, 2}, {1.2, 1.21, 1.22});
  test.base.attempt = 1;
  test.Launched({4, 1}, Stage::kGrid, 2, 1.01);
  EXPECT_DOUBLE_EQ(Of(Said(), {4, 1}).median_s.value(), 1.01);
  EXPECT_EQ(Of(Said(), {4, 1}).launches, 3U);
  // Also where the first failed.
  test.rows[1].status = Status::kError;
  EXPECT_EQ(Of(Said(), {4, 1}).outcome, kBest);
}

TEST_F(LaunchesTest, ASearchSaysTheSameFromItsRows) {
  const Statement live = test.Follow(test.Nine(false), TestLaunches::Scattered);
  ASSERT_GT(live.Count(kBound), 0U);
  ASSERT_GT(live.Count(kSlower), 0U);
  test.LeaveOut(live);
  ExpectSame(Said(), live);
  std::mt19937 random(1);  // NOLINT(cert-msc51-cpp)
  for (int i = 0; i < 5; ++i) {
    std::shuffle(test.rows.begin(), test.rows.end(), random);
    ExpectSame(Said(), live);
  }
  EXPECT_FALSE(Find()->circumstances.is_grid);
  EXPECT_GT(Find()->circumstances.all_splits_s.value(), 0);
}

TEST_F(LaunchesTest, AGridSaysTheSameFromItsRows) {
  const Statement live = test.Follow(test.Nine(true), TestLaunches::Scattered);
  ASSERT_EQ(live.rounds, 4U);
  ExpectSame(Said(), live);
  std::reverse(test.rows.begin(), test.rows.end());
  ExpectSame(Said(), live);
}

TEST_F(LaunchesTest, ASearchThatIsCutShortSaysTheSameOfEachPart) {
  const SearchGroup group = test.Nine(false);
  TestLaunches whole;
  whole.Follow(group, TestLaunches::Scattered);
  for (std::size_t most = 1; most < whole.rows.size(); ++most) {
    test.rows.clear();
    const Statement live = test.Follow(group, TestLaunches::Scattered, most);
    test.LeaveOut(live);
    const Statement said = Said();
    if (said.rounds > 0) {
      ExpectSame(said, live);
      continue;
    }
    EXPECT_EQ(said.best, live.best) << most;
    EXPECT_EQ(said.Count(kUnmeasured), live.Count(kUnmeasured)) << most;
    EXPECT_EQ(said.Count(kBound), live.Count(kBound)) << most;
    EXPECT_TRUE(live.Count(kUnmeasured) == 0 || !said.chance) << most;
  }
}

TEST_F(LaunchesTest, WhatWasLeftOutIsBoundOrUnmeasured) {
  test.Launched({4, 1}, Stage::kScreen, 0, 0.35);
  test.Bound(1, 0.001, 0.02);
  test.Bound(2, 0.001, 0.03);
  for (const Split& split : TestLaunches::NineSplits()) {
    if (split != Split{4, 1}) test.Skipped(split);
  }
  const Statement statement = Said();
  const SearchedSplit& one = Of(statement, {1, 1});
  EXPECT_EQ(one.outcome, kBound);
  // 64 tasks of 21 ms: the lesser of both launches.
  EXPECT_NEAR(one.bound_s.value(), 1.344, 1e-9);
  EXPECT_EQ(one.median_s, std::nullopt);
  EXPECT_EQ(Of(statement, {2, 1}).outcome, kBound);
  // 32 tasks in turn of 1 ms + 20 ms / 2.
  EXPECT_NEAR(Of(statement, {2, 2}).bound_s.value(), 0.352, 1e-9);
  EXPECT_EQ(Of(statement, {2, 2}).outcome, kUnmeasured);
  EXPECT_EQ(statement.measured(), 1U);
  EXPECT_EQ(statement.chance, std::nullopt);
}

TEST_F(LaunchesTest, ABudgetMayLeaveOutSplitsOfAGrid) {
  test.base.flags = "--n=256 --budget=60s --seed=3";
  test.Rounds({4, 1}, {1});
  test.Rounds({1, 1}, {4});
  test.Skipped({2, 2});
  const std::optional<GroupStatement> said = Find();
  ASSERT_TRUE(said);
  EXPECT_TRUE(said->circumstances.is_grid);
  EXPECT_EQ(said->circumstances.out_of_time, "--budget=60s ended");
  EXPECT_EQ(Of(said->statement, {2, 2}).outcome, kUnmeasured);
  EXPECT_EQ(said->statement.chance, std::nullopt);
}

TEST_F(LaunchesTest, LaunchesForTheBoundsAreNoTimesOfOneByOne) {
  test.Launched({4, 1}, Stage::kScreen, 0, 1);
  test.Bound(1, 0.001, 0.02);
  test.Skipped({1, 1});
  EXPECT_EQ(Of(Said(), {1, 1}).outcome, kUnmeasured);
  EXPECT_EQ(Of(Said(), {1, 1}).median_s, std::nullopt);
}

TEST_F(LaunchesTest, OneLaunchOfEachGivesNoChance) {
  // Who was interrupted then has no rows of the splits that were to come.
  test.Rounds({4, 1}, {1});
  test.Rounds({1, 1}, {4});
  EXPECT_EQ(Said().chance, std::nullopt);
  EXPECT_EQ(Said().gain_missed, std::nullopt);
  EXPECT_TRUE(Said().best);
  test.Launched({4, 1}, Stage::kGrid, 2, 1);
  EXPECT_TRUE(Said().chance);
}

TEST_F(LaunchesTest, TheFlagsTellTheMostRounds) {
  const auto Most = [this](const std::string& flags) {
    for (Row& row : test.rows) row.flags = flags;
    return Find()->circumstances.most_rounds;
  };
  test.Launched({4, 1}, Stage::kScreen, 0, 1);
  test.Launched({1, 1}, Stage::kScreen, 0, 4);
  EXPECT_EQ(Most(""), kMostRounds);
  EXPECT_EQ(Most("--search=true --benchmark_repetitions=5"), 5U);
  EXPECT_EQ(Most("--benchmark_repetitions=5 --search=true"), 5U);
  // What a program is given is no flag of bench's.
  EXPECT_EQ(Most("--command='job --benchmark_repetitions=5'"), kMostRounds);
  EXPECT_EQ(Most("--command='never closed"), kMostRounds);
}

TEST_F(LaunchesTest, HardwareThreadsAreTold) {
  test.Rounds({4, 1}, {1, 1.01});
  test.Rounds({2, 1}, {1, 1.01});
  const Groups groups = GroupRows(test.rows, Family::kHybrid);
  const auto& [key, rows] = groups[0];
  EXPECT_FALSE(LaunchesOf(key, rows)->group.has_smt);
  test.rows.back().usable_cpus = 8;
  EXPECT_TRUE(LaunchesOf(key, rows)->group.has_smt);
  EXPECT_EQ(LaunchesOf(key, rows)->group.usable_cores, 4);
}

TEST_F(LaunchesTest, CountsThatNoMachineHasDoNoHarm) {
  test.base.usable_cores = ~std::uint64_t{0};
  test.base.usable_cpus = 0;
  test.Rounds({4, 1}, {1, 1.01, 1.02});
  test.Rounds({1, 1}, {4, 4.01, 4.02});
  EXPECT_TRUE(Said().chance);
  for (Row& row : test.rows) row.usable_cores = 0;
  EXPECT_TRUE(Said().chance);
}

TEST_F(LaunchesTest, TheFloorIsOfTheSpread) {
  Statement statement;
  statement.best = 0;
  statement.rounds = 7;
  statement.launch_spread = 0.02;
  statement.splits = {{.split = {4, 1}, .launches = 8},
                      {.split = {2, 1}, .launches = 8},
                      {.split = {1, 1}, .launches = 1}};
  EXPECT_NEAR(LaunchFloor(statement).value(), 1.96 * 0.02 / 2, 1e-9);
  // Of one split alone nothing is known.
  statement.splits[1].launches = 1;
  EXPECT_EQ(LaunchFloor(statement), std::nullopt);
  statement.splits[1].launches = statement.splits[0].launches = 2;
  statement.rounds = 1;
  EXPECT_EQ(LaunchFloor(statement), std::nullopt);
}

TEST_F(LaunchesTest, FloorsOfAllGroupsAreKnown) {
  test.Rounds({4, 1}, {1, 1.01, 1.02, 1.01});
  test.Rounds({2, 2}, {1.1, 1.11, 1.12, 1.11});
  test.base.n = 64;
  test.Ok({4, 1}, {1, 1.01, 1.02});
  const std::vector<NoiseFloor> floors = FindNoiseFloors(test.rows);
  ASSERT_EQ(floors.size(), 1U);
  EXPECT_EQ(floors[0].n, 256U);
  const Groups groups = GroupRows(test.rows, Family::kHybrid);
  const auto said = FindStatement(groups[0].first, groups[0].second);
  EXPECT_EQ(floors[0].floor, LaunchFloor(said->statement));
}

TEST_F(LaunchesTest, PooledRunsHaveTheLargestFloorOfEach) {
  test.Rounds({4, 1}, {1, 1.01, 1.02, 1.01});
  test.Rounds({2, 2}, {1.1, 1.11, 1.12, 1.11});
  const double small = FindNoiseFloors(test.rows).at(0).floor;
  test.rows.clear();
  test.base.run_id = "noisier";
  test.Rounds({4, 1}, {1, 1.11, 1.02, 1.12});
  test.Rounds({2, 2}, {1.2, 1.11, 1.22, 1.01});
  const double large = FindNoiseFloors(test.rows).at(0).floor;
  EXPECT_GT(large, 1.2 * small);
  test.base.run_id = "run";
  test.Rounds({4, 1}, {1, 1.01, 1.02, 1.01});
  test.Rounds({2, 2}, {1.1, 1.11, 1.12, 1.11});
  EXPECT_FALSE(Find());
  const std::vector<NoiseFloor> floors = FindNoiseFloors(test.rows);
  ASSERT_EQ(floors.size(), 1U);
  EXPECT_EQ(floors[0].floor, large);
}

}  // namespace
}  // namespace hybrid
