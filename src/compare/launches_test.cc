// Grids in rounds and searches, compared with each other and with older files.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "compare/compare_csv.h"
#include "compare/compare_json.h"
#include "compare/compare_markdown.h"
#include "compare/compare_text.h"
#include "compare/comparison.h"
#include "compare/gate.h"
#include "compare/key_rows.h"
#include "compare/test_launches.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr Split kFour{4, 1};
constexpr Split kTwo{2, 2};
constexpr Split kOne{1, 4};
constexpr Split kSingle{1, 1};

/// Eight rounds of four splits, of which 4×1 takes `best` seconds.
TestLaunches GridOf(double best) {
  return TestLaunches()
      .Grid(kFour, Around(best, 8))
      .Grid(kTwo, Around(1.3 * best, 8))
      .Grid(kOne, Around(1.6 * best, 8))
      .Grid(kSingle, Around(3.5 * best, 8));
}

/// A search of the same, in which 2×2 left after `launches`, 1×4 was stopped,
/// and 1×1 was not run.
TestLaunches SearchOf(double best, std::size_t launches = 2) {
  return TestLaunches("search")
      .Bound(0.11 * best)
      .Search(kFour, Around(best, std::max<std::size_t>(4, launches)))
      .Search(kTwo, Around(1.3 * best, launches))
      .Stopped(kOne, Stage::kScreen, 0, 2 * best)
      .Skipped(kSingle, 3.5 * best);
}

/// The configuration of `split`, which there must be.
const ComparedConfiguration& Of(const Comparison& comparison,
                                const Split& split) {
  const auto place = std::find_if(
      comparison.configurations.begin(), comparison.configurations.end(),
      [&](const auto& c) { return c.key.split() == split; });
  EXPECT_NE(place, comparison.configurations.end());
  return *place;
}

TEST(LaunchesTest, BoundsAndWhatWasSkippedAreNoMeasurements) {
  const TestLaunches search = SearchOf(1);
  for (const auto& [key, rows] : GroupByKey(search.rows)) {
    const ComparedSide side = PoolSide(rows);
    if (key.split() == kSingle) {
      EXPECT_EQ(side.status, PooledStatus::kSkipped);
      EXPECT_FALSE(side.is_measured());
      EXPECT_FALSE(side.median_s);
      EXPECT_EQ(side.whole, 0U);
    } else {
      EXPECT_TRUE(side.launching == Launching::kSearched);
    }
  }
}

TEST(LaunchesTest, GridsInRoundsAreComparedAsBefore) {
  const Comparison same = CompareLaunches(GridOf(1), GridOf(1.005));
  EXPECT_EQ(same.Count(Change::kSame), 4U);
  EXPECT_EQ(same.left_out(), 0U);
  EXPECT_EQ(FindGate(same).line,
            "gate: passed: no regression in 4 configurations, and the best "
            "split takes no longer in 1 group (4 same)");
  const Comparison slower = CompareLaunches(GridOf(1), GridOf(1.2));
  EXPECT_EQ(slower.Count(Change::kSlower), 4U);
  ASSERT_THAT(slower.best_times, SizeIs(1));
  EXPECT_EQ(slower.best_times[0].times.change, Change::kSlower);
  // 4×1 tells it already.
  EXPECT_EQ(slower.slower_bests(), 0U);
  EXPECT_THAT(FindGate(slower).line,
              StartsWith("gate: failed: 4 of 4 configurations are slower"));
}

TEST(LaunchesTest, WhatASearchLeftOutIsNeverSlowerOrFaster) {
  for (const double factor : {0.1, 1.0, 10.0}) {
    const Comparison to = CompareLaunches(GridOf(1), SearchOf(factor));
    const Comparison from = CompareLaunches(SearchOf(factor), GridOf(1));
    for (const Split& split : {kTwo, kOne, kSingle}) {
      for (const Comparison* const one : {&to, &from}) {
        const ComparedConfiguration& c = Of(*one, split);
        EXPECT_NE(c.change, Change::kSlower) << factor;
        EXPECT_NE(c.change, Change::kFaster) << factor;
        EXPECT_FALSE(c.ratio);
        EXPECT_FALSE(c.p_value);
        EXPECT_TRUE(c.left_out);
      }
    }
  }
}

