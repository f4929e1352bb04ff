#include "compare/best_time.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "compare/gate.h"
#include "compare/test_launches.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr Split kFirst{4, 1};
constexpr Split kSecond{2, 2};

/// Of the runner-up, which is in all rounds.
std::vector<double> Times(double time) { return Around(time, 3); }

/// What searches of two splits say of the best.
BestTime BestOf(const TestLaunches& baseline, const TestLaunches& now) {
  const Comparison comparison = CompareLaunches(baseline, now);
  EXPECT_THAT(comparison.best_times, SizeIs(1));
  return comparison.best_times.front();
}

TEST(BestTimeTest, ThreeLaunchesOfARaceAreEnough) {
  const TestLaunches before = TestLaunches()
                                  .Search(kFirst, {1, 1.01, 0.99})
                                  .Search(kSecond, Times(1.5));
  const BestTime same = BestOf(
      before,
      TestLaunches().Search(kFirst, {1, 1, 1.02}).Search(kSecond, Times(1.6)));
  EXPECT_EQ(same.times.change, Change::kSame);
  EXPECT_TRUE(same.times.by_known_spread);
  EXPECT_LT(same.times.interval->low, 1);
  EXPECT_GT(same.times.interval->high, 1);
  const BestTime slower = BestOf(before, TestLaunches()
                                             .Search(kFirst, {1.3, 1.3, 1.31})
                                             .Search(kSecond, Times(1.6)));
  EXPECT_EQ(slower.times.change, Change::kSlower);
  EXPECT_LT(*slower.times.adjusted_p, 0.05);
  const BestTime faster = BestOf(before, TestLaunches()
                                             .Search(kFirst, {0.7, 0.7, 0.71})
                                             .Search(kSecond, Times(1.6)));
  EXPECT_EQ(faster.times.change, Change::kFaster);
}

TEST(BestTimeTest, AnotherSplitMayBeTheBest) {
  const TestLaunches before = TestLaunches()
                                  .Search(kFirst, {1, 1.01, 0.99, 1})
                                  .Search(kSecond, Around(1.5, 4));
  const TestLaunches now = TestLaunches()
                               .Search(kFirst, {1.9})
                               .Search({1, 4}, Around(1.7, 4))
                               .Search(kSecond, {1.4, 1.41, 1.4, 1.39});
  const Comparison comparison = CompareLaunches(before, now);
  ASSERT_THAT(comparison.best_times, SizeIs(1));
  const BestTime& best = comparison.best_times.front();
  EXPECT_EQ(BestsText(best), "4×1 -> 2×2");
  EXPECT_EQ(GroupText(best), "gemm n=256 batch=32");
  EXPECT_EQ(best.times.change, Change::kSlower);
  EXPECT_NEAR(*best.times.ratio, 1.4, 0.01);
  EXPECT_EQ(comparison.regressions(), 0U);
  EXPECT_EQ(comparison.slower_bests(), 1U);
  EXPECT_THAT(FindGate(comparison).line,
              HasSubstr("gate: failed: the best split takes longer in 1 of 1 "
                        "group, worst gemm n=256 batch=32: 4×1 -> 2×2 1.4"));
}

TEST(BestTimeTest, AFewPercentOfThreeLaunchesAreNoClaim) {
  const TestLaunches before = TestLaunches()
                                  .Search(kFirst, {1, 1.02, 0.98})
                                  .Search(kSecond, Times(1.5));
  const BestTime best = BestOf(before, TestLaunches()
                                           .Search(kFirst, {1.05, 1.06, 1.04})
                                           .Search(kSecond, Times(1.6)));
  EXPECT_EQ(best.times.change, Change::kCannotTell);
  EXPECT_THAT(best.times.reason, HasSubstr("not beyond chance"));
}

TEST(BestTimeTest, OneThatScattersCountsItsOwnSpread) {
  // Both splits scatter little together, but for the best's last launches.
  const TestLaunches before = TestLaunches()
                                  .Search(kFirst, {1, 1, 1, 1})
                                  .Search(kSecond, {1.5, 1.5, 1.5, 1.5});
  const TestLaunches now = TestLaunches()
                               .Search(kFirst, {1.0, 1.35, 1.0, 1.4})
                               .Search(kSecond, {1.6, 1.6, 1.6, 1.6});
  EXPECT_EQ(BestOf(before, now).times.change, Change::kCannotTell);
}

TEST(BestTimeTest, WithWorkersThatLivedOnTestsByRanks) {
  TestResults kept;
  kept.base.usable_cores = 4;
  kept.base.start_s = 0.01;
  kept.Split(4, 1).Ok(Around(1)).Split(2, 2).Ok(Around(1.5));
  const TestLaunches grid =
      TestLaunches().Grid(kFirst, Around(1.2, 8)).Grid(kSecond, Around(1.6, 8));
  const Comparison comparison = Compare(kept.rows, grid.rows, {});
  ASSERT_THAT(comparison.best_times, SizeIs(1));
  EXPECT_FALSE(comparison.best_times[0].times.by_known_spread);
  EXPECT_EQ(comparison.best_times[0].times.change, Change::kSlower);
  EXPECT_THAT(CompareResults(kept, kept).best_times, SizeIs(0));
}

// Of searches that differ by chance alone hardly any is claimed.
TEST(BestTimeTest, FalseAlarmsAreRare) {
  std::mt19937_64 random(11);
  const auto search = [&](const std::string& run_id) {
    TestLaunches launches(run_id);
    for (const std::uint64_t n : {64U, 128U, 256U, 512U}) {
      launches.base.n = n;
      launches.Search(kFirst, Lognormal(1, 0.03, 4, random));
      launches.Search(kSecond, Lognormal(1.02, 0.03, 4, random));
    }
    return launches;
  };
  int alarms = 0;
  for (int pair = 0; pair < 100; ++pair) {
    for (const BestTime& best :
         CompareLaunches(search("a"), search("b")).best_times) {
      alarms += best.times.change == Change::kSlower ||
                best.times.change == Change::kFaster;
    }
  }
  EXPECT_LE(alarms, 5);
}

}  // namespace
}  // namespace hybrid
