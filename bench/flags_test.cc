// What bench says of its command line, and that it touches nothing then.

#include <gmock/gmock.h>

#include <string>
#include <utility>

#include "base/text.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

struct RefusedFlag {
  std::string flag;
  std::string value;  ///< with its sign of equality
};

class RefusedFlagTest : public BenchTest,
                        public ::testing::WithParamInterface<RefusedFlag> {};

TEST_P(RefusedFlagTest, OneLineNamesTheFlagAndNothingIsTouched) {
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
    Flags, RefusedFlagTest,
    ::testing::Values(
        RefusedFlag{"--nn", "=64"}, RefusedFlag{"--n", "=0"},
        RefusedFlag{"--n", "=-1"}, RefusedFlag{"--n", "=1.5"},
        RefusedFlag{"--n", "=64,64"}, RefusedFlag{"--n", "="},
        RefusedFlag{"--n", ""}, RefusedFlag{"--n", "=64:16:*2"},
        RefusedFlag{"--n", "=99999999999999999999"},
        RefusedFlag{"--batch", "=8,,9"}, RefusedFlag{"--workers", "=many"},
        RefusedFlag{"--blas_threads", "=0"}, RefusedFlag{"--operation", "=gem"},
        RefusedFlag{"--operation", "=gemm,gemm"},
        RefusedFlag{"--data", "=warm"}, RefusedFlag{"--collect", "=all"},
        RefusedFlag{"--pin", "=tight"}, RefusedFlag{"--kernels", "=AVX-512"},
        RefusedFlag{"--kernels", "=best,best"},
        RefusedFlag{"--launch", "=some"}, RefusedFlag{"--ceilings", "=high"},
        RefusedFlag{"--rerun_noisy", "=-1"}, RefusedFlag{"--blas", "=esslish"},
        RefusedFlag{"--seed", "=-1"}, RefusedFlag{"--cap", "=0"},
        RefusedFlag{"--cap", "=nan"}, RefusedFlag{"--hang_timeout", "=-1"},
        RefusedFlag{"--csv", "="}, RefusedFlag{"--dry_run", "=maybe"},
        RefusedFlag{"stray", ""}, RefusedFlag{"--benchmark_filte", "=Hybrid"},
        RefusedFlag{"--benchmark_list_test", ""},
        RefusedFlag{"--benchmark_format", "=xml"},
        RefusedFlag{"--benchmark_out_format", "=xml"},
        RefusedFlag{"--benchmark_time_unit", "=years"},
        RefusedFlag{"--benchmark_repetitions", "=0"},
        RefusedFlag{"--benchmark_repetitions", "=-1"},
        RefusedFlag{"--benchmark_repetitions", "=some"},
        RefusedFlag{"--benchmark_min_time", "=-1"},
        RefusedFlag{"--benchmark_min_time", "="},
        RefusedFlag{"--benchmark_min_time", "=inf"},
        RefusedFlag{"--benchmark_min_time", "=nan"},
        RefusedFlag{"--benchmark_min_time", "=1e300"},
        RefusedFlag{"--benchmark_min_time", "=0x"},
        RefusedFlag{"--benchmark_min_time", "=1.5x"},
        RefusedFlag{"--benchmark_min_time", "=1ms"},
        RefusedFlag{"--benchmark_min_time", "=nans"},
        RefusedFlag{"--benchmark_min_warmup_time", "=inf"},
        RefusedFlag{"--benchmark_min_warmup_time", "=nan"},
        RefusedFlag{"--benchmark_repetitions", "="},
        RefusedFlag{"--benchmark_color", "="},
        RefusedFlag{"--benchmark_format", "="}, RefusedFlag{"--csv", ""},
        RefusedFlag{"--resume", "="}, RefusedFlag{"--worker", "="},
        RefusedFlag{"--seed", "="}, RefusedFlag{"--rerun_noisy", "="},
        RefusedFlag{"--lock", "=maybe"}, RefusedFlag{"--lock_timeout", "=0"},
        RefusedFlag{"--lock_timeout", "="}, RefusedFlag{"--dry_run", "="},
        RefusedFlag{"--help", "=bla"}));

