#include "sweep/sweep.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "key/key_text.h"
#include "machine/test_machines.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::uint64_t kGibibyte = std::uint64_t{1} << 30;

SweepAxes Axes(std::vector<std::uint64_t> n, std::vector<std::uint64_t> batch) {
  SweepAxes axes;
  axes.n.values = std::move(n);
  axes.batch.values = std::move(batch);
  return axes;
}

std::vector<std::string> Splits(const Sweep& sweep) {
  std::vector<std::string> splits;
  for (const Key& key : sweep.keys) {
    splits.push_back(std::to_string(key.workers) + "x" +
                     std::to_string(key.blas_threads));
  }
  return splits;
}

TEST(SweepTest, NoWorkerHasToIdleByDefault) {
  const auto batches = [](int cores) { return DefaultBatches(cores).values; };
  EXPECT_THAT(batches(1), ElementsAre(8, 32));
  EXPECT_THAT(batches(2), ElementsAre(8, 32));
  EXPECT_THAT(batches(6), ElementsAre(12, 32));
  EXPECT_THAT(batches(24), ElementsAre(48, 96));
  EXPECT_THAT(batches(128), ElementsAre(256, 512));
}

TEST(SweepTest, AutoSplitsGoFromOneByOneToTwiceTheCores) {
  EXPECT_THAT(Splits(ExpandSweep(Axes({64}, {8}), MachineOf(2, 8 * kGibibyte))),
              ElementsAre("1x1", "1x2", "2x1", "1x4", "2x2", "4x1"));
}

TEST(SweepTest, EachHostHasTheCoresAndTheMemory) {
  SweepAxes axes = Axes({64}, {8});
  axes.host_counts = {1, 2};
  axes.workers = {.is_auto = false, .values = {1, 2}};
  axes.blas_threads = {.is_auto = false, .values = {1}};
  const Sweep sweep = ExpandSweep(axes, MachineOf(2, 8 * kGibibyte));
  std::vector<std::string> texts;
  texts.reserve(sweep.keys.size());
  for (const Key& key : sweep.keys) texts.push_back(SplitText(key.split()));
  EXPECT_THAT(texts,
              ElementsAre("1×1", "2×1", "2 hosts × 1×1", "2 hosts × 2×1"));
}

TEST(SweepTest, ACommandRunsWithEachOfItsEnvironments) {
  SweepAxes axes = Axes({0}, {8});
  axes.operations = {"command"};
  axes.command = "./job";
  axes.protocol = "once";
  axes.environments = {"A=1", "A=2"};
  axes.blas = axes.kernels = {""};
  axes.workers = {.is_auto = false, .values = {1, 2}};
  axes.blas_threads = {.is_auto = false, .values = {1}};
  std::vector<std::string> texts;
  for (const Key& key : ExpandSweep(axes, MachineOf(2, 8 * kGibibyte)).keys) {
    texts.push_back(KeyText(key, KeyStyle::kShort));
  }
  EXPECT_THAT(texts, ElementsAre("./job batch=8 1×1 protocol=once env=A=1",
                                 "./job batch=8 2×1 protocol=once env=A=1",
                                 "./job batch=8 1×1 protocol=once env=A=2",
                                 "./job batch=8 2×1 protocol=once env=A=2"));
}

TEST(SweepTest, EnginesOfAsManyThreadsStandTogether) {
  SweepAxes axes = Axes({64}, {8});
  axes.engines = {Engine::kProcesses, Engine::kThreads, Engine::kBatched};
  axes.workers = {.is_auto = false, .values = {2, 4}};
  axes.blas_threads = {.is_auto = false, .values = {1, 2}};
  std::vector<std::string> splits;
  for (const Key& key : ExpandSweep(axes, MachineOf(4, 8 * kGibibyte)).keys) {
    splits.push_back(SplitText(key.split()));
  }
  // Of the batched call the threads count alone.
  EXPECT_THAT(splits, ElementsAre("1×1 batched", "1×2 batched", "2×1",
                                  "2×1 threads", "2×2", "2×2 threads", "4×1",
                                  "4×1 threads", "4×2", "4×2 threads"));
}

// What a container gets from `docker --cpus=1.5` is one core and a half: the
// splits of one core, which keep clear of its throttling, and the traps.
TEST(SweepTest, AQuotaOfOneAndAHalfCpusIsOneCore) {
  Topology topology;
  topology.cores = {{0}, {1}};
  topology.cores_total = 2;
  topology.logical_cpus_total = 2;
  const Machine machine = DescribeMachine("", topology, {.cpu_quota = 1.5}, {});
  EXPECT_THAT(Splits(ExpandSweep(Axes({64}, {8}), machine)),
              ElementsAre("1x1", "1x2", "2x1"));
}

TEST(SweepTest, SplitsFollowTheBatch) {
  const Sweep sweep =
      ExpandSweep(Axes({64}, {5, 64}), MachineOf(24, 8 * kGibibyte));
  for (const Key& key : sweep.keys) {
    if (key.split() == Split{5, 4}) {
      EXPECT_EQ(key.batch, 5U);
    }
  }
  EXPECT_THAT(Splits(sweep), ::testing::Contains("5x4"));
}

TEST(SweepTest, FirstTasksHaveTheFirstValueOfEachAxis) {
  SweepAxes axes = Axes({64, 128}, {8, 4});
  axes.operations = {"none", "gemm"};
  axes.data = {Data::kHot, Data::kFresh};
  axes.pin = Pin::kNone;
  axes.seed = 7;
  const Key key = FirstTasks(axes);
  EXPECT_EQ(key.operation, "none");
  EXPECT_EQ(key.data, Data::kHot);
  EXPECT_EQ(key.kernels_asked, kBestKernels);
  EXPECT_EQ(key.pin, Pin::kNone);
  EXPECT_EQ(key.n, 64U);
  EXPECT_EQ(key.batch, 8U);
  EXPECT_EQ(key.seed, 7U);
}

