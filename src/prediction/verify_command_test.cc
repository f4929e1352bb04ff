#include "prediction/verify_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "prediction/test_sizes.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::array<Split, 1> kOneSplit{Split{2, 1}};

Grid GridOf(TestSizes test) {
  test.Add(64, 8, {{{2, 1}, 1}, {{1, 1}, 2}});
  return FindGrid(test.rows);
}

TEST(VerifyCommandTest, MeasuresTheTiesAlone) {
  const Grid grid = GridOf({});
  EXPECT_EQ(VerifyCommand(grid, {300, 50}, kOneSplit),
            "bench --benchmark_filter=Hybrid --n=300 --batch=50 --workers=2 "
            "--blas_threads=1");
  EXPECT_EQ(VerifyCommand(grid, {300, 50}),
            "bench --benchmark_filter=Hybrid --n=300 --batch=50");
  const std::array<Split, 2> in_a_row{Split{2, 1}, Split{4, 1}};
  EXPECT_EQ(VerifyCommand(grid, {300, 50}, in_a_row),
            "bench --benchmark_filter=Hybrid --n=300 --batch=50 --workers=2,4 "
            "--blas_threads=1");
  // The product of these would have two more.
  const std::array<Split, 2> across{Split{2, 1}, Split{1, 2}};
  EXPECT_EQ(VerifyCommand(grid, {300, 50}, across),
            "bench --benchmark_filter='Hybrid/.*/batch:50/(workers:2/"
            "blas_threads:1|workers:1/blas_threads:2)(/|$)' --n=300 "
            "--batch=50 --workers=1,2 --blas_threads=1,2");
  const std::array<Split, 1> threads{Split{2, 1, Engine::kThreads}};
  EXPECT_THAT(VerifyCommand(grid, {300, 50}, threads),
              HasSubstr(" --engine=threads"));
}

TEST(VerifyCommandTest, InTheSameWay) {
  TestSizes test;
  test.base.operation = "gelsd";
  test.base.aspect = 2;
  test.base.precision = Precision::kSingle;
  test.base.blas = "openblas-pthread";
  test.base.data = Data::kHot;
  test.base.collect = Collect::kShared;
  test.base.kernels_asked = "library";
  test.base.pin = Pin::kNone;
  EXPECT_EQ(VerifyCommand(GridOf(test), {300, 50}, kOneSplit),
            "bench --benchmark_filter=Hybrid --n=300 --batch=50 --workers=2 "
            "--blas_threads=1 --operation=gelsd --precision=s --aspect=2 "
            "--blas=openblas-pthread --data=hot --collect=shared "
            "--kernels=library --pin=none");
  test.base.aspect = 4;  // as usual there
  EXPECT_THAT(VerifyCommand(GridOf(test), {300, 50}, kOneSplit),
              Not(HasSubstr("--aspect")));
}

TEST(VerifyCommandTest, WithTheRunsOtherFlags) {
  TestSizes test;
  test.base.flags =
      "--n=64,256 --batch=8 --workers=auto --blas_threads=1 --kernels=library "
      "--blas=netlib --rerun_noisy=2 --benchmark_filter='Hybrid|Noise' "
      "--benchmark_repetitions=5";
  EXPECT_EQ(VerifyCommand(GridOf(test), {300, 50}, kOneSplit),
            "bench --benchmark_filter=Hybrid --n=300 --batch=50 --workers=2 "
            "--blas_threads=1 --rerun_noisy=2 --benchmark_repetitions=5");
  // How it searched is no way of measuring, nor is what bench no longer knows.
  test.base.flags = "--noise=none --launch=keep --search=true --budget=60s";
  EXPECT_EQ(VerifyCommand(GridOf(test), {300, 50}, kOneSplit),
            "bench --benchmark_filter=Hybrid --n=300 --batch=50 --workers=2 "
            "--blas_threads=1 --launch=keep");
  // With --quick other kernels are usual.
  test.base.flags = "--quick=true";
  EXPECT_THAT(VerifyCommand(GridOf(test), {300, 50}, kOneSplit),
              HasSubstr(" --kernels=best --quick=true"));
}

TEST(VerifyCommandTest, OfACommand) {
  TestSizes test;
  test.base.operation = kCommandOperation;
  test.base.command = "python3 -c 'import job'";
  test.base.protocol = "lines";
  test.base.environment = "A=1 B='b c'";
  test.base.blas.clear();
  test.base.kernels_asked.clear();
  test.base.flags = "--keep_env=OMP_PLACES --prepare='rm x'";
  TestSizes of_command = test;
  of_command.Add(0, 8, {{{2, 1}, 1}, {{1, 1}, 2}});
  EXPECT_EQ(VerifyCommand(FindGrid(of_command.rows), {0, 50}, kOneSplit),
            "bench --benchmark_filter=Hybrid --batch=50 --workers=2 "
            "--blas_threads=1 --command='python3 -c '\\''import job'\\''' "
            "--protocol=lines --env=A=1 --env='B=b c' --keep_env=OMP_PLACES  "
            "# give --prepare too, as in the file");
}

TEST(VerifyCommandTest, RunsNothingThatAFileSays) {
  TestSizes test;
  test.base.blas = "x;touch hacked\n$(touch hacked)";
  test.base.flags = "--a;touch=1 '--b$(touch hacked)=1' --cap='$(touch x)' -rf";
  const std::string command = VerifyCommand(GridOf(test), {1, 1}, kOneSplit);
  EXPECT_EQ(command,
            "bench --benchmark_filter=Hybrid --n=1 --batch=1 --workers=2 "
            "--blas_threads=1 --blas='x;touch hacked $(touch hacked)' "
            "--cap='$(touch x)'");
  test.base.blas = "blis";
  test.base.flags = "--cap='1";
  test.base.environment = "A='";
  EXPECT_EQ(VerifyCommand(GridOf(test), {1, 1}, kOneSplit),
            "bench --benchmark_filter=Hybrid --n=1 --batch=1 --workers=2 "
            "--blas_threads=1");
}

TEST(VerifyCommandTest, StartsLoadsAndWritesNothingThatAFileChooses) {
  TestSizes test;
  test.base.blas = "blis,/tmp/evil.so";
  test.base.command = "/tmp/evil";
  test.base.protocol = "once";
  test.base.environment = "LD_PRELOAD=/tmp/evil.so";
  test.base.flags =
      "--worker=/tmp/evil --working_directory=/tmp --csv=/tmp/evil "
      "--benchmark_out=/tmp/evil --prepare=evil --blas=/tmp/evil.so "
      "--command=evil --resume=/tmp/evil --cap=1";
  EXPECT_EQ(VerifyCommand(GridOf(test), {1, 1}, kOneSplit),
            "bench --benchmark_filter=Hybrid --n=1 --batch=1 --workers=2 "
            "--blas_threads=1 --cap=1  # give --blas, --prepare, --worker, "
            "--working_directory too, as in the file");
}

TEST(VerifyCommandTest, ACommandGetsNoVariableThatChoosesWhatIsLoaded) {
  TestSizes test;
  test.base.operation = kCommandOperation;
  test.base.command = "./job";
  test.base.protocol = "lines";
  test.base.environment = "LD_PRELOAD=/tmp/evil.so A=1";
  test.base.blas.clear();
  test.base.kernels_asked.clear();
  const std::string command = VerifyCommand(GridOf(test), {1, 1}, kOneSplit);
  EXPECT_THAT(command, HasSubstr(" --env=A=1  # give --env too"));
  EXPECT_THAT(command, Not(HasSubstr("evil")));
}

}  // namespace
}  // namespace hybrid
