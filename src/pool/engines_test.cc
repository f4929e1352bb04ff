// Workers that are threads of one process, and the batched call, over real
// libraries.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "base/test_folder.h"
#include "base/text_file.h"
#include "blas/blas_files.h"
#include "blas/test_libraries.h"
#include "counters/process_counters.h"
#include "pool/local_group.h"
#include "pool/test_pool.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

Key EngineKey(Engine engine, std::uint64_t workers,
              std::uint64_t blas_threads = 1, std::uint64_t n = 64) {
  Key key = GemmKey(n, 16, workers, blas_threads);
  key.engine = engine;
  return key;
}

PoolSettings EngineSettings(const Key& key, const std::string& library,
                            const char* executable = HYBRID_WORKER) {
  PoolSettings settings = WorkersSettings(key, executable);
  settings.blas = FilesOf(library, key.blas_threads);
  settings.expectation = {};
  return settings;
}

/// What the PoolError says that making a pool or `use` of it ends in; it is one
/// line, and nothing is left behind.
std::string EndOf(const Key& key, const PoolSettings& settings,
                  const std::function<void(LocalGroup&)>& use) {
  std::string message = "no failure";
  try {
    LocalGroup pool(key, settings);
    use(pool);
  } catch (const PoolError& error) {
    message = error.what();
  }
  EXPECT_THAT(message, Not(HasSubstr("\n")));
  EXPECT_TRUE(HasNoChildren()) << message;
  return message;
}

class EnginesTest : public PoolTest {};

// --- Threads of one process ---

class ThreadsOverTest
    : public PoolTest,
      public ::testing::WithParamInterface<
          std::tuple<const char*, std::uint64_t, const char*>> {};

TEST_P(ThreadsOverTest, DoEveryTaskRight) {
  const auto [name, blas_threads, operation] = GetParam();
  const std::optional<std::string> library = TestLibrary(name);
  if (!library) GTEST_SKIP() << NoTestLibrary(name);
  Key key = EngineKey(Engine::kThreads, 3, blas_threads, 100);
  key.operation = operation;
  LocalGroup pool(key, EngineSettings(key, *library));
  EXPECT_EQ(pool.pids().size(), 1U);
  for (int i = 0; i < 3; ++i) {
    const BatchTiming timing = pool.RunBatch(kNoCapS);
    EXPECT_EQ(timing.tasks_done, key.batch);
    EXPECT_FALSE(timing.capped);
    ASSERT_EQ(timing.workers.size(), 3U);
    std::uint64_t tasks = 0;
    for (const WorkerTiming& worker : timing.workers) {
      tasks += worker.tasks;
      EXPECT_EQ(worker.operate_s > 0, worker.tasks > 0);
    }
    EXPECT_EQ(tasks, key.batch);
    EXPECT_GT(timing.cpu_s, 0);
    pool.Verify();
  }
  EXPECT_EQ(pool.TakeLatencies().count(), 3 * key.batch);
  pool.Shutdown();
}

INSTANTIATE_TEST_SUITE_P(
    All, ThreadsOverTest,
    ::testing::Values(std::tuple("openblas-pthread", 1, "gemm"),
                      std::tuple("openblas-pthread", 1, "gesv"),
                      std::tuple("openblas-openmp", 1, "gemm"),
                      std::tuple("openblas-openmp", 2, "gemm"),
                      std::tuple("openblas-openmp", 2, "gesv"),
                      std::tuple("openblas-serial", 1, "gemm"),
                      std::tuple("blis-openmp", 1, "gemm"),
                      std::tuple("blis-openmp", 2, "gemm"),
                      std::tuple("blis-pthread", 2, "gemm"),
                      std::tuple("blis-serial", 1, "gemm"),
                      std::tuple("netlib", 1, "gemm"),
                      std::tuple("atlas", 1, "gemm")));

