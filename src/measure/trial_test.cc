// Trials with real workers.

#include "measure/trial.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/test_folder.h"
#include "blas/test_libraries.h"
#include "counters/process_counters.h"
#include "key/test_keys.h"
#include "measure/overhead_trials.h"
#include "measure/test_site.h"
#include "pool/local_group.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

using ::testing::Each;
using ::testing::EndsWith;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

Key Unpinned(Key key) {
  key.pin = Pin::kNone;
  return key;
}

Key Gemm(std::uint64_t batch) { return Unpinned(GemmKey(32, batch, 2)); }

Key Endless() { return Unpinned(EndlessKey(2)); }

class TrialTest : public ::testing::Test {
 protected:
  const RunContext context_ = PlainContext(SiteWith(HYBRID_WORKER));
  RunState state_{context_, CapPolicy(std::nullopt)};
};

TEST_F(TrialTest, ALibraryThatIsGoneByTheEndIsNoFailure) {
  const TestFolder folder;
  const std::string library = folder.File("libblas.so.3");
  std::ofstream(library) << "no command loads it";
  Key key = Unpinned(CommandKey("true", 2));
  key.protocol = "once";
  key.blas = library;
  state_.pools.Acquire(key);
  unlink(library.c_str());
  const TrialResult result = BatchTrial(key, 1, context_, state_);
  EXPECT_EQ(result.row.status, Status::kOk);
}

TEST_F(TrialTest, ARowHoldsTheMeansOfAsManyBatchesAsAskedFor) {
  const Key key = Gemm(8);
  const TrialResult result = BatchTrial(key, 3, context_, state_);
  EXPECT_THAT(result.ending, IsEmpty());
  EXPECT_THAT(result.iterations_s, SizeIs(3));
  EXPECT_THAT(result.iterations_s, Each(Gt(0)));
  const Row& row = result.row;
  EXPECT_EQ(static_cast<const Key&>(row), key);
  EXPECT_EQ(row.run_id, context_.run.run_id);
  EXPECT_EQ(row.machine_id, context_.site.machine_id);
  EXPECT_EQ(row.status, Status::kOk);
  EXPECT_EQ(row.verified_by, kVerifiedByBench);
  EXPECT_FALSE(row.peak_memory_bytes) << "of commands alone";
  EXPECT_EQ(row.iterations, 3U);
  EXPECT_EQ(row.tasks_done, 8U);
  EXPECT_DOUBLE_EQ(row.wall_s.value(), Mean(result.iterations_s));
  EXPECT_DOUBLE_EQ(*row.load_s + *row.operate_s + *row.idle_s, *row.wall_s);
  EXPECT_GT(row.start_s.value(), 0);
  EXPECT_GT(row.gflops.value(), 0);
  EXPECT_GT(row.task_p50_s.value(), 0);
  EXPECT_TRUE(row.cpu_s);
  EXPECT_EQ(row.kernels, context_.site.blas[0].kernels);
  EXPECT_EQ(row.blas_version, context_.site.blas[0].version);
  EXPECT_FALSE(row.speed_fraction) << "without ceilings";
}

TEST_F(TrialTest, TrialsOfOneKeyShareTheirWorkers) {
  const Key key = Gemm(8);
  const Row first = BatchTrial(key, 1, context_, state_).row;
  EXPECT_EQ(BatchTrial(key, 1, context_, state_).row.start_s, first.start_s);
  EXPECT_NE(BatchTrial(Gemm(9), 1, context_, state_).row.start_s,
            first.start_s);
  EXPECT_EQ(state_.pools.bad_ends(), 0);
}

TEST_F(TrialTest, WhatCompletesTellsTheCapsAndWhatIsCappedDoesNot) {
  const TrialResult result =
      BatchTrialOn(state_.pools.Acquire(Endless()), 0.05, Endless(),
                   {.iterations = 3}, context_, state_);
  EXPECT_THAT(result.ending, HasSubstr("capped: "));
  EXPECT_THAT(result.ending, HasSubstr("(cap 50.0 ms)"));
  EXPECT_THAT(result.iterations_s, IsEmpty());
  const Row& row = result.row;
  EXPECT_EQ(row.status, Status::kCapped);
  EXPECT_EQ(row.iterations, 1U);
  EXPECT_GE(row.wall_s.value(), 0.05);
  EXPECT_GT(row.tasks_done.value(), 0U);
  EXPECT_LT(row.tasks_done.value(), Endless().batch);
  EXPECT_EQ(state_.caps.CapFor(Endless()), kGridCutOff.first_s);

  BatchTrial(Gemm(8), 1, context_, state_);
  EXPECT_LT(state_.caps.CapFor(Gemm(8)), kGridCutOff.first_s);
}

