// What bench says of its command line, and that it touches nothing then.

#include <gmock/gmock.h>

#include <string>

#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

struct BadFlag {
  std::string flag;
  std::string value;  ///< with its sign of equality
};

class BadFlagTest : public BenchTest,
                    public ::testing::WithParamInterface<BadFlag> {};

TEST_P(BadFlagTest, OneLineNamesTheFlagAndNothingIsTouched) {
  WriteFile(File("kept.json"), "kept");
  // In front, where it is not hidden by an earlier flag.
  const BenchResult result =
      Run({GetParam().flag + GetParam().value, "--benchmark_filter=Hybrid",
           "--benchmark_out=kept.json"});
  EXPECT_EQ(result.exit_code(), 2);
  EXPECT_THAT(result.out, IsEmpty());
  EXPECT_THAT(
      Lines(result.err),
      ElementsAre(AllOf(StartsWith("bench: "), HasSubstr(GetParam().flag))));
  EXPECT_THAT(Files(), ElementsAre("kept.json"));
  EXPECT_EQ(ReadFile(File("kept.json")), "kept");
}

INSTANTIATE_TEST_SUITE_P(
    Flags, BadFlagTest,
    ::testing::Values(
        BadFlag{"--nn", "=64"}, BadFlag{"--n", "=0"}, BadFlag{"--n", "=-1"},
        BadFlag{"--n", "=1.5"}, BadFlag{"--n", "=64,64"}, BadFlag{"--n", "="},
        BadFlag{"--n", ""}, BadFlag{"--n", "=64:16:*2"},
        BadFlag{"--n", "=99999999999999999999"}, BadFlag{"--batch", "=8,,9"},
        BadFlag{"--workers", "=many"}, BadFlag{"--blas_threads", "=0"},
        BadFlag{"--operation", "=gem"}, BadFlag{"--operation", "=gemm,gemm"},
        BadFlag{"--data", "=warm"}, BadFlag{"--collect", "=all"},
        BadFlag{"--pin", "=tight"}, BadFlag{"--kernels", "=AVX-512"},
        BadFlag{"--kernels", "=best,best"}, BadFlag{"--noise", "=some"},
        BadFlag{"--ceilings", "=high"}, BadFlag{"--rerun_noisy", "=-1"},
        BadFlag{"--serial_blis", "=always"}, BadFlag{"--seed", "=-1"},
        BadFlag{"--cap", "=0"}, BadFlag{"--cap", "=nan"},
        BadFlag{"--hang_timeout", "=-1"}, BadFlag{"--csv", "="},
        BadFlag{"--dry_run", "=maybe"}, BadFlag{"stray", ""},
        BadFlag{"--benchmark_filte", "=Hybrid"},
        BadFlag{"--benchmark_list_test", ""},
        BadFlag{"--benchmark_format", "=xml"},
        BadFlag{"--benchmark_out_format", "=xml"},
        BadFlag{"--benchmark_time_unit", "=years"},
        BadFlag{"--benchmark_repetitions", "=0"},
        BadFlag{"--benchmark_repetitions", "=-1"},
        BadFlag{"--benchmark_repetitions", "=some"},
        BadFlag{"--benchmark_min_time", "=-1"}));

class FlagsTest : public BenchTest {};

TEST_F(FlagsTest, FilterThatIsNoRegularExpression) {
  const BenchResult result = Run({"--benchmark_filter=["});
  EXPECT_EQ(result.exit_code(), 2);
  EXPECT_THAT(result.out, IsEmpty());
  EXPECT_THAT(Lines(result.err), ElementsAre(HasSubstr("--benchmark_filter")));
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(FlagsTest, HelpShowsOursThenGoogles) {
  for (const char* flag : {"--help", "-h"}) {
    const BenchResult result = Run({flag});
    EXPECT_EQ(result.exit_code(), 0);
    EXPECT_THAT(result.err, IsEmpty());
    const std::size_t ours = result.out.find("--blas_threads");
    const std::size_t googles = result.out.find("--benchmark_filter");
    ASSERT_NE(ours, std::string::npos);
    ASSERT_NE(googles, std::string::npos);
    EXPECT_LT(ours, googles);
    EXPECT_THAT(Files(), IsEmpty());
  }
}

TEST_F(FlagsTest, DryRunSaysWhatWouldRunAndWhatNot) {
  const BenchResult result =
      Run({"--dry_run", "--benchmark_filter=Hybrid", "--n=16,1000000",
           "--batch=4", "--workers=1,2", "--blas_threads=1", "--noise=none"});
  EXPECT_EQ(result.exit_code(), 0);
  EXPECT_THAT(result.err, IsEmpty());
  std::vector<std::string> run;
  std::vector<std::string> skipped;
  for (const std::string& line : Lines(result.out)) {
    if (line.starts_with("run ")) run.push_back(line);
    if (line.starts_with("skipped ")) skipped.push_back(line);
  }
  EXPECT_THAT(run, ElementsAre(HasSubstr("n:16/batch:4/workers:1"),
                               HasSubstr("n:16/batch:4/workers:2")));
  const auto reason = AllOf(HasSubstr("n=1000000"), HasSubstr("TiB"));
  EXPECT_THAT(skipped, ElementsAre(reason, reason));
  EXPECT_THAT(result.out, HasSubstr("MiB"));
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(FlagsTest, WhatTheFilterLeavesOutIsNotSkippedEither) {
  const auto skipped = [&](const std::string& filter) {
    const BenchResult result =
        Run({"--dry_run", "--benchmark_filter=" + filter, "--n=1000000",
             "--batch=4", "--workers=1", "--blas_threads=1"});
    EXPECT_EQ(result.exit_code(), 0) << result.err;
    std::vector<std::string> lines;
    for (const std::string& line : Lines(result.out)) {
      if (line.starts_with("skipped ")) lines.push_back(line);
    }
    return lines;
  };
  EXPECT_THAT(skipped("Hybrid"), ElementsAre(HasSubstr("skipped   gemm ")));
  EXPECT_THAT(skipped("Tutorial/serial"),
              ElementsAre(HasSubstr("skipped   Tutorial/serial ")));
  EXPECT_THAT(skipped("Overhead/gate"), IsEmpty());
}

TEST_F(FlagsTest, SweepListsWhatMemoryDoesNotAdmit) {
  const BenchResult result =
      Run(Quick({"--n=16,1000000", "--workers=1", "--csv=r.csv"}));
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("skipped"), HasSubstr("n=1000000"),
                                HasSubstr("TiB")));
  EXPECT_EQ(CountRows(File("r.csv")), 2U);
}

}  // namespace
}  // namespace hybrid
