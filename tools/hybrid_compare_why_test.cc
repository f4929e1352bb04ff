// Runs the real hybrid-compare --why: on files of bench, on JSON of Google
// Benchmark, and where it has no place.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/json.h"
#include "compare/test_results.h"
#include "foreign/test_google_json.h"
#include "test_tool.h"
#include "test_tool_files.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class CompareWhyTest : public ToolTest {
 protected:
  /// A result file of one run in which 2×1 takes `time` and 1×1 twice as long.
  std::string WriteRun(const std::string& run, double time) const {
    return Write(run + ".csv", TestResults(run)
                                   .Ok(Around(time))
                                   .Split(1, 1)
                                   .Ok(Around(2 * time))
                                   .rows);
  }

  std::string ErrorOf(const std::string& arguments) const {
    const ToolResult result = RunCompare(arguments + " 2>&1");
    ExpectOneLineError(result, "hybrid-compare");
    return result.output;
  }
};

TEST_F(CompareWhyTest, OfTwoFilesOneConfigurationAndTheWholesGate) {
  const std::string files = WriteRun("a", 1) + " " + WriteRun("b", 1.12);
  const ToolResult why = RunCompare(files + " --why=2×1 --gate");
  EXPECT_EQ(why.status, 1);
  EXPECT_THAT(
      why.output,
      AllOf(StartsWith("baseline  "),
            HasSubstr("\nwhy gemm n=256 batch=32 2×1: slower\n"),
            HasSubstr("run b, 2026-01-02T03:04:05Z, " + folder_.File("b.csv")),
            HasSubstr("adjusted for 2 tests"),
            HasSubstr("\n2 configurations: 2 slower\n"),
            HasSubstr("\ngate: failed: 2 of 2 configurations are slower")));
  // By its full name, too, and the verdict is that of the comparison.
  const Json json =
      ParseJson(RunCompare(files + " --why=workers:1/ --format=json").output);
  EXPECT_EQ(json.at("why").at("verdict"), "slower");
  EXPECT_EQ(json.at("why").at("tests"), 2);
  EXPECT_EQ(json.at("configurations").as_array().size(), 2U);
}

TEST_F(CompareWhyTest, OfSeveralRunsASideTheVarianceIsSplit) {
  const ToolResult why = RunCompare(
      "--baseline=" + WriteRun("a", 1) + " --baseline=" + WriteRun("b", 1.1) +
      " --new=" + WriteRun("c", 1.2) + " --new=" + WriteRun("d", 1.3) +
      " --why=1×1");
  EXPECT_THAT(why.output, AllOf(HasSubstr("20 repetitions in 2 runs"),
                                HasSubstr("baseline: run 7.0 %, repetition "),
                                HasSubstr("with twice the runs")));
}

TEST_F(CompareWhyTest, OfBenchmarks) {
  std::vector<std::string> files;
  for (const double time : {100.0, 112.0}) {
    TestGoogleJson json;
    json.date = "2026-11-28T06:40:0" + std::to_string(files.size());
    json.Add("Copy/1", Around(time)).Add("Copy/10", Around(10 * time));
    const std::string name = files.empty() ? "a.json" : "b.json";
    folder_.Lay("/" + name, json.Text());
    files.push_back(Quoted(name));
  }
  // The name of one, though it is found in the other's.
  const std::string command = files[0] + " " + files[1] + " --why=Copy/1";
  EXPECT_THAT(
      RunCompare(command).output,
      AllOf(HasSubstr("\nwhy Copy/1: slower\n"),
            HasSubstr("2026-11-28T06:40:01"), HasSubstr(folder_.File("b.json")),
            HasSubstr("\n2 benchmarks: 2 slower\n")));
  const Json why =
      ParseJson(RunCompare(command + " --format=json").output).at("why");
  EXPECT_EQ(why.at("name"), "Copy/1");
  EXPECT_EQ(why.at("new").at("runs").at(0).at("samples_s").as_array().size(),
            10U);
  EXPECT_THAT(ErrorOf(files[0] + " " + files[1] + " --why=Copy"),
              HasSubstr("'Copy' is in the names of 2 benchmarks: 'Copy/1"));
}

TEST_F(CompareWhyTest, OfTwoProgramsInTurnEachPair) {
  const std::string run =
      "--run '" HYBRID_BENCH "' '" HYBRID_BENCH "' --into=" + Quoted("c") +
      " --rounds=2 --gate --why=";
  const std::string flags =
      " -- --n=16 --batch=4 --workers=1,2 --blas_threads=1 "
      "--benchmark_min_time=0.001";
  // Before anything is measured.
  EXPECT_THAT(ErrorOf(run + "'('" + flags),
              HasSubstr("--why: '(' is no regular expression"));
  const ToolResult why = RunCompare(run + "2×1" + flags);
  EXPECT_EQ(why.status, 2);
  EXPECT_THAT(why.output, AllOf(HasSubstr("\n  pairs    1: "), HasSubstr("2: "),
                                HasSubstr("each at alpha 1.0 % of 5.0 %"),
                                HasSubstr("\n2 configurations: "),
                                HasSubstr("\ngate: undecided: ")));
}

TEST_F(CompareWhyTest, WhatCanNotBeExplainedIsOneLine) {
  const std::string files = WriteRun("a", 1) + " " + WriteRun("b", 1.12);
  EXPECT_THAT(
      ErrorOf(files + " --why=n=256"),
      AllOf(HasSubstr("--why: 'n=256' is in the names of 2"), HasSubstr("2×1"),
            EndsWith("give more of one, or all of "
                     "it\n")));
  EXPECT_THAT(ErrorOf(files + " --why=4×1"),
              HasSubstr("--why: '4×1' is the name of none of 2"));
  EXPECT_THAT(ErrorOf(files + " '--why=('"),
              HasSubstr("--why: '(' is no regular expression"));
  EXPECT_THAT(ErrorOf(files + " --why="), HasSubstr("--why"));
  for (const std::string format : {"csv", "markdown"}) {
    EXPECT_THAT(ErrorOf(files + " --why=2×1 --format=" + format),
                HasSubstr("--why: prints with --format=text or json"));
  }
  EXPECT_THAT(ErrorOf(files + " --why=2×1 --also=a.md"),
              HasSubstr("--why: goes with --also into files of .txt and"));
  EXPECT_THAT(ErrorOf("--history x --why=2×1"),
              HasSubstr("--why: explains a comparison of files or of --run"));
  // That nothing can be compared is more than that one is not there.
  EXPECT_THAT(
      ErrorOf(WriteRun("c", 1) + " " +
              Write("other.csv", TestResults("o").Ok({}).rows) + " --why=2×1"),
      Not(HasSubstr("--why")));
}

}  // namespace
}  // namespace hybrid