TEST(LaunchesTest, SaysWhyNothingIsClaimed) {
  const Comparison to = CompareLaunches(GridOf(1), SearchOf(1));
  EXPECT_EQ(Of(to, kOne).change, Change::kOnlyInBaseline);
  EXPECT_EQ(Of(to, kOne).reason, "stopped in the new results after 2.00 s");
  EXPECT_EQ(Of(to, kSingle).reason,
            "not run in the new results: a search left it out, as it should "
            "take at least 3.50 s");
  EXPECT_EQ(Of(to, kTwo).change, Change::kCannotTell);
  EXPECT_EQ(Of(to, kTwo).reason,
            "2 whole launches in the new results, as many as a search took "
            "interest in");
  EXPECT_FALSE(Of(to, kTwo).lacks_repetitions);
  const Comparison from = CompareLaunches(SearchOf(1, 1), GridOf(1));
  EXPECT_EQ(Of(from, kOne).change, Change::kOnlyInNew);
  EXPECT_EQ(Of(from, kOne).reason, "stopped in the baseline after 2.00 s");
  EXPECT_THAT(Of(from, kSingle).reason,
              StartsWith("not run in the baseline: a search left it out"));
  EXPECT_THAT(Of(from, kTwo).reason, StartsWith("1 whole launch in the base"));
  const Comparison budget = CompareLaunches(
      GridOf(1), TestLaunches().Grid(kFour, Around(1, 8)).Skipped(kTwo));
  EXPECT_EQ(Of(budget, kTwo).reason,
            "not run in the new results: there was no time left for it");
}

TEST(LaunchesTest, WhatNeitherSideMeasuredIsNotCounted) {
  const Comparison comparison =
      CompareLaunches(SearchOf(1, 5), SearchOf(1.001, 5));
  EXPECT_THAT(comparison.configurations, SizeIs(2));
  EXPECT_EQ(comparison.unmeasured, 2U);
  EXPECT_EQ(comparison.left_out(), 0U);
  EXPECT_EQ(comparison.Count(Change::kSame), 2U);
}

TEST(LaunchesTest, AStoppedLaunchOfAGridIsNoRegression) {
  TestLaunches now = GridOf(1);
  std::erase_if(now.rows, [](const Row& row) { return row.workers == 2; });
  now.Stopped(kTwo, Stage::kGrid, 1, 4);
  const Comparison comparison = CompareLaunches(GridOf(1), now);
  EXPECT_EQ(Of(comparison, kTwo).change, Change::kOnlyInBaseline);
  EXPECT_EQ(FindGate(comparison).verdict, GateVerdict::kPassed);
  // Workers that lived on were stopped after others had ended again and again.
  const TestResults before = TestResults().Ok(Around(1));
  EXPECT_EQ(CompareResults(before, TestResults().Capped(4)).regressions(), 1U);
}

TEST(LaunchesTest, AFailureIsOneAllTheSame) {
  TestLaunches now = SearchOf(1);
  std::erase_if(now.rows, [](const Row& row) { return row.workers == 2; });
  Row failed = GridOf(1).rows[8];
  failed.status = Status::kError;
  failed.error = "worker 1 died";
  now.rows.push_back(failed);
  EXPECT_EQ(Of(CompareLaunches(GridOf(1), now), kTwo).change, Change::kFailed);
}

TEST(LaunchesTest, GateOfAGridAndASearchGoesByTheBest) {
  const Gate passed = FindGate(CompareLaunches(GridOf(1), SearchOf(1)));
  EXPECT_EQ(passed.verdict, GateVerdict::kPassed);
  EXPECT_EQ(passed.line,
            "gate: passed: no regression in 1 of 2 configurations, and the "
            "best split takes no longer in 1 group (1 same, 1 can't tell, 2 "
            "only in baseline)");
  EXPECT_EQ(FindGate(CompareLaunches(SearchOf(1), GridOf(1))).verdict,
            GateVerdict::kPassed);
  EXPECT_EQ(FindGate(CompareLaunches(GridOf(1), SearchOf(1.2))).verdict,
            GateVerdict::kFailed);
  // Of so few launches nothing can be told of the best.
  const TestLaunches few =
      TestLaunches().Search(kFour, {1, 1}).Skipped(kTwo, 2);
  const Gate undecided = FindGate(CompareLaunches(GridOf(1), few));
  EXPECT_EQ(undecided.verdict, GateVerdict::kUndecided);
  EXPECT_THAT(undecided.line, HasSubstr("nor what the best split takes there"));
}

