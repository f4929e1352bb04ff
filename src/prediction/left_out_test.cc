#include "prediction/left_out.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "prediction/test_sizes.h"

namespace hybrid {
namespace {

TEST(LeftOutTest, CountsWhatTheOthersPredict) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  test.Add(128, 8, {{kWorkers, 5}, {kSerial, 9}});  // predicted: 4, so right
  test.Add(256, 8, {{kWorkers, 16}, {kSerial, 16.2}});  // nearly
  test.Add(512, 8, {{kWorkers, 64}, {kSerial, 32}});    // wrong
  test.Add(1024, 8, {{kWorkers, 256}, {kSerial, 512}});
  const Grid grid = FindGrid(test.rows);
  const LeftOut left_out = TryLeftOut(grid, {.n = true});
  EXPECT_EQ(left_out.sizes, 3U);
  EXPECT_EQ(left_out.right, 1U);
  EXPECT_EQ(left_out.close, 1U);
  EXPECT_DOUBLE_EQ(left_out.worst, 1);
  ASSERT_EQ(left_out.errors.size(), 3U);
  EXPECT_DOUBLE_EQ(left_out.errors[0], 1 - 4 / 5.0);
  EXPECT_DOUBLE_EQ(left_out.widest, 4);
  EXPECT_EQ(LeftOutText(left_out),
            "1 of 3 sizes right, 1 within 3 %, 1 wrong by up to 100 %");
}

TEST(LeftOutTest, LeavesABatchOut) {
  TestSizes test;
  test.Add(64, 2, {{kWorkers, 1}, {kSerial, 2}});
  test.Add(64, 8, {{kWorkers, 4}, {kSerial, 8}});
  test.Add(64, 16, {{kWorkers, 8}, {kSerial, 16}});
  const Grid grid = FindGrid(test.rows);
  const LeftOut left_out = TryLeftOut(grid, {.batch = true});
  // Of 2 tasks on 2 cores no other batch tells.
  EXPECT_EQ(left_out.sizes, 2U);
  EXPECT_EQ(LeftOutText(left_out), "2 of 2 sizes right");
  EXPECT_EQ(TryLeftOut(grid, {.n = true}).sizes, 0U);
  EXPECT_EQ(TryLeftOut(grid, {}).sizes, 0U);
}

TEST(LeftOutTest, WhatDidNotCompleteThereIsWrong) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  test.Add(128, 8, {{kSerial, 8}, {{1, 2}, 7}});
  test.base.n = 128;
  test.Error(kWorkers, "worker 0 died");
  test.Add(256, 8, {{kWorkers, 16}, {kSerial, 32}});
  const LeftOut left_out = TryLeftOut(FindGrid(test.rows), {.n = true});
  EXPECT_EQ(LeftOutText(left_out), "0 of 1 size right, 1 wrong");
  EXPECT_TRUE(left_out.errors.empty());
}

TEST(LeftOutTest, SaysIfThereIsNothingToLeaveOut) {
  EXPECT_EQ(LeftOutText({}), "none could be predicted from the others");
}

}  // namespace
}  // namespace hybrid
