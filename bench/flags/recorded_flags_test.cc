#include "flags/recorded_flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>
#include <vector>

#include "flags/flag_table.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

MeasuringFlags Given(const std::vector<std::string>& ours,
                     const std::vector<std::string>& googles = {}) {
  return GivenFlags(ParseOptions(ours), GoogleFlags(googles));
}

TEST(RecordedFlagsTest, WhatWasGivenInAFixedOrder) {
  EXPECT_EQ(FlagsText(Given(
                {"--cap", "2", "--batch=4", "--n=64:256:*2", "--dry_run",
                 "--csv=x.csv"},
                {"--benchmark_repetitions=3", "--benchmark_filter=Hybrid|Noise",
                 "--benchmark_format=json"})),
            "--n='64:256:*2' --batch=4 --cap=2 "
            "--benchmark_filter='Hybrid|Noise' --benchmark_repetitions=3");
  EXPECT_EQ(FlagsText(Given({})), "");
}

TEST(RecordedFlagsTest, EveryMeasuringFlagHasItsPlace) {
  const MeasuringFlags flags =
      Given({"--worker=/w",        "--hang_timeout=1",
             "--blas=blis-openmp", "--n=1",
             "--batch=1",          "--workers=1",
             "--blas_threads=1",   "--operation=gemm",
             "--data=hot",         "--collect=none",
             "--kernels=library",  "--pin=none",
             "--seed=2",           "--cap=1",
             "--ceilings=none",    "--rerun_noisy=1",
             "--launch=anew",      "--search",
             "--budget=5m",        "--quick",
             "--engine=threads",   "--aspect=2",
             "--precision=s"},
            {"--benchmark_enable_random_interleaving", "--benchmark_filter=.",
             "--benchmark_repetitions=1", "--benchmark_min_time=1",
             "--benchmark_min_warmup_time=1"});
  EXPECT_EQ(FlagsText(flags),
            "--n=1 --batch=1 --workers=1 --blas_threads=1 --operation=gemm "
            "--data=hot --collect=none --kernels=library --blas=blis-openmp "
            "--pin=none --seed=2 --cap=1 --launch=anew --ceilings=none "
            "--rerun_noisy=1 --worker=/w --hang_timeout=1 --benchmark_filter=. "
            "--benchmark_repetitions=1 --benchmark_min_time=1 "
            "--benchmark_min_warmup_time=1 "
            "--benchmark_enable_random_interleaving=true --quick=true "
            "--engine=threads --precision=s --aspect=2 --search=true "
            "--budget=5m");
  // Some of these make no sense beside a command.
  const MeasuringFlags of_command = Given(
      {"--prepare=p", "--working_directory=w", "--keep_env=K", "--env=E=1",
       "--start_timeout=1", "--protocol=once", "--command=c"});
  EXPECT_EQ(FlagsText(of_command),
            "--command=c --protocol=once --start_timeout=1 --env=E=1 "
            "--keep_env=K --working_directory=w --prepare=p");
  EXPECT_EQ(flags.size() + of_command.size(), RecordedFlags().size());
}

TEST(RecordedFlagsTest, BesideQuickDefaultsAreItsOwn) {
  const MeasuringFlags quick = Given({"--quick"});
  EXPECT_THAT(FlagDifferences(
                  Given({"--kernels=library"}, {"--benchmark_repetitions=3",
                                                "--benchmark_min_time=0.020"}),
                  quick),
              IsEmpty());
  EXPECT_EQ(FlagsText(Merge(Given({"--kernels=best"}), quick)),
            "--kernels=best --quick=true");
  EXPECT_THAT(FlagDifferences(quick, Given({"--quick=no"})), SizeIs(1));
}

TEST(RecordedFlagsTest, TheEnvironmentIsGivenToo) {
  ASSERT_EQ(setenv("BENCHMARK_REPETITIONS", "5", 1), 0);
  EXPECT_EQ(FlagsText(Given({})), "--benchmark_repetitions=5");
  unsetenv("BENCHMARK_REPETITIONS");
}

TEST(RecordedFlagsTest, ReadsBackExactly) {
  for (const char* value :
       {"", "a b", "it's", "''", "\\", "$(x) `y` \"z\" *?[!", "a=b", " ",
        "ü\tx", "'; --n=1 '", "a\\'b"}) {
    const MeasuringFlags flags{{"--n", "64"}, {"--benchmark_filter", value}};
    EXPECT_EQ(ParseFlagsText(FlagsText(flags)), flags) << value;
  }
  EXPECT_THAT(ParseFlagsText(""), IsEmpty());
}

TEST(RecordedFlagsTest, RefusesWhatItNeverWrote) {
  for (const char* text :
       {"--n", "x", "--csv=x", "--n='1", "--n=1 --n=2", "--benchmark_out=x",
        "--resume=x", "--help", "rm -rf"}) {
    EXPECT_THROW(ParseFlagsText(text), ResultsError) << text;
  }
}

TEST(RecordedFlagsTest, NoFileChoosesWhatIsStartedOrLoaded) {
  for (const Flag* flag : RecordedFlags()) {
    const MeasuringFlags recorded{{flag->name, "/theirs"}};
    if (flag->source == Source::kAnywhere) {
      EXPECT_NO_THROW(CheckSources({}, recorded)) << flag->name;
      continue;
    }
    EXPECT_THROW(CheckSources({}, recorded), ResultsError) << flag->name;
    // Given again, it counts, and not what the file says.
    const MeasuringFlags given{{flag->name, "/ours"}};
    EXPECT_NO_THROW(CheckSources(given, recorded)) << flag->name;
    EXPECT_EQ(Merge(given, recorded), given) << flag->name;
  }
  EXPECT_THROW(CheckSources({}, ParseFlagsText("--n=1 --worker=/w")),
               ResultsError);
}

TEST(RecordedFlagsTest, ComparesByMeaning) {
  const MeasuringFlags recorded = ParseFlagsText(
      "--n='64:256:*2' --cap=2 --benchmark_min_time=0.10 "
      "--benchmark_enable_random_interleaving=true");
  EXPECT_THAT(
      FlagDifferences(
          Given({"--n=64,128,256", "--cap=2.0", "--batch=auto",
                 "--workers=auto", "--operation=gemm"},
                {"--benchmark_min_time=0.1", "--benchmark_repetitions=7",
                 "--benchmark_enable_random_interleaving=yes"}),
          recorded),
      IsEmpty());
  EXPECT_THAT(
      FlagDifferences(
          Given({"--n=64", "--seed=2"}, {"--benchmark_filter=Noise"}),
          recorded),
      ElementsAre("--n=64, but the file's is 64:256:*2",
                  "--seed=2, but the file's is 1 by default",
                  "--benchmark_filter=Noise, but the file's is empty by "
                  "default"));
}

TEST(RecordedFlagsTest, MergeKeepsTheRecordAndTakesWhatDiffers) {
  const MeasuringFlags recorded = ParseFlagsText("--n='64:256:*2' --cap=2");
  EXPECT_EQ(Merge({}, recorded), recorded);
  EXPECT_EQ(
      FlagsText(Merge(Given({"--n=64,128,256", "--batch=auto"}), recorded)),
      "--n='64:256:*2' --cap=2");
  EXPECT_EQ(FlagsText(Merge(Given({"--cap=3", "--batch=8"}), recorded)),
            "--n='64:256:*2' --batch=8 --cap=3");
  EXPECT_THAT(Arguments(recorded), ElementsAre("--n=64:256:*2", "--cap=2"));
}

}  // namespace
}  // namespace hybrid