class FlagsTest : public BenchTest {};

TEST_F(FlagsTest, FilterThatIsNoRegularExpression) {
  const BenchResult result = Run({"--benchmark_filter=["});
  EXPECT_EQ(result.exit_code(), 2);
  EXPECT_THAT(result.out, IsEmpty());
  EXPECT_THAT(Lines(result.err), ElementsAre(HasSubstr("--benchmark_filter")));
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(FlagsTest, NoFlagTakesTheNextForItsValue) {
  for (const std::string& flag :
       {std::string("--csv="), std::string("--csv")}) {
    for (const std::string& next :
         {std::string("--n=16"), std::string("--dry_run")}) {
      const BenchResult result = Run({flag, next, "--benchmark_filter=Hybrid"});
      EXPECT_EQ(result.exit_code(), 2);
      EXPECT_THAT(Lines(result.err), ElementsAre(HasSubstr("--csv")));
      EXPECT_THAT(Files(), IsEmpty());
    }
  }
}

TEST_F(FlagsTest, AFlagGivenTwiceIsNamed) {
  EXPECT_EQ(Run({"--n=16", "--n=16"}).err,
            "bench: --n: is given twice, once is enough; see --help\n");
}

TEST_F(FlagsTest, VariablesAreCheckedAsFlagsAre) {
  BenchSettings settings;
  settings.environment = {"BENCHMARK_MIN_TIME=nan"};
  const BenchResult result = Run({"--dry_run"}, settings);
  EXPECT_EQ(result.exit_code(), 2);
  EXPECT_THAT(result.err, HasSubstr("--benchmark_min_time=nan"));
}

TEST_F(FlagsTest, NestedFiltersComeToAnEnd) {
  const BenchResult none =
      Run({"--dry_run", "--benchmark_filter=(((.*)*)*)*!"});
  EXPECT_EQ(none.exit_code(), 1);
  EXPECT_THAT(none.err, HasSubstr("matches none"));
  const BenchResult deep =
      Run({"--dry_run", "--benchmark_filter=" + std::string(100000, '(')});
  EXPECT_EQ(deep.exit_code(), 2);
  EXPECT_THAT(Lines(deep.err),
              ElementsAre(AllOf(HasSubstr("--benchmark_filter=(((("),
                                HasSubstr("too large"))));
}

TEST_F(FlagsTest, WhatMemoryDoesNotAdmitIsNotTheFiltersFault) {
  const BenchResult result =
      Run({"--benchmark_filter=Hybrid", "--n=1000000", "--batch=4",
           "--workers=1,2", "--blas_threads=1"});
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(Lines(result.err),
              ElementsAre(AllOf(HasSubstr("none of 2 configurations"),
                                HasSubstr("n=1000000"), HasSubstr("TiB"),
                                Not(HasSubstr("--benchmark_filter")))));
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(FlagsTest, HelpShowsOursThenGoogles) {
  for (const char* flag : {"--help", "-h"}) {
    const BenchResult result = Run({flag});
    EXPECT_EQ(result.exit_code(), 0);
    EXPECT_THAT(result.err, IsEmpty());
    const std::size_t ours = result.out.find("--blas_threads");
    const std::size_t googles = result.out.find("[--benchmark_filter");
    ASSERT_NE(ours, std::string::npos);
    ASSERT_NE(googles, std::string::npos);
    EXPECT_LT(ours, googles);
    EXPECT_THAT(Files(), IsEmpty());
  }
}

TEST_F(FlagsTest, DryRunSaysWhatWouldRunAndWhatNot) {
  const BenchResult result =
      Run({"--dry_run=full", "--benchmark_filter=Hybrid", "--n=16,1000000",
           "--batch=4", "--workers=1,2", "--blas_threads=1"});
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

TEST_F(FlagsTest, DryRunFitsAScreenHoweverManyCoresThereAre) {
  for (const char* machine : {"package:1 core:2 pu:1", "core:24 pu:2",
                              "package:2 numa:4 core:16 pu:2"}) {
    const BenchResult result =
        Run({"--dry_run", "--benchmark_filter=Hybrid", "--n=64,256,1000000"},
            {.environment = {std::string("HWLOC_SYNTHETIC=") + machine}});
    EXPECT_EQ(result.exit_code(), 0) << result.err;
    EXPECT_LE(Lines(result.out).size(), 24U) << result.out;
    for (const std::string& line : Lines(result.out)) {
      EXPECT_LE(DisplayWidth(line), 80U) << line;
    }
    EXPECT_THAT(result.out, AllOf(HasSubstr("would run "), HasSubstr("pinned "),
                                  HasSubstr("skipped "), HasSubstr("memory ")));
  }
}

TEST_F(FlagsTest, DryRunOfOneSplitLaunchesAProgramOnItsCores) {
  const BenchResult result =
      Run({"--dry_run", "--benchmark_filter=Hybrid", "--workers=16",
           "--blas_threads=8"},
          {.environment = {"HWLOC_SYNTHETIC=package:2 core:64 pu:1"}});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("placement 16×8  each worker on cores of its "
                              "own\n  socket 0  "),
                    HasSubstr("for c in {0..120..8}; do"),
                    HasSubstr(" taskset -c $c-$((c+7)) "),
                    HasSubstr("OMP_NUM_THREADS=8"),
                    HasSubstr("srun --nodes=1 --ntasks=16 ")));
}

TEST_F(FlagsTest, DryRunOfOneSplitThatFitsNowhereLaunchesItAllTheSame) {
  const BenchResult result =
      Run({"--dry_run", "--benchmark_filter=Hybrid", "--workers=128",
           "--blas_threads=2"},
          {.environment = {"HWLOC_SYNTHETIC=core:2 pu:1"}});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("placement 128×2  workers run anywhere"),
                    HasSubstr("for c in {1..128}; do"),
                    HasSubstr("(this machine's) available")));
}

