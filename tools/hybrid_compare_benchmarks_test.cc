// Runs the real hybrid-compare on files that a program with Google Benchmark
// wrote, and on such as later versions write.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/json.h"
#include "compare/test_results.h"
#include "foreign/test_google_json.h"
#include "results/test_files.h"
#include "test_tool.h"
#include "test_tool_files.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class CompareBenchmarksTest : public ToolTest {
 protected:
  /// What the program wrote into `name`, quoted for the shell; `asked` is the
  /// variable that asks for more.
  std::string Measure(const std::string& name, const std::string& flags,
                      const std::string& asked = "") const {
    const ToolResult result =
        RunTool("HYBRID_TEST_BENCHMARKS='" + asked +
                "' '" HYBRID_GOOGLE_BENCHMARKS
                "' --benchmark_min_time=0.001 --benchmark_out_format=json "
                "--benchmark_out=" +
                Quoted(name) + " " + flags + " 2>&1");
    EXPECT_EQ(result.status, 0) << result.output;
    return Quoted(name);
  }

  std::string Lay(const std::string& name, const TestGoogleJson& json) const {
    folder_.Lay("/" + name, json.Text());
    return Quoted(name);
  }

  /// 1.9's JSON of one benchmark that takes `time` ns, on the day's `second`.
  std::string LayCopy(const std::string& name, double time,
                      const std::string& second) const {
    TestGoogleJson json;
    json.date = "2026-11-28T06:40:" + second + "+00:00";
    return Lay(name, json.Add("Copy", Around(time)));
  }
};

// Two runs of the same program: whatever noise makes of them, they compare.
TEST_F(CompareBenchmarksTest, TheSameProgramTwice) {
  const std::string flags = "--benchmark_repetitions=10";
  const std::string files =
      Measure("a.json", flags) + " " + Measure("b.json", flags);
  const ToolResult text = RunCompare(files + " --all --gate");
  EXPECT_NE(text.status, -1);
  EXPECT_THAT(text.output,
              AllOf(HasSubstr("\nSum/4096 "), HasSubstr("\n11 benchmarks: "),
                    HasSubstr("\ngate: ")));
  const Json json = ParseJson(RunCompare(files + " --format=json").output);
  EXPECT_EQ(json.at("configurations").as_array().size(), 11U);
  EXPECT_EQ(json.at("repetitions"), 220);
}

TEST_F(CompareBenchmarksTest, WhatIsSlowerOrFailsIsARegression) {
  const std::string flags =
      "--benchmark_repetitions=10 --benchmark_filter='Known|Failing'";
  const std::string files = Measure("a.json", flags) + " " +
                            Measure("b.json", flags, "slower failing");
  const ToolResult outcome = RunCompare(files + " --gate");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(
      outcome.output,
      AllOf(HasSubstr("1.00 ms  1.50 ms  1.50× ["),
            EndsWith("\ngate: failed: 1 of 2 benchmarks is slower and 1 "
                     "failed, worst Failing/iterations:1000 failed: no "
                     "\"such\" file, or so\n")));
  const ToolResult known = RunCompare(files + " --filter=^Known --gate");
  EXPECT_EQ(known.status, 1);
  EXPECT_THAT(known.output, HasSubstr("1 of 1 benchmark is slower"));
  EXPECT_EQ(RunCompare(files + " --filter=^Known --threshold=60%").status, 0);
}

TEST_F(CompareBenchmarksTest, LaterVersionsInEveryFormat) {
  const std::string a = LayCopy("a.json", 100, "01");
  const std::string same = LayCopy("b.json", 100, "02");
  const std::string slower = LayCopy("c.json", 112, "03");
  const ToolResult passed = RunCompare(a + " " + same + " --gate");
  EXPECT_EQ(passed.status, 0);
  EXPECT_THAT(passed.output, EndsWith("\ngate: passed: no regression in 1 "
                                      "benchmark (1 same)\n"));
  for (const std::string format : {"text", "markdown", "csv", "json"}) {
    const ToolResult failed =
        RunCompare(a + " " + slower + " --gate --format=" + format + " 2>&1");
    EXPECT_EQ(failed.status, 1) << format;
    EXPECT_THAT(failed.output, HasSubstr("gate: failed: 1 of 1 benchmark is "
                                         "slower, worst Copy 1.12× "))
        << format;
  }
  const ToolResult several = RunCompare(
      "--baseline=" + a + " --baseline=" + same + " --new=" + slower);
  EXPECT_THAT(several.output, StartsWith("baseline  "));
  EXPECT_THAT(several.output, HasSubstr("  (2 runs, 2026-11-28, node)\n"));
}

