#include "analysis/rules_hosts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "analysis/answer.h"
#include "analysis/finding.h"
#include "analysis/group_key.h"
#include "analysis/recorded_ceilings.h"
#include "analysis/rule_input.h"
#include "analysis/rules_batch.h"
#include "analysis/rules_cores.h"
#include "analysis/split_result.h"
#include "analysis/test_rows.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr Engine kProcesses = Engine::kProcesses;

/// On hosts of two cores.
class RulesHostsTest : public ::testing::Test {
 protected:
  RulesHostsTest() {
    key.usable_cores = 2;
    key.operation = "gemm";
    key.n = 64;
    key.batch = 64;
    single = Measured({1, 1}, 1000);
    one_host = Measured({2, 1}, 2000);
    best = Measured({2, 1, kProcesses, 4}, 7600);
    best.evidence.network_share = 0.02;
    best.evidence.starved_share = 0.001;
  }

  static SplitResult Measured(Split split, double tasks_per_s) {
    SplitResult result;
    result.split = split;
    result.tasks_per_s = tasks_per_s;
    result.median_s = 64 / tasks_per_s;
    result.evidence.operate_share = 1;
    result.evidence.idle_share = 0;
    return result;
  }

  RuleInput Input(const SplitResult& split) const {
    return {split, &single, best, ceilings, key, &one_host, hosts};
  }

  GroupKey key;
  RecordedCeilings ceilings;
  std::vector<RecordedHost> hosts;
  SplitResult single;
  SplitResult one_host;
  SplitResult best;
};

TEST_F(RulesHostsTest, ASlowHostSlowsWhatUsesAllHosts) {
  best = Measured({2, 1, kProcesses, 3}, 6000);
  const SplitResult split = Measured({2, 1, kProcesses, 4}, 5500);
  hosts = {{"h0", 60}, {"h1", 30}, {"h2", 62}, {"h3", 58}};
  const auto finding = SlowerHost(Input(split));
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->cause, Cause::kSlowHost);
  EXPECT_EQ(finding->text, "slow host h1: peak 30.0 GFLOP/s, the others' 60.0");
  EXPECT_NEAR(finding->severity, 240.0 / 210, 1e-9);
  // Whether it is among three of them nobody knows.
  EXPECT_FALSE(SlowerHost(Input(best)));
  hosts[1].peak_gflops = 55;
  EXPECT_FALSE(SlowerHost(Input(split)));
  hosts[1].peak_gflops.reset();
  EXPECT_FALSE(SlowerHost(Input(split)));
  hosts.clear();
  EXPECT_FALSE(SlowerHost(Input(split)));
}

TEST_F(RulesHostsTest, WhatTheBestLosesToASlowHostTellsNothingApart) {
  hosts = {{"h0", 60}, {"h1", 30}, {"h2", 62}, {"h3", 58}};
  const SplitResult split = Measured({1, 1, kProcesses, 4}, 3900);
  EXPECT_DOUBLE_EQ(SlowerHost(Input(split))->severity, 1);
}

TEST_F(RulesHostsTest, StarvedFromATwentieth) {
  SplitResult split = Measured({2, 1, kProcesses, 2}, 3000);
  EXPECT_FALSE(Starved(Input(split)));
  split.evidence.starved_share = 0.04;
  EXPECT_FALSE(Starved(Input(split)));
  split.evidence.starved_share = 0.2;
  split.evidence.ranges = 9;
  const auto finding = Starved(Input(split));
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->cause, Cause::kStarved);
  EXPECT_NEAR(finding->severity, 0.999 / 0.8, 1e-9);
  EXPECT_EQ(finding->text,
            "starved for work: the slowest host's workers waited 20 % of the "
            "wall time for tasks still to come, 9 ranges a batch");
}

TEST_F(RulesHostsTest, TheNetworkFromATwentieth) {
  SplitResult split = Measured({2, 1, kProcesses, 2}, 3000);
  split.evidence.gate_s = 2e-4;
  split.evidence.report_s = 1e-4;
  split.evidence.network_share = 0.04;
  EXPECT_FALSE(FarHosts(Input(split)));
  split.evidence.network_share = 0.3;
  const auto finding = FarHosts(Input(split));
  ASSERT_TRUE(finding);
  EXPECT_NEAR(finding->severity, 0.98 / 0.7, 1e-9);
  EXPECT_EQ(finding->text,
            "the network: the slowest host's gate took 200 µs and its report "
            "100 µs, 30 % of the wall time");
}