/// What a run would refuse is no fine dry run, and leaves nothing either.
TEST_F(FlagsTest, DryRunRefusesWhatARunWould) {
  WriteFile(File("old.csv"), "something\n");
  WriteFile(File("file"), "");
  for (const auto& [flag, reason] :
       {std::pair("--csv=old.csv", "exists and is not empty"),
        std::pair("--csv=file/r.csv", "Not a directory"),
        std::pair("--benchmark_out=no/r.json", "No such file"),
        std::pair("--kernels=cray1", "blis has no such kernels"),
        std::pair("--benchmark_filter=zzz", "matches none"),
        std::pair("--n=1000000", "none of ")}) {
    SCOPED_TRACE(flag);
    int status = 0;
    for (const bool dry_run : {false, true}) {
      const BenchResult result =
          Run(Quick({"--workers=1", flag, dry_run ? "--dry_run" : "--why"}));
      EXPECT_THAT(Lines(result.err), ElementsAre(HasSubstr(reason)));
      EXPECT_NE(result.exit_code(), 0);
      if (dry_run) {
        EXPECT_EQ(result.exit_code(), status);
      }
      status = result.exit_code();
    }
    EXPECT_THAT(Files(), UnorderedElementsAre("old.csv", "file"));
  }
}

TEST_F(FlagsTest, DryRunLeavesNoFile) {
  const BenchResult result =
      Run(Quick({"--csv=a/b/r.csv", "--benchmark_out=r.json", "--dry_run"}));
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(Files(), IsEmpty());
  const BenchResult streamed = Run(Quick({"--csv=-", "--dry_run"}));
  EXPECT_THAT(streamed.out, StartsWith("would run "));
}

TEST_F(FlagsTest, WhatTheFilterLeavesOutIsNotSkippedEither) {
  const auto skipped = [&](const std::string& filter) {
    const BenchResult result =
        Run({"--dry_run", "--benchmark_filter=" + filter, "--n=1000000",
             "--batch=4", "--workers=1", "--blas_threads=1"});
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
