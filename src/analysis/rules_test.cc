#include <gtest/gtest.h>

#include <string>

#include "analysis/group_key.h"
#include "analysis/recorded_ceilings.h"
#include "analysis/rule_input.h"
#include "analysis/rules_batch.h"
#include "analysis/rules_cores.h"
#include "analysis/rules_machine.h"
#include "analysis/split_result.h"

namespace hybrid {
namespace {

/// Each rule just on either side of its thresholds, on two cores.
class RulesTest : public ::testing::Test {
 protected:
  RulesTest() {
    key.usable_cores = 2;
    key.operation = "gemm";
    key.data = Data::kFresh;
    key.n = 64;
    key.batch = 32;
    single = Measured({1, 1}, 1000);
    single.evidence.run_delay = 0.01;
    single.evidence.task_p99_s = 0.001;
    best = Measured({2, 1}, 2000);
  }

  /// A split of that rate whose workers do nothing but operate.
  static SplitResult Measured(Split split, double tasks_per_s) {
    SplitResult result;
    result.split = split;
    result.tasks_per_s = tasks_per_s;
    result.evidence.load_share = 0;
    result.evidence.operate_share = 1;
    result.evidence.idle_share = 0;
    return result;
  }

  RuleInput Input(const SplitResult& split) const {
    return {split, &single, best, ceilings, key};
  }