TEST_F(CompareBenchmarksTest, StreamsAreReadAsFilesAre) {
  const std::string a = LayCopy("a.json", 100, "01");
  const std::string b = LayCopy("b.json", 112, "02");
  const std::string compare = "'" HYBRID_COMPARE "' ";
  for (const std::string& command :
       {"cat " + a + " | " + compare + "- " + b,
        "cat " + b + " | " + compare + a + " -",
        compare + "<(cat " + a + ") <(cat " + b + ")",
        compare + "- " + b + " < " + a}) {
    folder_.Lay("/command", command);
    const ToolResult outcome = RunTool("bash " + Quoted("command"));
    EXPECT_EQ(outcome.status, 1) << command;
    EXPECT_THAT(outcome.output, HasSubstr("\n1 benchmark: 1 slower\n"));
  }
}

// A CSV in a pipe is told from JSON without losing its beginning.
TEST_F(CompareBenchmarksTest, ResultFilesInPipesStillAre) {
  const std::string a = Write("a.csv", TestResults("1").Ok(Around(1)).rows);
  const std::string b = Write("b.csv", TestResults("2").Ok(Around(1.12)).rows);
  EXPECT_THAT(RunTool("cat " + a + " | '" HYBRID_COMPARE "' - " + b).output,
              HasSubstr("\n1 configuration: 1 slower\n"));
}

TEST_F(CompareBenchmarksTest, KindsAreNotMixed) {
  const std::string json = LayCopy("a.json", 100, "01");
  const std::string csv = Write("b.csv", TestResults("1").Ok(Around(1)).rows);
  for (const std::string& files :
       {json + " " + csv, csv + " " + json,
        "--baseline=" + csv + " --new=" + csv + " --new=" + json}) {
    const ToolResult outcome = RunCompare(files + " 2>&1");
    ExpectOneLineError(outcome, "hybrid-compare");
    EXPECT_THAT(outcome.output, HasSubstr("a.json is JSON and "));
  }
}

TEST_F(CompareBenchmarksTest, ARunIsNotComparedWithItself) {
  const std::string a = LayCopy("a.json", 100, "01");
  const std::string b = LayCopy("b.json", 112, "02");
  for (const std::string& files :
       {a + " " + a, a + " " + LayCopy("copy.json", 100, "01"),
        "--baseline=" + b + " --baseline=" + a + " --new=" + a}) {
    const ToolResult outcome = RunCompare(files + " --anyway 2>&1");
    ExpectOneLineError(outcome, "hybrid-compare");
    EXPECT_THAT(outcome.output, HasSubstr("is on both sides"));
  }
  EXPECT_THAT(RunCompare("--baseline=" + a + " --baseline=" + a +
                         " --new=" + b + " 2>&1 >/dev/null")
                  .output,
              EndsWith("a.json: given twice: it counts once\n"));
}

TEST_F(CompareBenchmarksTest, ErrorsAreOneLineAndStatusTwo) {
  const std::string good = LayCopy("good.json", 100, "01");
  const std::string text = ReadFile(folder_.File("good.json"));
  folder_.Lay("/torn.json", text.substr(0, text.size() / 2));
  folder_.Lay("/bad.json", "{\"a\": 1}\n");
  folder_.Lay("/empty.json", "");
  TestGoogleJson aggregates;
  Lay("aggregates.json", aggregates.AddAggregate("Copy"));
  TestGoogleJson other;
  Lay("other.json", other.Add("Sort", {1, 2}));
  TestGoogleJson twice;
  Lay("twice.json", twice.Add("Copy", {1, 2}).Add("Copy", {1, 2}));
  TestGoogleJson elsewhere;
  elsewhere.host = "elsewhere";
  Lay("elsewhere.json", elsewhere.Add("Copy", Around(100)));
  for (const std::string name :
       {"torn.json", "bad.json", "empty.json", "missing.json",
        "aggregates.json", "other.json", "twice.json", "elsewhere.json"}) {
    SCOPED_TRACE(name);
    for (const std::string& files :
         {good + " " + Quoted(name), Quoted(name) + " " + good}) {
      const ToolResult outcome = RunCompare(files + " 2>&1");
      ExpectOneLineError(outcome, "hybrid-compare");
      EXPECT_THAT(outcome.output, AnyOf(HasSubstr(folder_.File(name)),
                                        HasSubstr("no benchmark in common"),
                                        HasSubstr("--anyway")));
    }
  }
  for (const std::string flag : {"'--filter=('", "--filter=nothing"}) {
    ExpectOneLineError(RunCompare(good + " " + LayCopy("b.json", 100, "02") +
                                  " " + flag + " 2>&1"),
                       "hybrid-compare");
  }
  EXPECT_EQ(
      RunCompare(good + " " + Quoted("elsewhere.json") + " --anyway").status,
      0);
}

}  // namespace
}  // namespace hybrid
