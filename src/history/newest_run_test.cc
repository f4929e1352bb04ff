#include "history/newest_run.h"

#include <gtest/gtest.h>

#include <cstddef>

#include "history/test_history_folder.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

using NewestRunTest = HistoryFolderTest;

TEST_F(NewestRunTest, ComparesTheNewestRunWithTheWindow) {
  simulation_.level = [](std::size_t r, std::size_t c) {
    return c == 0 && r == 11 ? 1.3 : 1.0;
  };
  const History history = Load();
  const NewestRun newest = CompareNewest(history, {4}, CompareSettings());
  EXPECT_EQ(newest.window, 4U);
  EXPECT_EQ(newest.comparison.baseline.runs, 4U);
  EXPECT_EQ(newest.comparison.now.runs, 1U);
  EXPECT_EQ(newest.comparison.regressions(), 1U);
  EXPECT_EQ(CompareNewest(history, {99}, CompareSettings()).window, 11U);
}

TEST_F(NewestRunTest, LeavesOutRunsBeforeTheAcceptedOne) {
  const History history = Load();
  const CompareSettings settings;
  EXPECT_EQ(CompareNewest(history, {10, 7}, settings).window, 4);
  EXPECT_EQ(CompareNewest(history, {2, 7}, settings).window, 2);
  EXPECT_EQ(CompareNewest(history, {10, 7}, settings).comparison.regressions(),
            0);
  // Nothing is left to compare with, so what was accepted is shown.
  EXPECT_EQ(CompareNewest(history, {10, 11}, settings).window, 10);
}

TEST_F(NewestRunTest, NeedsTwoRunsToCompare) {
  simulation_.runs = 1;
  const History history = Load();
  EXPECT_THROW(CompareNewest(history, {10}, CompareSettings()), ResultsError);
}

}  // namespace
}  // namespace hybrid
