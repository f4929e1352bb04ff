// How well the dispatcher keeps hosts at work, on clusters that don't exist.
// README.md has the tables that are printed.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "cluster/simulated_cluster.h"

namespace hybrid {
namespace {

// What SleepingHostsTest.MessageCosts measured between hosts of one machine,
// by TLS: half a round trip to an agent that sleeps, and the CPU time that a
// message costs bench. The agent's is taken to be the same.
constexpr double kMessageS = 60e-6;
constexpr double kDispatcherS = 8e-6;
constexpr double kAgentS = 8e-6;

constexpr std::array kTaskTimes{1e-4, 1e-3, 1e-2, 0.1, 1.0};

SimulatedCluster MakeCluster(std::size_t hosts, std::uint64_t workers,
                             std::uint64_t tasks_per_worker, double task_s) {
  return {.hosts = hosts,
          .workers = workers,
          .tasks = hosts * workers * tasks_per_worker,
          .task_s = task_s,
          .scatter = 0.02,
          .message_s = kMessageS,
          .dispatcher_s = kDispatcherS,
          .agent_s = kAgentS};
}

double EfficiencyOf(SimulatedCluster cluster,
                    HandOut hand_out = HandOut::kPrefetched) {
  cluster.hand_out = hand_out;
  return SimulateBatches(cluster).efficiency;
}

// With the sleeps and batches of SleepingHostsTest.Efficiency, and what its
// workers were at work.
TEST(DispatcherSimulatedTest, IsLikeWhatWasMeasured) {
  struct Case {
    double task_s;
    std::uint64_t tasks;
    double measured;
  };
  fmt::print(
      "| tasks | of | measured | simulated | ranges |\n"
      "| --- | --- | --- | --- | --- |\n");
  for (const Case& c :
       {Case{0.1689e-3, 40000, 0.997}, Case{1.06e-3, 4000, 0.993},
        Case{5.104e-3, 800, 0.987}, Case{20.13e-3, 800, 0.988}}) {
    SimulatedCluster cluster = MakeCluster(4, 2, 1, c.task_s);
    cluster.tasks = c.tasks;
    const SimulatedBatch batch = SimulateBatches(cluster);
    fmt::print("| {} | {:.4g} ms | {:.3f} | {:.3f} | {} |\n", c.tasks,
               1e3 * c.task_s, c.measured, batch.efficiency, batch.ranges);
    EXPECT_NEAR(batch.efficiency, c.measured, 0.015);
    EXPECT_GE(batch.ranges, 45U);
    EXPECT_LE(batch.ranges, 100U);
  }
}

// What breaks without prefetch and without ranges.
TEST(DispatcherSimulatedTest, ShortTasksNeedPrefetchAndAllNeedRanges) {
  const SimulatedCluster shortest = MakeCluster(10, 128, 100, 1e-4);
  const double best = EfficiencyOf(shortest);
  const double waiting = EfficiencyOf(shortest, HandOut::kWhenWaiting);
  const double one_by_one = EfficiencyOf(shortest, HandOut::kOneByOne);
  fmt::print(
      "10 x 128, 0.1 ms: {:.3f}, without prefetch {:.3f}, one by one "
      "{:.3f}\n",
      best, waiting, one_by_one);
  EXPECT_GE(best, waiting + 0.02);
  EXPECT_LE(one_by_one, 0.1);
  EXPECT_LE(EfficiencyOf(MakeCluster(10, 128, 100, 1e-3), HandOut::kOneByOne),
            0.5);
}

// The first batch, in which neither rates nor ask latencies are known.
TEST(DispatcherSimulatedTest, OneDispatcherServesHundredsOfHosts) {
  fmt::print(
      "message {:g} µs one way, {:g} µs of the dispatcher, {:g} µs of "
      "the agent\n",
      1e6 * kMessageS, 1e6 * kDispatcherS, 1e6 * kAgentS);
  fmt::print("| hosts × 128 workers, tasks of |");
  for (const double task_s : kTaskTimes) fmt::print(" {:g} ms |", 1e3 * task_s);
  fmt::print("\n| --- |");
  for (std::size_t i = 0; i < kTaskTimes.size(); ++i) fmt::print(" --- |");
  std::map<std::pair<std::size_t, double>, double> efficiency;
  for (const std::size_t hosts : {10U, 100U, 1000U}) {
    fmt::print("\n| {} |", hosts);
    for (const double task_s : kTaskTimes) {
      const SimulatedBatch batch =
          SimulateBatches(MakeCluster(hosts, 128, 100, task_s), 1);
      efficiency[{hosts, task_s}] = batch.efficiency;
      fmt::print(" {:.3f}, {}, {:.0f} % |", batch.efficiency, batch.ranges,
                 100 * batch.dispatcher_busy);
    }
  }
  fmt::print("\n");
  EXPECT_GE((efficiency[{10, 1e-4}]), 0.96);
  EXPECT_GE((efficiency[{10, 1e-3}]), 0.98);
  EXPECT_GE((efficiency[{10, 1.0}]), 0.99);
  EXPECT_GE((efficiency[{100, 1e-3}]), 0.94);
  EXPECT_GE((efficiency[{100, 1e-2}]), 0.98);
  EXPECT_GE((efficiency[{1000, 1e-2}]), 0.94);
  EXPECT_GE((efficiency[{1000, 0.1}]), 0.98);
  // Where a tree would begin.
  EXPECT_LE((efficiency[{100, 1e-4}]), 0.9);
  EXPECT_LE((efficiency[{1000, 1e-3}]), 0.9);
}

// A batch of few tasks for each worker must not take a wave more than it has.
TEST(DispatcherSimulatedTest, FewLongTasksAreSpreadAsByOneQueue) {
  fmt::print(
      "| tasks of each of 10 × 128 workers | one queue | 10 ms | 1 s |\n"
      "| --- | --- | --- | --- |\n");
  for (const std::uint64_t tasks : {1U, 2U, 3U, 4U, 10U, 30U}) {
    SimulatedCluster cluster = MakeCluster(10, 128, tasks, 1);
    cluster.scatter = 0.01;
    const double queue = EfficiencyOfOneQueue(cluster);
    const double second = EfficiencyOf(cluster);
    cluster.task_s = 1e-2;
    const double centisecond = EfficiencyOf(cluster);
    fmt::print("| {} | {:.3f} | {:.3f} | {:.3f} |\n", tasks, queue, centisecond,
               second);
    EXPECT_GE(second, queue - 0.01);
    EXPECT_GE(centisecond, queue - 0.03);
  }
}

// Fewer tasks than hosts, than workers; more hosts than tasks can be given to.
TEST(DispatcherSimulatedTest, AnyClusterComesToAnEnd) {
  for (const std::uint64_t tasks : {1U, 7U, 100U, 1001U}) {
    for (const HandOut hand_out :
         {HandOut::kPrefetched, HandOut::kWhenWaiting, HandOut::kOneByOne}) {
      SimulatedCluster cluster = MakeCluster(50, 8, 1, 1e-3);
      cluster.tasks = tasks;
      cluster.hand_out = hand_out;
      const SimulatedBatch batch = SimulateBatches(cluster);
      EXPECT_GE(batch.wall_s, 1e-3 * 0.96);
      EXPECT_GT(batch.efficiency, 0);
      EXPECT_LE(batch.ranges, tasks);
    }
  }
}

}  // namespace
}  // namespace hybrid
