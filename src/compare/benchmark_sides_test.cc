#include "compare/benchmark_sides.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "compare/differences.h"
#include "compare/gate.h"
#include "compare/output_parts.h"
#include "compare/test_results.h"
#include "foreign/google_benchmark.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

BenchmarkRun RunOf(const std::string& file, const std::vector<double>& times) {
  BenchmarkRun run;
  run.file = file;
  run.context.date = "2026-11-28T06:40:0" + file.substr(0, 1) + "+00:00";
  run.context.host_name = "node";
  run.context.num_cpus = 8;
  run.context.mhz_per_cpu = 3000;
  run.context.library_build_type = "release";
  run.context.library_version = "v1.9.1";
  MeasuredBenchmark& benchmark = run.benchmarks.emplace_back();
  benchmark.name = "Copy";
  benchmark.real_times_s = times;
  return run;
}

class BenchmarkSidesTest : public ::testing::Test {
 protected:
  Comparison Compare() const {
    return CompareBenchmarks(std::vector{before_}, std::vector{after_}, {});
  }

  std::vector<std::string> Differences() const {
    std::vector<std::string> texts;
    for (const Difference& one : Compare().differences) {
      texts.push_back(std::string(Name(one.weight)) + ": " +
                      DifferenceText(one));
    }
    return texts;
  }

  BenchmarkRun before_ = RunOf("1.json", Around(1));
  BenchmarkRun after_ = RunOf("2.json", Around(1));
};

TEST_F(BenchmarkSidesTest, WhatIsTheSameDiffersInNothing) {
  EXPECT_THAT(Differences(), IsEmpty());
  EXPECT_EQ(Compare().Count(Change::kSame), 1U);
  EXPECT_EQ(IdentityText(Compare().baseline), "1 run, 2026-11-28, node");
}

TEST_F(BenchmarkSidesTest, AnotherMachineIsRefused) {
  after_.context.num_cpus = 4;
  EXPECT_THAT(Differences(),
              ElementsAre("refused: machine (host, CPUs, caches in KiB): node "
                          "8 0 in the baseline, node 4 0 in the new results"));
  EXPECT_EQ(FindGate(Compare()).verdict, GateVerdict::kUndecided);
  EXPECT_EQ(FindGate(Compare(), true).verdict, GateVerdict::kPassed);
  after_ = RunOf("2.json", Around(1));
  after_.context.host_name = "other";
  EXPECT_TRUE(Compare().refused());
  after_ = RunOf("2.json", Around(1));
  after_.context.caches_bytes = {1 << 20};
  EXPECT_TRUE(Compare().refused());
}

TEST_F(BenchmarkSidesTest, ClockRatesBuildsAndVersionsAreNotes) {
  after_.context.mhz_per_cpu = 3100;  // by chance
  EXPECT_THAT(Differences(), IsEmpty());
  after_.context.mhz_per_cpu = 2000;
  after_.context.cpu_scaling_enabled = true;
  after_.context.library_build_type = "debug";
  after_.context.library_version = "v1.9.4";
  EXPECT_THAT(
      Differences(),
      ElementsAre("note: mhz_per_cpu: 3000 in the baseline, 2000 in the new "
                  "results",
                  "note: cpu_scaling: enabled in the new results: clock rates "
                  "may have changed",
                  "note: library_build_type: debug in the new results: Google "
                  "Benchmark warns that timings may be affected",
                  "note: version of Google Benchmark: v1.9.1 in the baseline, "
                  "v1.9.4 in the new results"));
}

TEST_F(BenchmarkSidesTest, WhatElseTheContextSaysIsInformation) {
  before_.context.more = {{"compiler", "gcc"}, {"gone", "1"}};
  after_.context.more = {{"compiler", "clang"}, {"come", "1"}};
  EXPECT_THAT(Differences(),
              ElementsAre("information: compiler: gcc in the baseline, clang "
                          "in the new results"));
}

// What was 1.9.0's change: times of threads were divided by their number.
TEST_F(BenchmarkSidesTest, TimesOfThreadsThatMeanAnotherThingAreRefused) {
  before_.context.library_version = "";  // up to 1.8.4
  EXPECT_THAT(Differences(), IsEmpty());
  before_.benchmarks[0].threads = after_.benchmarks[0].threads = 2;
  EXPECT_THAT(Differences(),
              ElementsAre(AllOf(HasSubstr("refused: real_time of threads"),
                                HasSubstr("(before Google Benchmark 1.9.0) in "
                                          "the baseline"))));
  before_.context.library_version = "v1.8.5";
  EXPECT_TRUE(Compare().refused());
  after_.context.library_version = "1.10.0-3-gabc";
  EXPECT_TRUE(Compare().refused());
  before_.context.library_version = "v1.9.0";
  EXPECT_FALSE(Compare().refused());
  before_.context.library_version = "v0.0.0";  // unknown
  EXPECT_FALSE(Compare().refused());
}

TEST_F(BenchmarkSidesTest, FilesOfASideAreRuns) {
  const std::vector<BenchmarkRun> now = {after_, RunOf("3.json", Around(1.2))};
  const Comparison comparison =
      CompareBenchmarks(std::vector{before_}, now, {});
  EXPECT_EQ(comparison.now.runs, 2U);
  EXPECT_THAT(comparison.configurations.at(0).now.runs, SizeIs(2));
}

TEST_F(BenchmarkSidesTest, ARunCountsOnceOnASide) {
  BenchmarkRun copy = before_;
  copy.file = "copy.json";
  std::vector<BenchmarkRun> runs = {before_, copy, after_, after_};
  EXPECT_THAT(DropRepeatedRuns(runs),
              ElementsAre("copy.json: the same run as in 1.json: it counts "
                          "once",
                          "2.json: given twice: it counts once"));
  EXPECT_THAT(runs, SizeIs(2));
  EXPECT_FALSE(IsSameRun(before_, after_));  // of the same times
}

}  // namespace
}  // namespace hybrid