TEST_F(TrialTest, ALaunchHasWorkersOfItsOwn) {
  const Key key = Gemm(8);
  const BatchGoal goal{.seconds = 0.01, .warms_up = true};
  const TrialResult first = LaunchTrial(key, 5, goal, context_, state_);
  const TrialResult second = LaunchTrial(key, 5, goal, context_, state_);
  EXPECT_NE(first.row.start_s, second.row.start_s);
  for (const TrialResult* const result : {&first, &second}) {
    EXPECT_GE(Mean(result->iterations_s) *
                  static_cast<double>(result->iterations_s.size()),
              0.01);
    EXPECT_EQ(result->row.iterations, result->iterations_s.size());
    EXPECT_EQ(result->row.batch_median_s, Median(result->iterations_s));
    EXPECT_EQ(result->row.batch_min_s,
              *std::min_element(result->iterations_s.begin(),
                                result->iterations_s.end()));
    EXPECT_EQ(result->row.cap_s, 5);
  }
}

TEST_F(TrialTest, OnlyAShortFirstBatchIsToWarmUp) {
  const Key key = Gemm(8);
  const auto tasks_of = [&](bool warms_up) {
    return LaunchTrial(key, 5, {.iterations = 3, .warms_up = warms_up},
                       context_, state_)
        .iterations_s.size();
  };
  EXPECT_EQ(tasks_of(true), 3U);
  EXPECT_EQ(tasks_of(false), 3U);
  const Key slow = Gemm(100'000);
  const TrialResult result =
      LaunchTrial(slow, 5, {.warms_up = true}, context_, state_);
  ASSERT_GT(result.row.wall_s.value(), kWarmUpBelowS);
  EXPECT_THAT(result.iterations_s, SizeIs(1));
}

TEST_F(TrialTest, ACappedLaunchHasNoMedian) {
  Key key = Gemm(512);
  key.batch = 100000;
  const TrialResult result =
      LaunchTrial(key, 0.05, {.proves_threads = false}, context_, state_);
  EXPECT_EQ(result.row.status, Status::kCapped);
  EXPECT_FALSE(result.row.batch_median_s);
  EXPECT_FALSE(result.ending.empty());
}

TEST_F(TrialTest, OverheadTimesTheGateAndTheStart) {
  Key key = Gemm(2);
  key.operation = "none";
  StartTrial start;
  for (const Trial& trial : {Trial(&GateTrial), Trial(start)}) {
    const TrialResult result = trial(key, 3, context_, state_);
    EXPECT_THAT(result.ending, IsEmpty());
    EXPECT_THAT(result.iterations_s, SizeIs(3));
    EXPECT_EQ(result.row.iterations, 3U);
    EXPECT_DOUBLE_EQ(result.row.wall_s.value(), Mean(result.iterations_s));
  }
  const Row row = start(key, 1, context_, state_).row;
  EXPECT_EQ(row.start_s, row.wall_s);
  EXPECT_GT(row.operate_s.value(), 0);
  EXPECT_DOUBLE_EQ(*row.operate_s + *row.idle_s, *row.wall_s);
}

/// Stops all of `pids` for a second once the first of them is at work.
void StopInMidBatch(const std::vector<pid_t>& pids,
                    const std::stop_token& stop) {
  constexpr std::int64_t kWorkNs = 20'000'000;
  const std::int64_t begin_ns = ProcessCpuNs(pids[0]).value_or(0);
  while (ProcessCpuNs(pids[0]).value_or(0) - begin_ns < kWorkNs) {
    if (stop.stop_requested()) return;
    usleep(1000);
  }
  for (const pid_t pid : pids) kill(pid, SIGSTOP);
  usleep(1'000'000);
  for (const pid_t pid : pids) kill(pid, SIGCONT);
}

// Not the whole process group but the workers alone, so that only the CPU time
// they got tells it.
TEST_F(TrialTest, ABatchInWhichTheWorkersStoodStillIsMeasuredAnew) {
  const Key key = Unpinned(GemmKey(300, 256, 2));
  PoolSettings settings =
      MakePoolSettings(key, context_.site.machine, context_.site.workers);
  LocalGroup pool(key, settings);
  const double usual_s = pool.RunBatch(kGridCutOff.first_s).wall_s;
  const std::jthread stopper(
      [&](const std::stop_token& stop) { StopInMidBatch(pool.pids(), stop); });
  ::testing::internal::CaptureStderr();
  const TrialResult result = BatchTrialOn(pool, 0.5 + usual_s, key,
                                          {.iterations = 2}, context_, state_);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              HasSubstr("of the CPU time that they could use: measured anew"));
  EXPECT_THAT(result.ending, IsEmpty());
  EXPECT_EQ(result.row.status, Status::kOk);
  EXPECT_EQ(result.row.tasks_done, 256U);
}

