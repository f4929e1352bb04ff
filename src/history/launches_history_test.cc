// Runs whose repetitions are launches: of grids in rounds, and of searches.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "compare/test_launches.h"
#include "history/history_json.h"
#include "history/load_history.h"
#include "history/newest_run.h"
#include "history/series.h"
#include "history/steps.h"
#include "history/steps_text.h"
#include "history/test_history.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr Split kFour{4, 1};
constexpr Split kTwo{2, 2};
constexpr Split kOne{1, 4};

/// One run a day, of which `add` says what it measured.
template <typename AddTo>
History Runs(std::size_t count, AddTo add) {
  std::vector<Row> rows;
  for (std::size_t r = 0; r < count; ++r) {
    TestLaunches run;
    const Row of_run = RowOfRun(r);
    run.base.run_id = of_run.run_id;
    run.base.time_utc = of_run.time_utc;
    run.base.git_commit = of_run.git_commit;
    add(r, run);
    rows.insert(rows.end(), run.rows.begin(), run.rows.end());
  }
  return MakeHistory(GroupRuns(std::move(rows)));
}

TEST(LaunchesHistoryTest, WhatASearchHardlyMeasuredIsNoPoint) {
  const History history = Runs(2, [](std::size_t r, TestLaunches& run) {
    if (r == 0) {
      run.Grid(kFour, Around(1, 8)).Grid(kTwo, Around(1.3, 8));
      run.Grid(kOne, Around(3, 8));
    } else {
      run.Bound(0.1).Search(kFour, Around(1, 4)).Search(kTwo, {1.3, 1.3});
      run.Skipped(kOne, 2.9);
    }
  });
  ASSERT_THAT(history.series, SizeIs(3));
  for (const Series& series : history.series) {
    const bool is_best = series.key.split() == kFour;
    EXPECT_THAT(series.points, SizeIs(is_best ? 2 : 1));
    EXPECT_EQ(series.points.front().run, 0U);
  }
}

TEST(LaunchesHistoryTest, FloorsAreOfEachRunsOwnLaunches) {
  const History history = Runs(2, [](std::size_t r, TestLaunches& run) {
    const double spread = r == 0 ? 0.01 : 0.1;
    run.Grid(kFour, Around(1, 8, spread)).Grid(kTwo, Around(1.3, 8, -spread));
  });
  for (const HistoryRun& run : history.runs) ASSERT_THAT(run.floors, SizeIs(1));
  EXPECT_LT(history.runs[0].floors[0].floor, history.runs[1].floors[0].floor);
}

TEST(LaunchesHistoryTest, WhatWasStoppedIsNoStep) {
  const auto history = [](bool stopped) {
    return Runs(12, [stopped](std::size_t r, TestLaunches& run) {
      const double drift = 1 + 0.002 * static_cast<double>(r % 3);
      run.Grid(kFour, Around(drift, 8));
      if (r >= 6 && stopped) {
        run.Stopped(kTwo, Stage::kGrid, 1, 4);
      } else {
        run.Grid(kTwo, Around(r >= 6 ? 3.9 : 1.3 * drift, 8));
      }
    });
  };
  EXPECT_THAT(history(true).steps, IsEmpty());
  EXPECT_THAT(history(false).steps, SizeIs(1));
  EXPECT_FALSE(history(false).steps[0].other_launches);
}

TEST(LaunchesHistoryTest, AStepWhereWorkersNoLongerLivedOnSaysSo) {
  const History history = Runs(12, [](std::size_t r, TestLaunches& run) {
    const double drift = 1 + 0.002 * static_cast<double>(r % 3);
    run.Grid(kFour, Around((r >= 6 ? 1.2 : 1) * drift, 8));
    if (r >= 6) return;
    for (Row& row : run.rows) {
      row.round = 0;
      row.start_s = 0.01;
      row.batch_median_s.reset();
    }
  });
  ASSERT_THAT(history.steps, SizeIs(1));
  EXPECT_TRUE(history.steps[0].other_launches);
  EXPECT_THAT(StepsText(history), HasSubstr("workers lived on before it only"));
  const NewestRun newest;
  EXPECT_THAT(HistoryJson(history, newest, {}),
              HasSubstr("\"other_launches\": true"));
}

}  // namespace
}  // namespace hybrid
