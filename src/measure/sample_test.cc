#include "measure/sample.h"

#include <gtest/gtest.h>

#include "key/test_keys.h"

namespace hybrid {
namespace {

TEST(SampleTest, FillsMeansPerBatchAndPhasesThatAddUp) {
  Sample sample;
  sample.Add({.wall_s = 1.0,
              .gate_s = 0.1,
              .tasks_done = 4,
              .capped = false,
              .workers = {{.load_s = .2, .operate_s = .6, .tasks = 3},
                          {.load_s = .1, .operate_s = .3, .tasks = 1}}});
  sample.Add({.wall_s = 3.0,
              .gate_s = 0.3,
              .tasks_done = 4,
              .capped = false,
              .workers = {{.load_s = .6, .operate_s = 1.8, .tasks = 2},
                          {.load_s = .3, .operate_s = .9, .tasks = 2}}});
  Row row;
  sample.Fill(GemmKey(1000, 4, 2), row);
  EXPECT_EQ(row.iterations, 2U);
  EXPECT_DOUBLE_EQ(row.wall_s.value(), 2);
  EXPECT_DOUBLE_EQ(row.load_s.value(), .3);
  EXPECT_DOUBLE_EQ(row.operate_s.value(), .9);
  EXPECT_DOUBLE_EQ(row.idle_s.value(), .8);
  EXPECT_EQ(row.tasks_done, 4U);
  EXPECT_DOUBLE_EQ(row.tasks_per_s.value(), 2);
  EXPECT_DOUBLE_EQ(row.gflops.value(), 4);
  // Busy 3.2 and 1.6 s: the median of two is their mean.
  EXPECT_DOUBLE_EQ(row.imbalance.value(), 3.2 / 2.4);
}

TEST(SampleTest, NobodyKnowsTheFlopsOfACommand) {
  Sample sample;
  sample.Add({.wall_s = 2,
              .gate_s = 0,
              .tasks_done = 4,
              .capped = false,
              .workers = {{.load_s = 0, .operate_s = 2, .tasks = 4}}});
  Row row;
  sample.Fill(CommandKey("./job", 4), row);
  EXPECT_FALSE(row.gflops);
  EXPECT_EQ(row.tasks_per_s, 2);
}

TEST(SampleTest, WithoutABatchThereIsNothingToTell) {
  Row row;
  Sample().Fill(GemmKey(8, 1, 2), row);
  EXPECT_EQ(row, Row());
}

TEST(SampleTest, WithoutWorkThereIsNoBalance) {
  Sample sample;
  sample.Add({.wall_s = 1.0,
              .gate_s = 0,
              .tasks_done = 1,
              .capped = false,
              .workers = {{}, {}}});
  Row row;
  sample.Fill(GemmKey(8, 1, 2), row);
  EXPECT_FALSE(row.imbalance);
}

TEST(SampleTest, OfKilledWorkersOnlyTheTasksAreKnown) {
  Sample sample;
  BatchTiming timing;
  timing.wall_s = 2;
  timing.tasks_done = 3;
  timing.capped = true;
  sample.Add(timing);
  Row row;
  sample.Fill(GemmKey(8, 10, 2), row);
  EXPECT_EQ(row.wall_s, 2);
  EXPECT_EQ(row.tasks_done, 3U);
  EXPECT_EQ(row.tasks_per_s, 1.5);
  EXPECT_FALSE(row.load_s || row.operate_s || row.idle_s || row.imbalance);
}

}  // namespace
}  // namespace hybrid