TEST_F(RulesHostsTest, WhatHostsWaitForIsNoOrdinaryWaiting) {
  SplitResult split = Measured({2, 1, kProcesses, 2}, 3000);
  split.evidence.idle_share = 0.3;
  split.evidence.idle_s = 1e-4;
  EXPECT_TRUE(Waiting(Input(split)));
  split.evidence.network_share = 0.2;
  split.evidence.starved_share = 0.05;
  EXPECT_FALSE(Waiting(Input(split)));
}

TEST_F(RulesHostsTest, WorkersAndCoresAreThoseOfAllHosts) {
  EXPECT_EQ(CoresIdle(Input(one_host))->text,
            "uses 2 of 8 cores, on 1 of 4 hosts");
  EXPECT_DOUBLE_EQ(CoresIdle(Input(one_host))->severity, 4);
  SplitResult split = Measured({1, 1, kProcesses, 4}, 3900);
  EXPECT_EQ(CoresIdle(Input(split))->text, "uses 4 of 8 cores");
  // More threads than a host has cores, but fewer than all have.
  split = Measured({4, 1, kProcesses, 2}, 3000);
  EXPECT_TRUE(HasTooManyThreads(Input(split), split));
  split.evidence.run_delay = 0.5;
  EXPECT_THAT(TakingTurns(Input(split))->text,
              StartsWith("more workers than cores: 4 take turns on 2 of each "
                         "host, "));
  // Over what the best loses against its cores.
  EXPECT_DOUBLE_EQ(TakingTurns(Input(split))->severity,
                   4000.0 / 3000 / (8000.0 / 7600));
  split = Measured({2, 1, kProcesses, 4}, 6000);
  key.batch = 12;
  split.evidence.idle_share = 0.25;
  EXPECT_EQ(Imbalance(Input(split))->text,
            "imbalance over 4 hosts: 12 tasks take 8 workers 2 rounds where "
            "1.5 would do, idle 25 %");
  key.batch = 64;
  split.evidence.imbalance = 1.4;
  EXPECT_EQ(Imbalance(Input(split))->text,
            "imbalance over 4 hosts: the slowest worker was busy 1.40× as long "
            "as the median one, idle 25 %");
  key.batch = 6;
  split.evidence.idle_s = 1e-4;
  EXPECT_EQ(Waiting(Input(split))->text,
            "more workers than tasks: 8 for 6 tasks, workers idle 25 % of the "
            "wall time");
}

TEST_F(RulesHostsTest, AgentsAreRepaidAgainstTheBestOfOneHost) {
  one_host.evidence.start_s = 0.01;
  single.evidence.start_s = 0.01;
  best.evidence.start_s = 0.2;
  const auto finding = StartNotRepaid(Input(best));
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->cause, Cause::kStartNotRepaid);
  EXPECT_EQ(finding->text,
            "start-up of the agents not repaid by 64 tasks, but from 516 on: "
            "208 ms with it, 2×1 on one host 42.0 ms");
  key.batch = 600;
  one_host.median_s = 600.0 / 2000;
  best.median_s = 600.0 / 7600;
  single.median_s = 600.0 / 1000;
  EXPECT_FALSE(StartNotRepaid(Input(best)));
  // Of one host it is told as ever.
  EXPECT_FALSE(AgentsNotRepaid(Input(one_host)));
}

TEST(AnswersWithHostsTest, SharesOfThePeakAreOfAllHosts) {
  TestRows test;
  const auto peak = [](Row& row) {
    row.peak_gflops = 50;
    row.core_peak_gflops = 25;
    row.gflops = row.host_count == 4 ? 160 : 40;
    row.peak_fraction =
        *row.gflops / (50.0 * static_cast<double>(row.host_count));
  };
  test.Ok({2, 1}, {1, 1.01, 1.02}, peak);
  test.Ok({2, 1, kProcesses, 4}, {0.25, 0.251, 0.252}, peak);
  const std::vector<Answer> answers = FindAnswers(test.rows);
  const Answer& answer = answers.at(0);
  // More than one host can do, but no more than four.
  EXPECT_EQ(answer.ceilings.peak(Precision::kDouble).gflops, 50);
  EXPECT_DOUBLE_EQ(*answer.splits[0].evidence.peak_fraction, 0.8);
  EXPECT_DOUBLE_EQ(*answer.splits[1].evidence.peak_fraction, 0.8);
  EXPECT_EQ(answer.best()->split.host_count, 4U);
  EXPECT_EQ(answer.best_of_one_host()->split, (Split{2, 1}));
}

}  // namespace
}  // namespace hybrid