// A peak that was measured beside something else, a thousandth of the truth.
TEST_F(TrialTest, NoRowPassesItsPeak) {
  RunContext context = context_;
  context.ceilings = Ceilings{.vector_unit = "any",
                              .core_peak_gflops = 1e-3,
                              .peak_gflops = 1e-3,
                              .core_triad_bytes_per_s = 1,
                              .triad_bytes_per_s = 1};
  RunState state(context, CapPolicy(std::nullopt));
  const Row row = BatchTrial(Gemm(8), 3, context, state).row;
  EXPECT_LE(row.peak_fraction.value_or(0), 1.03);
  EXPECT_LE(row.speed_fraction.value_or(0), 1);
  // Nothing can correct that the work is faster than the loop.
  state.speed.reset();
  ::testing::internal::CaptureStderr();
  for (int turn = 0; turn < 2; ++turn) {
    const Row refuted = BatchTrial(Gemm(8), 3, context, state).row;
    EXPECT_FALSE(refuted.peak_fraction || refuted.peak_gflops);
    EXPECT_FALSE(refuted.core_peak_gflops || refuted.speed_fraction);
  }
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              HasSubstr("more than the measured peak"));
}

TEST_F(TrialTest, FloatsAreSharesOfTheirOwnPeak) {
  RunContext context = context_;
  context.ceilings = Ceilings{.vector_unit = "any",
                              .core_peak_gflops = 1e6,
                              .peak_gflops = 1e6,
                              .core_triad_bytes_per_s = 1,
                              .triad_bytes_per_s = 1};
  Key key = Gemm(8);
  key.precision = Precision::kSingle;
  {
    RunState state(context, CapPolicy(std::nullopt));
    const Row unknown = BatchTrial(key, 3, context, state).row;
    EXPECT_GT(unknown.gflops, 0);
    EXPECT_FALSE(unknown.peak_gflops || unknown.peak_fraction);
  }
  context.ceilings->single = SinglePeak{2e6, 4e6};
  RunState state(context, CapPolicy(std::nullopt));
  const Row row = BatchTrial(key, 3, context, state).row;
  EXPECT_EQ(row.core_peak_gflops, 2e6);
  EXPECT_EQ(row.peak_gflops, 4e6);
  EXPECT_NEAR(*row.peak_fraction, *row.gflops / 4e6, 1e-12);
}

TEST_F(TrialTest, NoIterationIsOne) {
  EXPECT_EQ(BatchTrial(Gemm(8), 0, context_, state_).row.iterations, 1U);
}

class ThreadsTest : public TrialTest {
 protected:
  void SetUp() override {
    if (access("/proc/self/task", R_OK) != 0) GTEST_SKIP() << "without /proc";
  }

  static Key Threaded(std::uint64_t n, std::uint64_t batch,
                      const Split& split) {
    return Unpinned(GemmKey(n, batch, split.workers, split.blas_threads));
  }
  Row Measure(const Key& key) {
    return BatchTrial(key, 1, context_, state_).row;
  }
  /// The most of some launches: other programs can only take from threads.
  std::optional<std::uint64_t> MostThreads(const Key& key) {
    std::optional<std::uint64_t> most;
    for (int i = 0; i < 5 && most != key.blas_threads; ++i) {
      state_.pools.Drop();
      most = std::max(most, Measure(key).threads_seen);
    }
    return most;
  }
};

