// Runs the real hybrid-compare --run on the real bench.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "results/test_files.h"
#include "test_tool.h"
#include "test_tool_files.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class CompareRunTest : public ToolTest {
 protected:
  std::string ErrorOf(const std::string& arguments) const {
    const ToolResult result = RunCompare(arguments + " 2>&1");
    ExpectOneLineError(result, "hybrid-compare");
    return result.output;
  }

  const std::string bench_ = "'" HYBRID_BENCH "'";
  const std::string into_ = " --into=" + Quoted("c");
  const std::string flags_ =
      " -- --n=16 --batch=4 --workers=1,2 --blas_threads=1 "
      "--benchmark_min_time=0.001";
};

TEST_F(CompareRunTest, MeasuresGoesOnAndLeavesResultFiles) {
  const std::string command =
      "--run " + bench_ + " " + bench_ + into_ + " --gate --rounds=";
  ToolResult result = RunCompare(command + "2" + flags_);
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.output,
              AllOf(HasSubstr("(2 rounds, "), HasSubstr("gate: undecided: ")));
  result = RunCompare(command + "3" + flags_ + " 2>&1");
  EXPECT_THAT(result.output,
              AllOf(HasSubstr("round 3 of 3"), Not(HasSubstr("round 2 of")),
                    HasSubstr("(3 rounds, ")));
  // What it wrote is what any tool reads.
  EXPECT_THAT(
      RunCompare(Quoted("c/baseline.csv") + " " + Quoted("c/new.csv")).output,
      HasSubstr("2 configurations: "));
  EXPECT_THAT(ErrorOf(command + "3" + flags_ + " --data=hot"),
              HasSubstr("other programs or flags"));
}

TEST_F(CompareRunTest, AlsoWritesIntoTheFolderThatItMakes) {
  const std::string command = "--run " + bench_ + " " + bench_ + into_ +
                              "/ --rounds=1 --also=" + folder_.File("c/");
  EXPECT_EQ(RunCompare(command + "it.json" + flags_).status, 0);
  EXPECT_THAT(ReadFile(folder_.File("c/it.json")),
              HasSubstr("\"configurations\""));
  for (const char* const record : {"rounds.json", "new.json"}) {
    EXPECT_THAT(ErrorOf(command + record + flags_),
                HasSubstr("is one of the files that are compared"));
  }
  EXPECT_THAT(ErrorOf("--history x --also=it.json"),
              HasSubstr("--also: not with --history"));
}

TEST_F(CompareRunTest, OneProgramTakesTwoSetsOfFlags) {
  const ToolResult result =
      RunCompare("--run " + bench_ + " --run_flags= --run_flags='--seed=2'" +
                 into_ + " --rounds=1 --all" + flags_);
  EXPECT_THAT(result.output, HasSubstr("2 configurations: "));
  EXPECT_THAT(ReadFile(folder_.File("c/new.csv")), HasSubstr("--seed=2"));
}

TEST_F(CompareRunTest, ProgramsWithGoogleBenchmarkLeaveTheirJson) {
  const std::string program = "'" HYBRID_GOOGLE_BENCHMARKS "'";
  ToolResult result = RunCompare(
      "--run " + program + " " + program + into_ +
      " --rounds=2 --all -- '--benchmark_filter=^Sum/(64|512)$|^Known' "
      "--benchmark_min_time=0.001");
  EXPECT_THAT(result.output,
              AllOf(HasSubstr("3 benchmarks: "), HasSubstr("Sum/64")));
  // Each round has repetitions of it.
  const std::string json = ReadFile(folder_.File("c/new.json"));
  EXPECT_THAT(json, AllOf(HasSubstr("\"repetition_index\":0"),
                          HasSubstr("\"repetition_index\":19")));
  result = RunCompare(Quoted("c/baseline.json") + " " + Quoted("c/new.json"));
  EXPECT_THAT(result.output, HasSubstr("3 benchmarks: "));
}

TEST_F(CompareRunTest, WhatCanNotBeRunIsOneLine) {
  EXPECT_THAT(ErrorOf("--run"), HasSubstr("--run: takes two programs"));
  EXPECT_THAT(ErrorOf("--run " + bench_), HasSubstr("two sets of flags"));
  EXPECT_THAT(ErrorOf("--run " + bench_ + " --run_flags=--n=64"),
              HasSubstr("--run_flags: give it twice"));
  EXPECT_THAT(ErrorOf("--run " + bench_ + " " + bench_ + " --rounds=0"),
              HasSubstr("--rounds=0: takes"));
  EXPECT_THAT(ErrorOf("--run " + bench_ + " " + bench_ + " --budget=soon"),
              HasSubstr("--budget=soon: takes"));
  EXPECT_THAT(
      ErrorOf("--run " + bench_ + " " + bench_ + into_ + " -- --csv=a.csv"),
      HasSubstr("--csv: is set by --run"));
  EXPECT_THAT(
      ErrorOf("--run " + bench_ + " '" HYBRID_GOOGLE_BENCHMARKS "'" + into_),
      HasSubstr("two programs of one kind"));
  EXPECT_THAT(ErrorOf("--run /no/bench " + bench_ + into_),
              HasSubstr("/no/bench can't be run"));
  EXPECT_THAT(
      ErrorOf("--run " + bench_ + " " + bench_ + into_ + " -- --frobnicate"),
      HasSubstr("--frobnicate"));
  EXPECT_THAT(ErrorOf("--run --history x"), HasSubstr("--history"));
  EXPECT_THAT(ErrorOf("--rounds=3 a.csv b.csv"),
              HasSubstr("--rounds: only with --run"));
  EXPECT_THAT(ErrorOf("a.csv b.csv -- --n=64"), HasSubstr("for --run"));
}

}  // namespace
}  // namespace hybrid