TEST_F(EnginesTest, AllThreadsOfTheBlasAreThere) {
  const Key key = EngineKey(Engine::kThreads, 2, 2);
  PoolSettings settings = RealSettings(key);
  settings.expectation.threads = 4;
  {
    LocalGroup pool(key, settings);
    EXPECT_EQ(pool.start().blas_threading, "openmp");
    pool.RunBatch(kNoCapS);
  }
  settings.expectation.threads = 2;
  EXPECT_THAT(
      EndOf(key, settings, [](LocalGroup&) {}),
      AllOf(StartsWith("thread 0 of 2 (pid "),
            EndsWith("is not what was asked for: it runs 4 BLAS threads, not "
                     "2")));
}

TEST_F(EnginesTest, EachThreadIsBoundToItsOwnCpus) {
  const std::vector<int> cpus = AllowedCpus();
  if (cpus.size() < 2) GTEST_SKIP() << "one CPU";
  const Key key = EngineKey(Engine::kThreads, 2);
  PoolSettings settings = RealSettings(key);
  settings.expectation.threads.reset();
  settings.cpus = {{cpus[0]}, {cpus[1]}};
  // Each worker reports its mask, which has to be the one given to it.
  LocalGroup pool(key, settings);
  pool.RunBatch(kNoCapS);
  pool.Verify();
}

TEST_F(EnginesTest, EachThreadTellsTheLibraryForItself) {
  const TestFolder folder;
  const Key key = EngineKey(Engine::kThreads, 3, 2);
  PoolSettings settings = EngineSettings(key, FakeLibrary("mkl"));
  settings.environment.kept.push_back("HYBRID_TEST_RECORD=" +
                                      folder.File("calls"));
  LocalGroup pool(key, settings);
  pool.RunBatch(kNoCapS);
  pool.Verify();
  const std::string calls = text_file::Read(folder.File("calls")).value_or("");
  std::size_t told = 0;
  const std::string call = "MKL_Set_Num_Threads_Local 2\n";
  for (std::size_t at = 0; (at = calls.find(call, at)) != std::string::npos;
       at += call.size()) {
    ++told;
  }
  EXPECT_EQ(told, 3U) << calls;
}

TEST_F(EnginesTest, DataAndProductsAreShared) {
  for (const Data data : {Data::kFresh, Data::kHot, Data::kResident}) {
    Key key = EngineKey(Engine::kThreads, 2);
    key.data = data;
    key.collect = Collect::kShared;
    Key processes = key;
    processes.engine = Engine::kProcesses;
    LocalGroup threads(key, EngineSettings(key, "blis-openmp"));
    LocalGroup usual(processes, EngineSettings(processes, "blis-openmp"));
    threads.RunBatch(kNoCapS);
    usual.RunBatch(kNoCapS);
    for (std::uint64_t task = 0; task < key.batch; ++task) {
      const std::span<const double> ours = threads.Product(task);
      const std::span<const double> theirs = usual.Product(task);
      ASSERT_TRUE(std::equal(ours.begin(), ours.end(), theirs.begin()))
          << Name(data) << ", task " << task;
    }
  }
}

/// Runs batches until one is found wrong, many times at most.
void RunUntilWrong(LocalGroup& pool) {
  for (int i = 0; i < 300; ++i) {
    pool.RunBatch(kNoCapS);
    pool.Verify();
  }
}

TEST_F(EnginesTest, ProductsThatAreWrongForThreadsAloneAreFound) {
  const std::string library = FakeLibrary("not-reentrant");
  const Key key = EngineKey(Engine::kThreads, 2);
  EXPECT_THAT(EndOf(key, EngineSettings(key, library), RunUntilWrong),
              AllOf(StartsWith("thread "), HasSubstr(" of 2 (pid "),
                    HasSubstr(") made a wrong result of task ")));
  // Each process has a library of its own.
  Key processes = key;
  processes.engine = Engine::kProcesses;
  LocalGroup pool(processes, EngineSettings(processes, library));
  for (int i = 0; i < 10; ++i) {
    pool.RunBatch(kNoCapS);
    pool.Verify();
  }
}

TEST_F(EnginesTest, OnePoolOfThreadsForAllCallersIsRefused) {
  const std::optional<std::string> library = TestLibrary("openblas-pthread");
  if (!library) GTEST_SKIP() << NoTestLibrary("openblas-pthread");
  const Key key = EngineKey(Engine::kThreads, 2, 2);
  EXPECT_THAT(
      EndOf(key, EngineSettings(key, *library), [](LocalGroup&) {}),
      AllOf(StartsWith("thread 0 of 2 (pid "),
            HasSubstr(") gave up before it was ready: OpenBLAS threaded by "
                      "pthread has one pool of threads")));
}