TEST(SweepTest, OfTooManyThreadsOnlyTheTrapsAreIn) {
  const std::vector<std::string> splits =
      Splits(ExpandSweep(Axes({64}, {8}), MachineOf(8, 64 * kGibibyte)));
  EXPECT_THAT(splits, ::testing::Contains("8x8"));
  EXPECT_THAT(splits, Not(::testing::Contains("4x8")));
  EXPECT_THAT(splits, ::testing::Contains("16x1"));
}

TEST(SweepTest, ExplicitAxesAreTheWholeProduct) {
  SweepAxes axes = Axes({64, 256}, {8, 16});
  axes.workers = {.is_auto = false, .values = {1, 3}};
  axes.blas_threads = {.is_auto = false, .values = {9, 2}};
  const Sweep sweep = ExpandSweep(axes, MachineOf(2, 8 * kGibibyte));
  EXPECT_EQ(sweep.keys.size(), 2U * 2U * 2U * 2U);
  EXPECT_THAT(Splits(sweep), ::testing::Contains("3x9"));
}

TEST(SweepTest, WhatDoesNotFitIsListedWithItsReason) {
  SweepAxes axes = Axes({64, 100000}, {8});
  axes.workers = {.is_auto = false, .values = {1}};
  axes.blas_threads = {.is_auto = false, .values = {1, 13}};
  const Sweep sweep = ExpandSweep(axes, MachineOf(2, 8 * kGibibyte));
  EXPECT_THAT(Splits(sweep), ElementsAre("1x1"));
  ASSERT_EQ(sweep.skipped.size(), 3U);
  EXPECT_THAT(sweep.skipped[0].reason, HasSubstr("prime"));
  EXPECT_EQ(sweep.skipped[1].key.n, 100000U);
  EXPECT_THAT(sweep.skipped[1].reason, HasSubstr("GiB"));
}

TEST(SweepTest, PinnedSplitsNeedTheirCores) {
  SweepAxes axes = Axes({64}, {8});
  axes.pin = Pin::kCores;
  const Sweep sweep = ExpandSweep(axes, MachineOf(2, 8 * kGibibyte));
  EXPECT_THAT(Splits(sweep), ElementsAre("1x1", "1x2", "2x1"));
  ASSERT_EQ(sweep.skipped.size(), 3U);
  EXPECT_THAT(sweep.skipped[0].reason, HasSubstr("--pin=cores"));
}

TEST(SweepTest, EveryConfigCarriesTheSweepsSeedAndPin) {
  SweepAxes axes = Axes({64}, {8});
  axes.seed = 7;
  axes.pin = Pin::kNone;
  for (const Key& key : ExpandSweep(axes, MachineOf(2, kGibibyte)).keys) {
    EXPECT_EQ(key.seed, 7U);
    EXPECT_EQ(key.pin, Pin::kNone);
  }
}

/// `gemm d 1`: operation, precision and aspect of each of the sweep's tasks.
std::vector<std::string> TasksOf(const std::vector<Key>& keys) {
  std::vector<std::string> tasks;
  for (const Key& key : keys) {
    tasks.push_back(key.operation + " " + std::string(Name(key.precision)) +
                    " " + std::to_string(key.aspect));
  }
  return tasks;
}

SweepAxes OneSplit(std::vector<std::string> operations) {
  SweepAxes axes = Axes({64}, {8});
  axes.operations = std::move(operations);
  axes.workers = {.values = {1}};
  axes.blas_threads = {.values = {1}};
  return axes;
}

TEST(SweepTest, AspectsAreEachOperationsOwnUnlessTheyAreGiven) {
  SweepAxes axes = OneSplit({"gemm", "gelsd", "none"});
  const Machine machine = MachineOf(2, 8 * kGibibyte);
  // Whatever LAPACK there is here.
  const auto tasks = [&] {
    std::vector<Key> keys = ExpandSweep(axes, machine).keys;
    std::erase_if(keys,
                  [](const Key& key) { return key.operation == "gelsd"; });
    return TasksOf(keys);
  };
  EXPECT_THAT(tasks(), ElementsAre("gemm d 1", "none d 1"));
  EXPECT_EQ(FirstAspect(axes, "gelsd"), 4U);
  EXPECT_EQ(FirstAspect(axes, "none"), 1U);
  axes.aspect = {.values = {3, 1}};
  axes.precisions = {Precision::kDouble, Precision::kSingle};
  EXPECT_THAT(tasks(), ElementsAre("gemm d 3", "gemm d 1", "gemm s 3",
                                   "gemm s 1", "none d 1", "none s 1"));
  EXPECT_EQ(FirstAspect(axes, "gelsd"), 3U);
  EXPECT_EQ(FirstAspect(axes, "gesv"), 1U);
  axes.aspect = {.values = {3}};
  EXPECT_EQ(FirstAspect(axes, "gesv"), std::nullopt);
}

TEST(SweepTest, AnAspectThatAnOperationCannotHaveIsSkippedWithTheReason) {
  SweepAxes axes = OneSplit({"gemm", "multi_dot"});
  axes.aspect = {.values = {2}};
  const Sweep sweep = ExpandSweep(axes, MachineOf(2, 8 * kGibibyte));
  EXPECT_THAT(TasksOf(sweep.keys), ElementsAre("gemm d 2"));
  ASSERT_EQ(sweep.skipped.size(), 1U);
  EXPECT_EQ(sweep.skipped[0].reason,
            "multi_dot has no matrix of m rows: it takes --aspect=1 only, or "
            "auto");
}

}  // namespace
}  // namespace hybrid
