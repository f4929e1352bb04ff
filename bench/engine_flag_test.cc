// --engine: workers that are threads of one process, and the batched call.

#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <vector>

#include "blas/test_libraries.h"
#include "key/key_text.h"
#include "results/csv_reader.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class EngineFlagTest : public BenchTest {
 protected:
  BenchResult RunEngines(const std::vector<std::string>& arguments,
                         const BenchSettings& settings = {}) const {
    return Run(
        Quick(Override({"--engine=processes,threads,batched", "--csv=r.csv"},
                       arguments)),
        settings);
  }

  /// "2×1 threads" and what the call was, of each row.
  std::vector<std::string> Measured() const {
    std::vector<std::string> all;
    for (const Row& row : ReadCsv(File("r.csv"))) {
      if (row.repetition > 0) continue;
      all.push_back(SplitText(row.split()) +
                    (row.batched_call.empty() ? "" : ": " + row.batched_call));
    }
    return all;
  }
};

TEST_F(EngineFlagTest, OneAnswerHoldsAll) {
  const BenchResult result = RunEngines({"--why"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.err, IsEmpty());
  EXPECT_THAT(Measured(), UnorderedElementsAre("1×1", "1×1 threads",
                                               "1×1 batched: cblas_dgemm_batch",
                                               "2×1", "2×1 threads"));
  EXPECT_THAT(result.out, HasSubstr(" 2×1 threads "));
  // Each is in the one group.
  EXPECT_THAT(result.out, HasSubstr("gemm  n=16  batch=4"));
}

TEST_F(EngineFlagTest, WhatIsNone) {
  for (const char* engine : {"foo", "", "threads,threads", "Threads"}) {
    const std::string flag = std::string("--engine=") + engine;
    const BenchResult result = Run(Quick({flag, "--csv=r.csv"}));
    EXPECT_EQ(result.exit_code(), 2);
    EXPECT_THAT(result.err, HasSubstr("bench: " + flag + ": "));
    EXPECT_THAT(result.err,
                HasSubstr("takes a list of processes, threads, batched\n"));
    EXPECT_THAT(Files(), IsEmpty());
  }
}

TEST_F(EngineFlagTest, WhatCanNotBeIsSkippedWithTheReason) {
  const std::optional<std::string> library = TestLibrary("openblas-pthread");
  if (!library) GTEST_SKIP() << NoTestLibrary("openblas-pthread");
  if (CrashesInBatchedCalls(*library)) GTEST_SKIP() << *library << " crashes";
  const BenchResult result =
      RunEngines({"--blas=" + *library, "--blas_threads=2",
                  "--operation=gemm,gesv", "--kernels=library"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  const auto flat = [](std::string text) {
    for (std::size_t at = 0;
         (at = text.find("\n          ", at)) != std::string::npos;) {
      text.replace(at, 11, " ");
    }
    return text;
  };
  EXPECT_THAT(flat(result.out),
              AllOf(HasSubstr("has one pool of threads, and one setting, for "
                              "its whole process: 2 threads can't each have 2 "
                              "BLAS threads (openblas-openmp can)"),
                    HasSubstr("there is no batched call of gesv, only of "
                              "gemm")));
}

TEST_F(EngineFlagTest, WrongProductsOfThreadsAreErrors) {
  const BenchResult result = RunEngines(
      {"--blas=" + FakeLibrary("not-reentrant"), "--n=64", "--batch=16",
       "--workers=2", "--kernels=library", "--engine=processes,threads",
       "--benchmark_min_time=0.05", "--benchmark_repetitions=9"});
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(result.err,
              AllOf(HasSubstr("bench: gemm n=64 batch=16 2×1 threads blas="),
                    HasSubstr(") made a wrong result of task ")));
  for (const Row& row : ReadCsv(File("r.csv"))) {
    if (row.status != Status::kError) continue;
    EXPECT_EQ(row.engine, Engine::kThreads) << row.error;
  }
}

TEST_F(EngineFlagTest, ResumeGoesOnWithThem) {
  ASSERT_EQ(RunEngines({"--launch=keep"}).exit_code(), 0);
  const std::vector<std::string> before = Measured();
  const std::vector<std::string> lines = Lines(ReadFile(File("r.csv")));
  std::string text;
  for (std::size_t i = 0; i < 5; ++i) text += lines[i] + "\n";
  WriteFile(File("r.csv"), text);
  const BenchResult result = Run({"--resume=r.csv"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("resumed   2 of 5 configurations"));
  EXPECT_EQ(Measured(), before);
  const BenchResult other = Run({"--resume=r.csv", "--engine=threads"});
  EXPECT_EQ(other.exit_code(), 2);
  EXPECT_THAT(other.err, HasSubstr("--engine=threads, but the file's is "
                                   "processes,threads,batched"));
}

TEST_F(EngineFlagTest, ProcessThatDiesIsOneLineForEachConfiguration) {
  const BenchResult result =
      RunEngines({"--worker=" + FaultyWorker(), "--engine=threads",
                  "--kernels=library", "--workers=2", "--n=16,17"},
                 {.environment = {"HYBRID_TEST_FAULT=sigkill_mid_batch"}});
  EXPECT_EQ(result.exit_code(), 1);
  const std::vector<std::string> lines = Lines(result.err);
  ASSERT_EQ(lines.size(), 3U) << result.err;
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_THAT(lines[i],
                AllOf(HasSubstr("2×1 threads kernels=library: the process of 2 "
                                "threads (pid "),
                      EndsWith(") was killed by signal 9 (Killed) in "
                               "mid-batch")));
  }
  for (const Row& row : ReadCsv(File("r.csv"))) {
    EXPECT_EQ(row.status, Status::kError);
    EXPECT_THAT(row.error, HasSubstr("(Killed) in mid-batch"));
  }
}

}  // namespace
}  // namespace hybrid
