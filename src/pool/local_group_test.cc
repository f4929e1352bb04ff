#include "pool/local_group.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/clock.h"
#include "counters/process_counters.h"
#include "key/key_text.h"
#include "operation/operands.h"
#include "pool/environment.h"
#include "pool/test_pool.h"
#include "protocol/control_block.h"

namespace hybrid {
namespace {

using ::testing::Combine;
using ::testing::HasSubstr;
using ::testing::Values;

std::vector<double> Operand(const Key& key, std::uint64_t task,
                            std::uint64_t operand) {
  struct alignas(16) Pair {
    double value[2];
  };
  const std::uint64_t size = key.n * key.n;
  std::vector<Pair> aligned(size / 2 + 1);
  double* const first = aligned.front().value;
  FillUniform({.seed = key.seed, .task = task, .operand = operand},
              {first, size});
  return {first, first + size};
}

/// The product of `task` by the schoolbook.
std::vector<double> ExpectedProduct(const Key& key, std::uint64_t task) {
  const std::uint64_t n = key.n;
  const std::vector<double> left = Operand(key, task, 0);
  const std::vector<double> right = Operand(key, task, 1);
  std::vector<double> product(n * n);
  for (std::uint64_t i = 0; i < n; ++i) {
    for (std::uint64_t k = 0; k < n; ++k) {
      for (std::uint64_t j = 0; j < n; ++j) {
        product[i * n + j] += left[i * n + k] * right[k * n + j];
      }
    }
  }
  return product;
}

void ExpectAllProducts(const LocalGroup& pool, const Key& key) {
  // Two ways to sum n terms of [0, 1) differ by at most 2 γ_n n.
  const double order = static_cast<double>(key.n);
  const double tolerance =
      2 * order * order * std::numeric_limits<double>::epsilon();
  for (std::uint64_t task = 0; task < key.batch; ++task) {
    const std::vector<double> expected =
        ExpectedProduct(key, key.data == Data::kHot ? 0 : task);
    const std::span<const double> product = pool.Product(task);
    ASSERT_EQ(product.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      ASSERT_NEAR(product[i], expected[i], tolerance)
          << "task " << task << ", element " << i;
    }
  }
}

/// So that the next batch can't shine with the last one's products.
void SpoilAllProducts(const LocalGroup& pool, const Key& key) {
  for (std::uint64_t task = 0; task < key.batch; ++task) {
    for (const double& element : pool.Product(task)) {
      const_cast<double&>(element) = std::nan("");
    }
  }
}

void ExpectWholeBatch(const BatchTiming& timing, const Key& key) {
  EXPECT_EQ(timing.tasks_done, key.batch);
  EXPECT_FALSE(timing.capped);
  EXPECT_GT(timing.wall_s, 0);
  EXPECT_GT(timing.gate_s, 0);
  EXPECT_LE(timing.gate_s, timing.wall_s);
  ASSERT_EQ(timing.workers.size(), key.workers);
  std::uint64_t tasks = 0;
  const bool loads = key.operation == "gemm" && key.data == Data::kFresh;
  for (const WorkerTiming& worker : timing.workers) {
    tasks += worker.tasks;
    // The sum of two rounded terms against a third: less than a nanosecond.
    EXPECT_LE(worker.load_s + worker.operate_s, timing.wall_s + 1e-9);
    EXPECT_EQ(worker.load_s > 0, loads && worker.tasks > 0);
    EXPECT_EQ(worker.operate_s > 0, worker.tasks > 0);
  }
  EXPECT_EQ(tasks, key.batch);
}

class LocalGroupGemmTest
    : public PoolTest,
      public ::testing::WithParamInterface<std::tuple<Data, Collect, Split>> {
 protected:
  static Key KeyFor(std::uint64_t n, std::uint64_t batch) {
    const auto [data, collect, split] = GetParam();
    Key key = GemmKey(n, batch, split.workers, split.blas_threads);
    key.data = data;
    key.collect = collect;
    return key;
  }
};

TEST_P(LocalGroupGemmTest, DoesEveryTaskOfEveryBatchAndDoesItRight) {
  // One where many tasks make a chunk, and one of no round size at all. BLAS
  // threads that lack a core of their own need up to 100 ms for a task.
  const bool threaded = std::get<Split>(GetParam()).blas_threads > 1;
  for (const Key& key : {KeyFor(5, threaded ? 13 : 301), KeyFor(67, 9)}) {
    SCOPED_TRACE(KeyText(key, KeyStyle::kShort));
    LocalGroup pool(key, RealSettings(key));
    EXPECT_EQ(pool.pids().size(), key.workers);
    for (int batch = 0; batch < 3; ++batch) {
      if (key.collect == Collect::kShared) SpoilAllProducts(pool, key);
      ExpectWholeBatch(pool.RunBatch(kNoCapS), key);
      if (key.collect == Collect::kShared) ExpectAllProducts(pool, key);
      pool.Verify();
    }
    pool.Shutdown();
  }
}

TEST_P(LocalGroupGemmTest, CopesWithTheSmallestOfEverything) {
  for (const Key& key : {KeyFor(1, 20), KeyFor(2, 1)}) {
    SCOPED_TRACE(KeyText(key, KeyStyle::kShort));
    LocalGroup pool(key, RealSettings(key));
    pool.Verify();  // nothing made yet: nothing wrong
    ExpectWholeBatch(pool.RunBatch(kNoCapS), key);
    if (key.collect == Collect::kShared) ExpectAllProducts(pool, key);
    pool.Verify();
    pool.Verify();
    pool.Shutdown();
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, LocalGroupGemmTest,
    Combine(Values(Data::kFresh, Data::kResident, Data::kHot),
            Values(Collect::kNone, Collect::kShared),
            Values(Split{1, 1}, Split{2, 1}, Split{1, 2}, Split{3, 1})),
    [](const auto& tested) {
      const Split split = std::get<Split>(tested.param);
      return fmt::format("{}_{}_{}x{}", Name(std::get<Data>(tested.param)),
                         Name(std::get<Collect>(tested.param)), split.workers,
                         split.blas_threads);
    });

class LocalGroupTest : public PoolTest {};

TEST_F(LocalGroupTest, SaysHowItCameUp) {
  const Key key = GemmKey(16, 4, 2);
  const LocalGroup pool(key, RealSettings(key));
  const PoolStart& start = pool.start();
  EXPECT_GT(start.warm_up_s, 0);
  EXPECT_GE(start.start_s, start.warm_up_s);
  EXPECT_EQ(start.blas_threading, "openmp");
  EXPECT_NE(start.blas_version, "");
  EXPECT_NE(start.kernels, "");
}

TEST_F(LocalGroupTest, CountsWhatEachWorkerDid) {
  const Key key = GemmKey(64, 2000, 2);
  LocalGroup pool(key, RealSettings(key));
  const std::vector<std::optional<ProcessCounters>> before =
      pool.Counters().workers;
  ASSERT_EQ(before.size(), 2U);
  pool.RunBatch(kNoCapS);
  const std::vector<std::optional<ProcessCounters>> after =
      pool.Counters().workers;
  ASSERT_EQ(after.size(), 2U);
  double cpu_s = 0;
  for (std::size_t i = 0; i < 2; ++i) {
    cpu_s += (after[i].value() - before[i].value()).cpu_s;
  }
  EXPECT_GT(cpu_s, 0);
  pool.Shutdown();
  EXPECT_TRUE(pool.Counters().workers.empty());
}

TEST_F(LocalGroupTest, CountsTheCpuTimeOfABatch) {
  for (const Key& key : {GemmKey(200, 40, 1), GemmKey(200, 40, 1, 2)}) {
    LocalGroup pool(key, RealSettings(key));
    pool.RunBatch(kNoCapS);
    const double before_s = NsToSeconds(*ProcessCpuNs(pool.pids()[0]));
    const BatchTiming timing = pool.RunBatch(kNoCapS);
    const double all_s = NsToSeconds(*ProcessCpuNs(pool.pids()[0])) - before_s;
    EXPECT_GT(timing.cpu_s, 0);
    EXPECT_LE(timing.cpu_s, all_s);
    EXPECT_LE(timing.cpu_s,
              1.1 * static_cast<double>(key.blas_threads) * timing.wall_s);
    EXPECT_EQ(timing.late_s, 0);
    pool.Shutdown();
  }
}

TEST_F(LocalGroupTest, TakesLatenciesOnce) {
  const Key key = GemmKey(16, 300, 2);
  const std::unique_ptr<WorkerGroup> group =
      LaunchGroup(key, RealSettings(key));
  group->RunBatch(kNoCapS);
  group->RunBatch(kNoCapS);
  EXPECT_EQ(group->TakeLatencies().count(), 600U);
  EXPECT_EQ(group->TakeLatencies().count(), 0U);
  group->Shutdown();
}

TEST_F(LocalGroupTest, OperationNoneDoesNothingToEveryTask) {
  const Key key = NoneKey(1000, 3);
  LocalGroup pool(key, RealSettings(key));
  for (int batch = 0; batch < 10; ++batch) {
    ExpectWholeBatch(pool.RunBatch(kNoCapS), key);
  }
  pool.Verify();
  pool.Shutdown();
}

TEST_F(LocalGroupTest, SixteenWorkers) {
  Key key = GemmKey(12, 200, 16);
  key.collect = Collect::kShared;
  LocalGroup pool(key, RealSettings(key));
  EXPECT_EQ(pool.pids().size(), 16U);
  for (int batch = 0; batch < 3; ++batch) {
    SpoilAllProducts(pool, key);
    ExpectWholeBatch(pool.RunBatch(kNoCapS), key);
    ExpectAllProducts(pool, key);
    pool.Verify();
  }
  pool.Shutdown();
}

// A wake-up that gets lost leaves a worker asleep, which the pool reports as
// one that hangs.
class LocalGroupStressTest
    : public PoolTest,
      public ::testing::WithParamInterface<std::tuple<int, bool>> {};

TEST_P(LocalGroupStressTest, NoWakeUpIsLostInManyBatches) {
  constexpr int kBatches = 20000;
  constexpr std::int64_t kSpinNs = 50000;
  const auto [workers, spins] = GetParam();
  const Key key = NoneKey(4, static_cast<std::uint32_t>(workers));
  PoolSettings settings = RealSettings(key);
  settings.oversubscribed = !spins;
  LocalGroup pool(key, settings);
  for (std::int64_t batch = 0; batch < kBatches; ++batch) {
    ASSERT_EQ(pool.RunBatch(kNoCapS).tasks_done, key.batch);
    // Gates at all moments around the one when workers stop spinning.
    if (!spins || batch % 16 != 0) continue;
    const std::int64_t end_ns = NowNs() + batch * 7919 % (2 * kSpinNs);
    while (NowNs() < end_ns) {
    }
  }
  pool.Shutdown();
}

INSTANTIATE_TEST_SUITE_P(All, LocalGroupStressTest,
                         Combine(Values(2, 4), Values(false, true)),
                         [](const auto& tested) {
                           return fmt::format(
                               "{}WorkersThat{}", std::get<int>(tested.param),
                               std::get<bool>(tested.param) ? "Spin" : "Sleep");
                         });

TEST_F(LocalGroupTest, CapEndsALongBatchAndTheNextOneIsWhole) {
  const Key key = GemmKey(64, 20000, 2);
  LocalGroup pool(key, RealSettings(key));
  for (int round = 0; round < 3; ++round) {
    const BatchTiming capped = pool.RunBatch(0.002);
    EXPECT_TRUE(capped.capped);
    EXPECT_GT(capped.tasks_done, 0U);
    EXPECT_LT(capped.tasks_done, key.batch);
    pool.Verify();
  }
  ExpectWholeBatch(pool.RunBatch(kNoCapS), key);
  pool.Verify();
  pool.Shutdown();
}

TEST_F(LocalGroupTest, UnderACapOfNothingEachWorkerMakesOneClaim) {
  const Key key = EndlessKey(3);
  LocalGroup pool(key, RealSettings(key));
  const BatchTiming timing = pool.RunBatch(0);
  EXPECT_TRUE(timing.capped);
  EXPECT_EQ(timing.tasks_done, 3U);
  for (const WorkerTiming& worker : timing.workers) EXPECT_EQ(worker.tasks, 1U);
  pool.Shutdown();
}

TEST_F(LocalGroupTest, WorkersRunWhereTheyAreTold) {
  const std::vector<int> cpus = AllowedCpus();
  const Key key = GemmKey(16, 20, 3);
  PoolSettings settings = RealSettings(key);
  for (std::size_t i = 0; i < key.workers; ++i) {
    settings.cpus.push_back({cpus[i % cpus.size()]});
  }
  settings.cpus.back() = cpus;
  LocalGroup pool(key, settings);
  const std::vector<pid_t> pids = pool.pids();
  for (std::size_t i = 0; i < pids.size(); ++i) {
    cpu_set_t wanted;
    CPU_ZERO(&wanted);
    for (const int cpu : settings.cpus[i]) {
      CPU_SET(static_cast<std::size_t>(cpu), &wanted);
    }
    cpu_set_t mask;
    ASSERT_EQ(sched_getaffinity(pids[i], sizeof(mask), &mask), 0);
    EXPECT_TRUE(CPU_EQUAL(&mask, &wanted)) << "worker " << i;
  }
  ExpectWholeBatch(pool.RunBatch(kNoCapS), key);
  pool.Shutdown();
}

TEST_F(LocalGroupTest, StrayVariablesOfTheShellChangeNothing) {
  const Key key = GemmKey(16, 20, 2);
  PoolSettings settings = RealSettings(key);
  std::vector<std::string> shell = settings.environment.kept;
  shell.insert(shell.begin(),
               {"OMP_NUM_THREADS=7", "BLIS_NUM_THREADS=5", "BLIS_JC_NT=3"});
  // Unscrubbed they would change something, and it would be noticed.
  settings.environment = {.kept = shell, .removed = {}};
  try {
    const LocalGroup pool(key, settings);
    ADD_FAILURE() << "the variables have no effect on BLIS";
  } catch (const PoolError& error) {
    EXPECT_THAT(error.what(), HasSubstr("BLAS threads, not 1"));
  }
  settings.environment = ScrubEnvironment(shell);
  EXPECT_EQ(settings.environment.removed.size(), 3U);
  LocalGroup pool(key, settings);
  ExpectWholeBatch(pool.RunBatch(kNoCapS), key);
  pool.Shutdown();
}

TEST_F(LocalGroupTest, ShutdownLeavesNoProcess) {
  const Key key = GemmKey(16, 20, 4);
  LocalGroup pool(key, RealSettings(key));
  pool.RunBatch(kNoCapS);
  EXPECT_FALSE(HasNoChildren());
  pool.Shutdown();
  EXPECT_TRUE(HasNoChildren());
  EXPECT_TRUE(pool.pids().empty());
  pool.Shutdown();  // nobody is left to end badly
}

TEST_F(LocalGroupTest, AfterShutdownABatchIsAnErrorNotAHang) {
  const Key key = NoneKey(10, 2);
  LocalGroup pool(key, RealSettings(key));
  pool.Shutdown();
  EXPECT_THROW(pool.RunBatch(1), PoolError);
  EXPECT_THROW(pool.Verify(), PoolError);
}

TEST_F(LocalGroupTest, DestructionAloneLeavesNoProcessEither) {
  const Key key = GemmKey(16, 20, 4);
  { const LocalGroup pool(key, RealSettings(key)); }
  EXPECT_TRUE(HasNoChildren());
}

}  // namespace
}  // namespace hybrid