TEST_F(ThreadsTest, AllThatWereAskedForAreSeenAtWork) {
  for (const Split split : {Split{1, 1}, Split{2, 1}, Split{1, 2}}) {
    const Key key = Threaded(128, 4, split);
    EXPECT_EQ(MostThreads(key), split.blas_threads);
    const Row row = Measure(key);
    EXPECT_GT(row.cpu_share.value_or(0), 0.5);
    EXPECT_LE(row.cpu_share.value_or(2), 1);
  }
}

// However short the repetition is: further tasks tell it.
TEST_F(ThreadsTest, OfOneShortTaskTheyAreSeen) {
  EXPECT_EQ(MostThreads(Threaded(16, 1, {1, 2})), 2U);
}

// A worker that is stopped could not answer.
TEST_F(ThreadsTest, TheyAreCountedOncePerLaunch) {
  const Key key = Threaded(16, 1, {1, 1});
  WorkerGroup& pool = state_.pools.Acquire(key);
  pool.RunBatch(1e6);
  ASSERT_TRUE(pool.ProveThreads());
  const pid_t pid = dynamic_cast<LocalGroup&>(pool).pids().at(0);
  kill(pid, SIGSTOP);
  EXPECT_EQ(pool.ProveThreads().value_or(ThreadsSeen{}).threads, 1U);
  kill(pid, SIGCONT);
}

TEST_F(ThreadsTest, OfAnEstimationPassTheyAreNotTold) {
  state_.repetition_s = 10;
  EXPECT_FALSE(Measure(Threaded(64, 4, {1, 2})).threads_seen);
}

TEST_F(ThreadsTest, ABlasThatTakesFewerIsSeen) {
  const RunContext context = PlainContext(
      SiteWith(HYBRID_FAULTY_WORKER, "HYBRID_TEST_FAULT=one_thread"));
  RunState state(context, CapPolicy(std::nullopt));
  const Row row = BatchTrial(Threaded(128, 4, {1, 2}), 1, context, state).row;
  EXPECT_EQ(row.status, Status::kOk);
  EXPECT_EQ(row.threads_seen, 1U);
  EXPECT_NEAR(row.cpu_share.value_or(0), 0.5, 0.02);
}

TEST_F(ThreadsTest, ThreadsOfOneProcessHaveTheirOwnBlasThreads) {
  Key key = Threaded(160, 6, {2, 2});
  key.blas = "blis-openmp";
  key.engine = Engine::kThreads;
  EXPECT_EQ(MostThreads(key), 2U);
}

TEST_F(ThreadsTest, ABatchedCallRunsWhatItWasGiven) {
  Key key = Threaded(128, 8, {1, 2});
  key.engine = Engine::kBatched;
  EXPECT_EQ(MostThreads(key), 2U);
}

// However few were asked for, and short the batches are.
TEST_F(ThreadsTest, ALibraryThatTakesMoreIsAnErrorThatNamesIt) {
  for (const auto& [name, cause] :
       {std::pair("eight-threads", "threads, by their CPU time, where "),
        std::pair("brief-threads", "kept starting threads, which had ")}) {
    const std::string library = FakeLibrary(name);
    for (const Split split : {Split{1, 1}, Split{2, 2}}) {
      Key key = Threaded(48, 4, split);
      key.blas = library;
      try {
        Measure(key);
        ADD_FAILURE() << name << split.blas_threads << " passed";
      } catch (const PoolError& error) {
        EXPECT_THAT(error.what(), StartsWith("worker "));
        EXPECT_THAT(error.what(), HasSubstr("the BLAS (" + library + ") "));
        EXPECT_THAT(error.what(), HasSubstr(cause));
        EXPECT_THAT(error.what(), EndsWith(split.blas_threads == 1
                                               ? ", where 1 was asked for"
                                               : ", where 2 were asked for"));
      }
      state_.pools.Drop();
    }
  }
}

/// Rows of a matrix that a thread gets. A BLAS gives each whole tiles, of 4 to
/// 24 rows by the CPU: of other sizes the last thread's part is smaller, or
/// there is none for it.
constexpr std::uint64_t kEvenPart = 48;

class ThreadsOfLibraryTest : public ThreadsTest,
                             public ::testing::WithParamInterface<const char*> {
 protected:
  void SetUp() override {
    ThreadsTest::SetUp();
    if (!TestLibrary(GetParam())) GTEST_SKIP() << NoTestLibrary(GetParam());
  }
  Key Its(Key key) const {
    key.blas = TestLibrary(GetParam()).value();
    return key;
  }
};