// --- The end of the one process ---

void RunEndlessly(LocalGroup& pool) { pool.RunBatch(kNoCapS); }

Key EndlessThreads() {
  Key key = EndlessKey(3);
  key.engine = Engine::kThreads;
  return key;
}

/// Sends a signal when the process is at work.
std::function<void(LocalGroup&)> WhenSignalled(int signal_number) {
  return [=](LocalGroup& pool) {
    const pid_t pid = pool.pids().front();
    const std::int64_t begin_ns = ProcessCpuNs(pid).value_or(0);
    const std::jthread killer([=](const std::stop_token& stop) {
      while (!stop.stop_requested()) {
        if (ProcessCpuNs(pid).value_or(0) - begin_ns > 60'000'000) {
          kill(pid, signal_number);
          return;
        }
        usleep(1000);
      }
    });
    RunEndlessly(pool);
  };
}

TEST_F(EnginesTest, ProcessKilledInMidBatch) {
  const Key key = EndlessThreads();
  EXPECT_THAT(
      EndOf(key, EngineSettings(key, "blis-openmp"), WhenSignalled(SIGKILL)),
      AllOf(StartsWith("the process of 3 threads (pid "),
            EndsWith(") was killed by signal 9 (Killed) in mid-batch")));
}

TEST_F(EnginesTest, ProcessKilledWhileItWaits) {
  const Key key = EngineKey(Engine::kThreads, 3);
  EXPECT_THAT(EndOf(key, EngineSettings(key, "blis-openmp"),
                    [](LocalGroup& pool) {
                      pool.RunBatch(kNoCapS);
                      kill(pool.pids().front(), SIGKILL);
                      siginfo_t info{};
                      waitid(P_PID, static_cast<id_t>(pool.pids().front()),
                             &info, WEXITED | WNOWAIT);
                      pool.RunBatch(kNoCapS);
                    }),
              AllOf(StartsWith("the process of 3 threads (pid "),
                    EndsWith(" (Killed) while it waited")));
}

TEST_F(EnginesTest, StoppedProcessHangs) {
  const Key key = EndlessThreads();
  PoolSettings settings = EngineSettings(key, "blis-openmp");
  settings.hang_timeout_s = 0.5;
  EXPECT_THAT(EndOf(key, settings, WhenSignalled(SIGSTOP)),
              AllOf(StartsWith("thread 0 of 3 (pid "),
                    HasSubstr(") hung in mid-batch: no CPU time for "),
                    EndsWith("stopped by a signal")));
}

TEST_F(EnginesTest, WhatOneThreadFailsOfIsTold) {
  const Key key = EngineKey(Engine::kThreads, 3);
  const auto failure = [&](const std::string& fault) {
    PoolSettings settings =
        EngineSettings(key, "blis-openmp", HYBRID_FAULTY_WORKER);
    settings.environment.kept.push_back("HYBRID_TEST_FAULT=" + fault);
    return EndOf(key, settings, RunEndlessly);
  };
  EXPECT_THAT(failure("exit3_mid_batch"),
              AllOf(StartsWith("the process of 3 threads (pid "),
                    HasSubstr(") exited with status 3 ")));
  EXPECT_THAT(failure("segv_mid_batch"),
              HasSubstr(") was killed by signal 11 (Segmentation fault) "));
  EXPECT_THAT(failure("throw_mid_batch"),
              AllOf(StartsWith("thread "),
                    HasSubstr(") gave up in mid-batch: std::bad_alloc")));
  EXPECT_THAT(failure("exit3_before_ready"),
              AllOf(StartsWith("the process of 3 threads (pid "),
                    EndsWith(") exited with status 3 before it was ready; it "
                             "printed: no licence")));
}

// --- The batched call ---