TEST(LaunchesTest, ThatWorkersLivedOnOnOneSideIsNoted) {
  TestResults kept;
  kept.base.usable_cores = 4;
  kept.base.workers = 4;
  kept.base.start_s = 0.01;
  kept.Ok(Around(1));
  const TestLaunches grid = TestLaunches().Grid(kFour, Around(1.001, 8));
  const auto notes = [](const std::vector<Row>& before,
                        const std::vector<Row>& now) {
    std::string text;
    for (const Difference& one : Compare(before, now, {}).differences) {
      if (one.what != "workers") continue;
      EXPECT_EQ(one.weight, Weight::kNote);
      text = DifferenceText(one);
    }
    return text;
  };
  EXPECT_EQ(notes(kept.rows, grid.rows),
            "workers: lived on through all repetitions in the baseline, "
            "launched anew for each repetition in the new results (gemm n=256 "
            "batch=32 4×1)");
  EXPECT_THAT(notes(grid.rows, kept.rows),
              StartsWith("workers: launched anew"));
  EXPECT_EQ(notes(grid.rows, grid.rows), "");
  // Interleaved repetitions were launched anew, too.
  double start_s = 0.01;
  for (Row& row : kept.rows) row.start_s = start_s += 0.001;
  EXPECT_EQ(notes(kept.rows, grid.rows), "");
}

TEST(LaunchesTest, AllOutputsTellOfTheBestAndOfWhatIsLeftOut) {
  const Comparison comparison = CompareLaunches(GridOf(1), SearchOf(1));
  const std::string left_out =
      "3 of these were stopped, left out, or of no more interest to a search "
      "on one side";
  EXPECT_THAT(
      CompareText(comparison, {}),
      AllOf(HasSubstr("\nbest split's time        baseline"),
            HasSubstr("\ngemm n=256 batch=32 4×1    1.00 s  1.00 s"),
            HasSubstr("not run"), HasSubstr("stopped"), HasSubstr(left_out)));
  EXPECT_THAT(CompareMarkdown(comparison, {}),
              AllOf(HasSubstr("| best split's time | baseline |"),
                    HasSubstr("| gemm n=256 batch=32 4×1 | 1.00 s | 1.00 s |"),
                    HasSubstr(left_out)));
  EXPECT_THAT(CompareCsv(comparison),
              HasSubstr(",same,,best split's time: 4×1\n"));
  const std::string json = CompareJson(comparison, {});
  EXPECT_THAT(json, AllOf(HasSubstr("\"best_times\""),
                          HasSubstr("\"baseline_split\": \"4×1\""),
                          HasSubstr("\"status\": \"skipped\""),
                          HasSubstr("\"left_out\": 3")));
  // Of older files nothing is said of it.
  const TestResults kept = TestResults().Ok(Around(1));
  const Comparison older = CompareResults(kept, kept);
  EXPECT_THAT(CompareText(older, {}), Not(HasSubstr("best split's time")));
  EXPECT_THAT(CompareJson(older, {}), Not(HasSubstr("best_times")));
}

TEST(LaunchesTest, WithoutACommonMeasurementItSaysWhatWasLeftOut) {
  const TestLaunches none =
      TestLaunches().Stopped(kFour, Stage::kScreen, 0, 9).Skipped(kTwo, 9);
  const Comparison comparison = CompareLaunches(GridOf(1), none);
  EXPECT_FALSE(comparison.has_common());
  EXPECT_THAT(NothingInCommonText(comparison),
              StartsWith("the files have no configuration in common that both "
                         "measured, and no group with a best split on both "
                         "sides: "));
}

}  // namespace
}  // namespace hybrid