TEST_P(ThreadsOfLibraryTest, OversubscribedSplitsRunWhatTheySay) {
  const std::uint64_t most = std::thread::hardware_concurrency() + 2;
  for (const Split split : {Split{1, most}, Split{2, 3}}) {
    const std::uint64_t n = kEvenPart * split.blas_threads;
    const auto seen = MostThreads(Its(Threaded(n, split.workers, split)));
    // Its threads end with each call: nobody knows of fewer than all.
    if (std::string_view(GetParam()) == "blis-pthread" && !seen) continue;
    EXPECT_EQ(seen, split.blas_threads);
  }
}

// Each of the threads of one process has so many, and no more, of its own.
TEST_P(ThreadsOfLibraryTest, ThreadsOfOneProcessAreProvedInTurn) {
  Key key = Its(Threaded(160, 6, {2, 1}));
  key.engine = Engine::kThreads;
  EXPECT_EQ(Measure(key).threads_seen, 1U);
}

// Much of LAPACK is serial, and BLAS cuts threads: that is no fault.
TEST_P(ThreadsOfLibraryTest, LapackRunsNoMoreThanItWasGiven) {
  for (const char* operation : {"gesv", "gesdd"}) {
    Key key = Its(Threaded(24, 1, {1, 2}));
    key.operation = operation;
    const Row row = Measure(key);
    EXPECT_GE(row.threads_seen.value_or(0), 1U) << operation;
    EXPECT_LE(row.threads_seen.value_or(3), 2U) << operation;
  }
}

INSTANTIATE_TEST_SUITE_P(Debian, ThreadsOfLibraryTest,
                         ::testing::Values("openblas-pthread",
                                           "openblas-openmp", "blis-openmp",
                                           "blis-pthread"),
                         [](const auto& instance) {
                           std::string name = instance.param;
                           name[name.find('-')] = '_';
                           return name;
                         });

TEST_F(ThreadsTest, OpenBlasKeepsSmallProductsToOneThread) {
  const auto library = TestLibrary("openblas-pthread");
  if (!library) GTEST_SKIP() << NoTestLibrary("openblas-pthread");
  for (const auto& [n, threads] :
       {std::pair(std::uint64_t{64}, 1U), std::pair(4 * kEvenPart, 4U)}) {
    Key key = Threaded(n, 4, {1, 4});
    key.blas = *library;
    EXPECT_EQ(MostThreads(key), threads) << n;
  }
}

TEST_F(ThreadsTest, OfWhatCallsNoBlasTheyAreNotTold) {
  const Row none = Measure(Unpinned(NoneKey(300'000, 1)));
  EXPECT_FALSE(none.threads_seen || none.cpu_share);
  EXPECT_EQ(none.verified_by, "");
}

class FaultyTrialTest : public ::testing::TestWithParam<const char*> {};

TEST_P(FaultyTrialTest, IsAnErrorAndNoTime) {
  const std::string fault = std::string("HYBRID_TEST_FAULT=") + GetParam();
  const RunContext context =
      PlainContext(SiteWith(HYBRID_FAULTY_WORKER, fault));
  RunState state(context, CapPolicy(std::nullopt));
  Key key = Gemm(8);
  key.collect = Collect::kShared;
  EXPECT_THROW(BatchTrial(key, 2, context, state), PoolError);
  EXPECT_EQ(state.caps.CapFor(key), kGridCutOff.first_s);
}

INSTANTIATE_TEST_SUITE_P(Faults, FaultyTrialTest,
                         ::testing::Values("exit3_before_ready",
                                           "exit3_mid_batch", "throw_mid_batch",
                                           "wrong_product"));

TEST(BadEndTest, IsCountedAndNoError) {
  const RunContext context = PlainContext(
      SiteWith(HYBRID_FAULTY_WORKER, "HYBRID_TEST_FAULT=exit5_at_end"));
  RunState state(context, CapPolicy(std::nullopt));
  EXPECT_EQ(BatchTrial(Gemm(8), 1, context, state).row.status, Status::kOk);
  ::testing::internal::CaptureStderr();
  state.pools.Release();
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              HasSubstr("bench: gemm n=32 batch=8 2×1"));
  EXPECT_EQ(state.pools.bad_ends(), 1);
}

}  // namespace
}  // namespace hybrid