Key BatchedKey(Data data, Collect collect, std::uint64_t blas_threads = 1) {
  Key key = EngineKey(Engine::kBatched, 1, blas_threads, 50);
  key.data = data;
  key.collect = collect;
  return key;
}

/// Runs batches of `key` and of the same in one usual worker: both have to make
/// the same. Returns what the batched call was.
std::string ExpectSameProducts(const Key& key, const std::string& library) {
  Key usual_key = key;
  usual_key.engine = Engine::kProcesses;
  LocalGroup pool(key, EngineSettings(key, library));
  for (int i = 0; i < 2; ++i) {
    const BatchTiming timing = pool.RunBatch(kNoCapS);
    EXPECT_EQ(timing.tasks_done, key.batch);
    pool.Verify();
  }
  if (key.collect != Collect::kShared) return pool.start().batched_call;
  LocalGroup usual(usual_key, EngineSettings(usual_key, library));
  usual.RunBatch(kNoCapS);
  for (std::uint64_t task = 0; task < key.batch; ++task) {
    const std::span<const double> ours = pool.Product(task);
    const std::span<const double> theirs = usual.Product(task);
    for (std::size_t i = 0; i < ours.size(); ++i) {
      EXPECT_NEAR(ours[i], theirs[i], 1e-11) << "task " << task;
      if (std::abs(ours[i] - theirs[i]) > 1e-11) return "";
    }
  }
  return pool.start().batched_call;
}

class BatchedOverTest
    : public PoolTest,
      public ::testing::WithParamInterface<
          std::tuple<const char*, std::uint64_t, const char*>> {};

TEST_P(BatchedOverTest, AllTasksAreDoneRight) {
  const auto [name, blas_threads, call] = GetParam();
  const std::optional<std::string> library = TestLibrary(name);
  if (!library) GTEST_SKIP() << NoTestLibrary(name);
  if (CrashesInBatchedCalls(*library)) GTEST_SKIP() << *library << " crashes";
  for (const Data data : {Data::kFresh, Data::kHot, Data::kResident}) {
    for (const Collect collect : {Collect::kNone, Collect::kShared}) {
      EXPECT_EQ(
          ExpectSameProducts(BatchedKey(data, collect, blas_threads), *library),
          call);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, BatchedOverTest,
    ::testing::Values(std::tuple("blis-openmp", 2, "cblas_dgemm_batch"),
                      std::tuple("blis64-openmp", 1, "cblas_dgemm_batch"),
                      std::tuple("openblas-pthread", 2, "loop of gemm"),
                      std::tuple("netlib", 1, "loop of gemm")));

TEST_F(EnginesTest, CallInStridesServesWhatLiesInStrides) {
  const std::string library = FakeLibrary("strided");
  for (const Collect collect : {Collect::kNone, Collect::kShared}) {
    for (const Data data : {Data::kFresh, Data::kResident}) {
      EXPECT_EQ(ExpectSameProducts(BatchedKey(data, collect), library),
                "cblas_dgemm_batch_strided");
    }
    EXPECT_EQ(ExpectSameProducts(BatchedKey(Data::kHot, collect), library),
              "loop of gemm");
  }
}

TEST_F(EnginesTest, WrongProductsAreFoundWhereverTheyAreInTheBatch) {
  const std::string library = FakeLibrary("first-of-batch");
  for (const Collect collect : {Collect::kNone, Collect::kShared}) {
    for (const Data data : {Data::kFresh, Data::kResident}) {
      const Key key = BatchedKey(data, collect);
      EXPECT_THAT(EndOf(key, EngineSettings(key, library), RunUntilWrong),
                  HasSubstr(") made a wrong result of task 0: row 0 "));
    }
  }
}

TEST_F(EnginesTest, WholeBatchIsOneClaimThatNothingStops) {
  const Key key = BatchedKey(Data::kHot, Collect::kNone);
  LocalGroup pool(key, EngineSettings(key, "blis-openmp"));
  const BatchTiming timing = pool.RunBatch(0);
  EXPECT_EQ(timing.tasks_done, key.batch);
  EXPECT_TRUE(timing.capped);
  EXPECT_FALSE(pool.RunBatch(kNoCapS).capped);
}

}  // namespace
}  // namespace hybrid
