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

TEST(SampleTest, OfTheSlowestHostsTheMeanIsTold) {
  Sample sample;
  BatchTiming timing;
  timing.wall_s = 1;
  timing.tasks_done = 8;
  timing.workers.resize(4, {.load_s = 0, .operate_s = 0.5, .tasks = 2});
  timing.slowest_host = HostTiming{.gate_s = 1e-4,
                                   .report_s = 2e-4,
                                   .clock_bound_s = 1e-6,
                                   .starved_s = 0.01,
                                   .ranges = 3,
                                   .agent_cpu_s = 1e-3};
  sample.Add(timing);
  timing.slowest_host->gate_s = 3e-4;
  timing.slowest_host->ranges = 4;
  sample.Add(timing);
  Key key = GemmKey(8, 8, 2);
  key.host_count = 2;
  Row row;
  sample.Fill(key, row);
  EXPECT_DOUBLE_EQ(row.gate_s.value(), 2e-4);
  EXPECT_DOUBLE_EQ(row.report_s.value(), 2e-4);
  EXPECT_DOUBLE_EQ(row.clock_bound_s.value(), 1e-6);
  EXPECT_DOUBLE_EQ(row.starved_s.value(), 0.01);
  EXPECT_DOUBLE_EQ(row.ranges.value(), 3.5);
  EXPECT_DOUBLE_EQ(row.agent_cpu_s.value(), 1e-3);
  EXPECT_DOUBLE_EQ(row.operate_s.value(), 0.5);
}

TEST(SampleTest, WithoutHostsNothingIsToldOfThem) {
  Sample sample;
  BatchTiming timing;
  timing.wall_s = 1;
  timing.tasks_done = 1;
  sample.Add(timing);
  Row row;
  sample.Fill(GemmKey(8, 1), row);
  EXPECT_FALSE(row.gate_s || row.report_s || row.clock_bound_s ||
               row.starved_s || row.ranges || row.agent_cpu_s);
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