  GroupKey key;
  RecordedCeilings ceilings;
  SplitResult single;
  SplitResult best;
};

TEST_F(RulesTest, OversubscribedNeedsWaitLatencyAndPrice) {
  SplitResult split = Measured({2, 2}, 1500);
  split.evidence.run_delay = 0.11;
  split.evidence.task_p99_s = 0.0016;
  ASSERT_TRUE(Oversubscribed(Input(split)));
  EXPECT_DOUBLE_EQ(Oversubscribed(Input(split))->severity, 2000.0 / 1500);
  const auto not_with = [&](auto change) {
    SplitResult other = split;
    change(other);
    return !Oversubscribed(Input(other));
  };
  EXPECT_TRUE(not_with([](auto& other) { other.evidence.run_delay = 0.09; }));
  EXPECT_TRUE(not_with([](auto& other) { other.evidence.run_delay.reset(); }));
  EXPECT_TRUE(
      not_with([](auto& other) { other.evidence.task_p99_s = 0.0014; }));
  EXPECT_TRUE(not_with([](auto& other) { other.evidence.task_p99_s.reset(); }));
  EXPECT_TRUE(not_with([](auto& other) { other.tasks_per_s = 1650; }));
  EXPECT_TRUE(not_with([](auto& other) { other.split = {4, 1}; }));
  EXPECT_TRUE(not_with([](auto& other) { other.split = {1, 2}; }));
  single.evidence.run_delay = 0.05;  // who waits there waits anyhow
  EXPECT_FALSE(Oversubscribed(Input(split)));
  EXPECT_FALSE(Oversubscribed({split, nullptr, best, ceilings, key}));
}

TEST_F(RulesTest, TakingTurnsIsOfSingleThreadedWorkers) {
  SplitResult split = Measured({4, 1}, 1900);
  split.evidence.run_delay = 0.49;
  split.evidence.task_p99_s = 1;
  ASSERT_TRUE(TakingTurns(Input(split)));
  EXPECT_DOUBLE_EQ(TakingTurns(Input(split))->severity, 2000.0 / 1900);
  EXPECT_FALSE(Oversubscribed(Input(split)));
  split.split = {2, 2};
  EXPECT_FALSE(TakingTurns(Input(split)));
  split.split = {2, 1};
  EXPECT_FALSE(TakingTurns(Input(split)));
}

TEST_F(RulesTest, ThreadsTooFineBelowNineTenths) {
  EXPECT_TRUE(ThreadsTooFine(Input(Measured({1, 2}, 1780))));
  EXPECT_FALSE(ThreadsTooFine(Input(Measured({1, 2}, 1820))));
  EXPECT_FALSE(ThreadsTooFine(Input(Measured({2, 1}, 1000))));
  EXPECT_FALSE(ThreadsTooFine(Input(Measured({2, 2}, 1000))));
  SplitResult split = Measured({1, 2}, 1000);
  split.evidence.operate_share.reset();
  EXPECT_FALSE(ThreadsTooFine(Input(split)));
}

TEST_F(RulesTest, OfACommandNoBlasIsNamed) {
  key.usable_cores = 4;
  key.operation = kCommandOperation;
  key.blas.clear();
  best = Measured({4, 1}, 4000);
  SplitResult split = Measured({1, 4}, 1000);
  split.evidence.threads_seen = 1;
  EXPECT_EQ(FewerThreads(Input(split))->text,
            "the command ran on 1 thread of 4, on 1 of 4 cores");
  split.evidence.threads_seen.reset();
  const std::string fine = ThreadsTooFine(Input(split))->text;
  EXPECT_NE(fine.find(" n=64: each of a worker's 4 "), std::string::npos);
  key.n = 0;
  const std::string unsaid = ThreadsTooFine(Input(split))->text;
  EXPECT_EQ(unsaid.find(" n="), std::string::npos) << unsaid;
  EXPECT_NE(unsaid.find(": each of a worker's 4 "), std::string::npos);
}

TEST_F(RulesTest, FewerThreadsIdleTheCoresOfTheOthers) {
  key.usable_cores = 4;
  best = Measured({4, 1}, 4000);
  SplitResult split = Measured({1, 4}, 1000);
  EXPECT_FALSE(FewerThreads(Input(split)));  // none was told
  split.evidence.threads_seen = 1;
  ASSERT_TRUE(FewerThreads(Input(split)));
  EXPECT_DOUBLE_EQ(FewerThreads(Input(split))->severity, 4);
  EXPECT_EQ(FewerThreads(Input(split))->text,
            "BLIS ran gemm n=64 on 1 thread of 4, on 1 of 4 cores");
  key.blas = "openblas-pthread";
  EXPECT_EQ(FewerThreads(Input(split))->text,
            "OpenBLAS ran gemm n=64 on 1 thread of 4, on 1 of 4 cores: it cuts "
            "threads below m·n·k = 1048576 (262144 for each)");
  // A tall matrix is work enough.
  key.aspect = 4;
  EXPECT_EQ(FewerThreads(Input(split))->text,
            "OpenBLAS ran gemm n=64 on 1 thread of 4, on 1 of 4 cores");
  key.aspect = 1;
  key.operation = "gesdd";
  EXPECT_EQ(FewerThreads(Input(split))->text,
            "OpenBLAS ran gesdd n=64 on 1 thread of 4, on 1 of 4 cores: parts "
            "of LAPACK are serial");
  key.blas = "/opt/libmine.so";
  key.operation = "gemm";
  EXPECT_EQ(FewerThreads(Input(split))->text,
            "the BLAS ran gemm n=64 on 1 thread of 4, on 1 of 4 cores");
  split.evidence.threads_seen = 3;
  EXPECT_DOUBLE_EQ(FewerThreads(Input(split))->severity, 4.0 / 3);
  split.evidence.threads_seen = 3.5;  // half of the repetitions had all
  EXPECT_FALSE(FewerThreads(Input(split)));
  // Enough workers occupy all cores with one thread each.
  split = Measured({4, 4}, 3900);
  split.evidence.threads_seen = 1;
  EXPECT_FALSE(FewerThreads(Input(split)));
}

TEST_F(RulesTest, ThreadsThatDidNotRunAreNeitherTooFineNorCrowded) {
  SplitResult split = Measured({1, 4}, 1000);
  split.evidence.run_delay = 0.3;
  split.evidence.task_p99_s = 0.01;
  split.evidence.load_share = 0.3;
  ASSERT_TRUE(Oversubscribed(Input(split)));
  split.evidence.threads_seen = 1;
  EXPECT_FALSE(Oversubscribed(Input(split)));
  EXPECT_FALSE(TakingTurns(Input(split)));
  EXPECT_FALSE(ThreadsTooFine(Input(split)));
  EXPECT_FALSE(LoadNotParallel(Input(split)));
  EXPECT_FALSE(CoresIdle(Input(split)));
}

TEST_F(RulesTest, SerialLoadAboveATwentieth) {
  SplitResult split = Measured({1, 2}, 1500);
  split.evidence.load_share = 0.11;
  EXPECT_TRUE(LoadNotParallel(Input(split)));
  split.evidence.load_share = 0.09;
  EXPECT_FALSE(LoadNotParallel(Input(split)));
  split = Measured({2, 1}, 1500);
  split.evidence.load_share = 0.9;
  EXPECT_FALSE(LoadNotParallel(Input(split)));
}

TEST_F(RulesTest, ImbalanceMustBePredictedAndSeen) {
  key.usable_cores = 4;
  key.batch = 5;
  SplitResult split = Measured({4, 1}, 1000);
  split.evidence.idle_share = 0.20;  // of 0.375 predicted
  EXPECT_TRUE(Imbalance(Input(split)));
  EXPECT_DOUBLE_EQ(Imbalance(Input(split))->severity, 1.25);  // what is seen
  split.evidence.idle_share = 0.18;
  EXPECT_FALSE(Imbalance(Input(split)));
  split.evidence.idle_share = 0.375;
  EXPECT_DOUBLE_EQ(Imbalance(Input(split))->severity, 1.6);
  key.batch = 3;  // more workers than tasks is another matter
  EXPECT_FALSE(Imbalance(Input(split)));
  key.batch = 31;  // 32 / 31 is even enough
  EXPECT_FALSE(Imbalance(Input(split)));
  split.evidence.imbalance = 1.5;
  EXPECT_TRUE(Imbalance(Input(split)));
  key.usable_cores = 2;
  EXPECT_FALSE(Imbalance(Input(split)));
}

TEST_F(RulesTest, WaitingAboveATenthOfAShortTime) {
  SplitResult split = Measured({2, 1}, 1000);
  split.evidence.idle_share = 0.11;
  split.evidence.idle_s = 0.004;
  EXPECT_TRUE(Waiting(Input(split)));
  split.evidence.idle_share = 0.09;
  EXPECT_FALSE(Waiting(Input(split)));
  split.evidence.idle_share = 0.11;
  split.evidence.idle_s = 0.006;
  EXPECT_FALSE(Waiting(Input(split)));
  key.batch = 1;  // one of two has nothing to do, however long it takes
  EXPECT_TRUE(Waiting(Input(split)));
}

TEST_F(RulesTest, MemoryBoundFromHalfTheTriad) {
  key.n = 1000;
  ceilings.cache_bytes = 1U << 20U;
  ceilings.triad_bytes_per_s = 64e6 * 1000 / 0.51;
  best.tasks_per_s = 900;
  EXPECT_TRUE(MemoryBound(Input(Measured({1, 2}, 1000))));
  ceilings.triad_bytes_per_s = 64e6 * 1000 / 0.49;
  EXPECT_FALSE(MemoryBound(Input(Measured({1, 2}, 1000))));
}

TEST_F(RulesTest, CoresIdleOnlyBesideABestThatUsesMore) {
  EXPECT_TRUE(CoresIdle(Input(single)));
  EXPECT_FALSE(CoresIdle(Input(Measured({1, 2}, 1000))));
  EXPECT_FALSE(CoresIdle(Input(Measured({4, 1}, 1000))));
  best = single;
  EXPECT_FALSE(CoresIdle(Input(single)));
}

TEST_F(RulesTest, KernelsBelowNineTenths) {
  SplitResult split = Measured({4, 1}, 1780 * 2);
  key.usable_cores = 4;
  split.kernels = "haswell";
  best.kernels = "skx";
  EXPECT_TRUE(SlowerKernels(Input(split)));
  split.tasks_per_s = 1820 * 2;
  EXPECT_FALSE(SlowerKernels(Input(split)));
  split.kernels_gain = 0.89;
  EXPECT_TRUE(SlowerKernels(Input(split)));
  split.kernels_gain = 0.91;
  EXPECT_FALSE(SlowerKernels(Input(split)));
}

TEST_F(RulesTest, DisturbedFromATwentieth) {
  SplitResult split = Measured({2, 1}, 1000);
  EXPECT_FALSE(Disturbed(Input(split)));
  split.evidence.steal_share = 0.03;
  split.evidence.throttled_share = 0.021;
  EXPECT_TRUE(Disturbed(Input(split)));
  split.evidence.throttled_share = 0.019;
  EXPECT_FALSE(Disturbed(Input(split)));
}

TEST_F(RulesTest, OthersOnAFreeCoreTakeNothing) {
  SplitResult split = Measured({1, 1}, 1000);
  split.evidence.foreign_share = 0.9;
  EXPECT_FALSE(Disturbed(Input(split)));
  split.evidence.foreign_share = 1.2;
  EXPECT_TRUE(Disturbed(Input(split)));
  split.evidence.run_delay = 0.01;
  EXPECT_FALSE(Disturbed(Input(split)));
}

TEST_F(RulesTest, NobodyDisturbsOnCoresThatAreNotTold) {
  key.usable_cores = 0;
  SplitResult split = Measured({1, 1}, 1000);
  split.evidence.foreign_share = 0;
  EXPECT_FALSE(Disturbed(Input(split)));
}

}  // namespace
}  // namespace hybrid
