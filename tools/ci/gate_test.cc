// Runs tools/ci/gate on the real bench; where it is to meet what tools do not
// do every day, scripts play them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>

#include "../test_tool.h"
#include "base/json.h"
#include "base/test_folder.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class GateTest : public ::testing::Test {
 protected:
  GateTest() { fs::create_directories(folder_.File("tmp")); }

  /// What the script is told, over what these tests mostly tell it.
  using Variables = std::map<std::string, std::string>;

  /// The command line that runs the script in the folder.
  std::string Command(const Variables& variables) const {
    Variables all{{"GATE_BASE", HYBRID_BENCH},
                  {"GATE_HEAD", HYBRID_BENCH},
                  {"GATE_FLAGS",
                   "--n=16 --batch=4 --workers=1,2 "
                   "--blas_threads=1 "
                   "--benchmark_min_time=0.001"},
                  {"GATE_TOOLS", HYBRID_BUILD},
                  {"GITHUB_OUTPUT", "outputs"},
                  {"GITHUB_STEP_SUMMARY", "summary.md"},
                  {"TMPDIR", folder_.File("tmp")}};
    for (const auto& [name, value] : variables) all[name] = value;
    // What runs in the background ignores Ctrl-C.
    std::string command =
        "cd '" + folder_.path() + "'; exec env --default-signal=INT";
    for (const auto& [name, value] : all) {
      command += " " + name + "='" + value + "'";
    }
    return command + " '" HYBRID_SOURCE "/tools/ci/gate'";
  }

  ToolResult Gate(const Variables& variables) const {
    fs::remove(folder_.File("outputs"));
    const ToolResult result = RunTool(Command(variables) + " 2>&1");
    EXPECT_TRUE(fs::is_empty(folder_.File("tmp")));
    return result;
  }

  /// Plays a program of the folder `tools`.
  void Play(const std::string& name, const std::string& script) const {
    folder_.Lay("/tools/" + name, "#!/bin/sh\n" + script + "\n");
    fs::permissions(folder_.File("tools/" + name), fs::perms::owner_all);
  }

  std::string Text(const std::string& file) const {
    return ReadFile(folder_.File(file));
  }

  /// One line says why, and so do the summary and the outputs.
  void ExpectRefused(const Variables& variables, const std::string& reason) {
    fs::remove(folder_.File("summary.md"));
    const ToolResult result = Gate(variables);
    EXPECT_EQ(result.status, 2);
    EXPECT_THAT(result.output, AllOf(HasSubstr(reason), EndsWith("\n")));
    EXPECT_EQ(std::count(result.output.begin(), result.output.end(), '\n'), 1)
        << result.output;
    EXPECT_THAT(Text("outputs"),
                AllOf(HasSubstr("verdict=undecided\n"),
                      HasSubstr("gate=gate: undecided: "), HasSubstr(reason)));
    EXPECT_THAT(Text("summary.md"),
                AllOf(StartsWith("gate: undecided: "), HasSubstr(reason)));
  }

  TestFolder folder_;
};

TEST_F(GateTest, AllThatItLeavesIsOfOneComparison) {
  folder_.Lay("/summary.md", "before\n");
  const Variables variables{{"GATE_INTO", "of this"},
                            {"GATE_ROUNDS", "2"},
                            {"GATE_THRESHOLD", "10%"}};
  const ToolResult result = Gate(variables);
  EXPECT_EQ(result.status, 2) << result.output;
  EXPECT_THAT(result.output, AllOf(HasSubstr("round 2 of 2 at most"),
                                   HasSubstr("(2 rounds, ")));
  const Json json = ParseJson(Text("of this/compared.json"));
  EXPECT_EQ(json.at("baseline").at("rounds"), 2);
  EXPECT_EQ(json.at("threshold"), 0.1);
  EXPECT_EQ(json.at("gate").at("verdict"), "undecided");
  const std::string markdown = Text("of this/compared.md");
  EXPECT_THAT(markdown,
              AllOf(StartsWith("### Undecided"), HasSubstr("(2 rounds"),
                    HasSubstr("\ngate: undecided: ")));
  EXPECT_EQ(Text("summary.md"), "before\n" + markdown);
  const std::string line(json.at("gate").at("text").as_string());
  EXPECT_EQ(Text("outputs"),
            "folder=of this\nverdict=undecided\ngate=" + line + "\n");
  if (fs::exists(HYBRID_BUILD "/hybrid-report") && HasPage(HYBRID_BUILD)) {
    EXPECT_THAT(result.output, HasSubstr("wrote of this/compared.html: "));
    EXPECT_THAT(Text("of this/compared.html"), HasSubstr("<html"));
  } else {
    EXPECT_THAT(result.output, HasSubstr("tools/ci/gate: no page: "));
  }
  Variables more = variables;
  more["GATE_ROUNDS"] = "3";
  EXPECT_THAT(Gate(more).output, AllOf(HasSubstr("round 3 of 3 at most"),
                                       Not(HasSubstr("round 1 of"))));
}

TEST_F(GateTest, FailsWhereTheHeadIsSlower) {
  Play("slower", "HYBRID_TEST_FAULT=slow_300 exec '" HYBRID_BENCH
                 "' --worker='" HYBRID_FAULTY_WORKER "' \"$@\"");
  const ToolResult result =
      Gate({{"GATE_HEAD", "tools/slower"},
            {"GATE_FLAGS",
             "--n=64 --batch=8 --workers=1 --blas_threads=1 "
             "--benchmark_min_time=0.01"}});
  EXPECT_EQ(result.status, 1) << result.output;
  EXPECT_THAT(Text("outputs"),
              AllOf(HasSubstr("verdict=failed\n"),
                    HasSubstr("gate=gate: failed: 1 of 1 configuration")));
  EXPECT_THAT(Text("summary.md"), StartsWith("### 1 of 1"));
}

TEST_F(GateTest, EndsAsTheComparisonDoes) {
  const Variables played{{"GATE_TOOLS", "tools"}};
  Play("hybrid-compare", "echo 'gate: passed: all is well'");
  EXPECT_EQ(Gate(played).status, 0);
  EXPECT_THAT(Text("outputs"), HasSubstr("verdict=passed\ngate=gate: passed: "
                                         "all is well\n"));
  Play("hybrid-compare", "echo 'gate: failed: two'; exit 1");
  EXPECT_EQ(Gate(played).status, 1);
  Play("hybrid-compare", "echo 'gate: undecided: nothing'; exit 2");
  EXPECT_EQ(Gate(played).status, 2);
  // Whatever else ends it has not passed, nor has the change failed.
  for (const char* const end : {"exit 1", "kill -SEGV $$", "exit 0"}) {
    Play("hybrid-compare", std::string("echo the last words; ") + end);
    EXPECT_EQ(Gate(played).status, 2) << end;
    EXPECT_THAT(Text("outputs"),
                HasSubstr("verdict=undecided\ngate=gate: undecided: the last "
                          "words\n"));
  }
}

TEST_F(GateTest, AnErrorIsOneLine) {
  ExpectRefused({{"GATE_BASE", ""}}, "base (GATE_BASE) is empty");
  ExpectRefused({{"GATE_HEAD", ""}}, "head (GATE_HEAD) is empty");
  ExpectRefused({{"GATE_TOOLS", "/nowhere"}}, "there is no /nowhere/hybrid-c");
  ExpectRefused({{"GATE_HEAD", "/no/bench"}}, "/no/bench can");
  ExpectRefused({{"GATE_BUDGET", "soon"}}, "--budget=soon: takes");
  ExpectRefused({{"GATE_ROUNDS", "x"}}, "--rounds=x: takes");
  ExpectRefused({{"GATE_FLAGS", "--n=\""}}, "a quote is never closed");
}

TEST_F(GateTest, WhatAnEarlierComparisonSaidIsNotSaidAgain) {
  folder_.Lay("/compared/rounds.json", "{}");
  folder_.Lay("/compared/compared.md", "passed");
  ExpectRefused({}, "is none that --run wrote");
  EXPECT_FALSE(fs::exists(folder_.File("compared/compared.md")));
  // A folder of somebody else is theirs.
  folder_.Lay("/other/compared.json", "theirs");
  ExpectRefused({{"GATE_INTO", "other"}}, "holds something else");
  EXPECT_EQ(Text("other/compared.json"), "theirs");
}

TEST_F(GateTest, NoInputIsReadByAShell) {
  Play("hybrid-compare", "printf '<%s>' \"$@\"; echo; exit 2");
  const ToolResult result = Gate({{"GATE_TOOLS", "tools"},
                                  {"GATE_BASE", "$(touch base)"},
                                  {"GATE_HEAD", "a b; touch head"},
                                  {"GATE_FLAGS", "--a=\"x y\" `touch flags` *"},
                                  {"GATE_BUDGET", "1m $(touch budget)"}});
  EXPECT_THAT(result.output,
              AllOf(HasSubstr("<--run><$(touch base)><a b; touch head>"),
                    HasSubstr("<--run_flags=--a=\"x y\" `touch flags` *>"),
                    HasSubstr("<--budget=1m $(touch budget)>")));
  for (const char* const made : {"base", "head", "flags", "budget"}) {
    EXPECT_FALSE(fs::exists(folder_.File(made))) << made;
  }
}

TEST_F(GateTest, TakesProgramsOfGoogleBenchmarkOfWhichThereIsNoPage) {
  const ToolResult result = Gate({{"GATE_BASE", HYBRID_GOOGLE_BENCHMARKS},
                                  {"GATE_HEAD", HYBRID_GOOGLE_BENCHMARKS},
                                  {"GATE_ROUNDS", "1"},
                                  {"GATE_FLAGS", "--benchmark_filter=Known"}});
  EXPECT_EQ(result.status, 2) << result.output;
  EXPECT_THAT(result.output,
              AllOf(HasSubstr("Known/"), Not(HasSubstr("page"))));
  EXPECT_THAT(Text("compared/compared.json"), HasSubstr("Known/"));
  EXPECT_TRUE(fs::exists(folder_.File("compared/new.json")));
}

TEST_F(GateTest, ThePageThatCanNotBeMadeIsOneLine) {
  const Variables played{{"GATE_TOOLS", "tools"}};
  Play("hybrid-compare",
       "mkdir -p compared; for side in baseline new; do cp '" HYBRID_EXAMPLES
       "/version-2.csv' compared/$side.csv; done; "
       "echo {} > compared/compared.json; echo 'gate: passed: all'");
  EXPECT_THAT(Gate(played).output,
              HasSubstr("gate: no page: there is no tools/hybrid-report"));
  Play("hybrid-report", "echo hybrid-report: lacks page.html >&2; exit 2");
  const ToolResult result = Gate(played);
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(
      result.output,
      EndsWith("\ntools/ci/gate: no page: hybrid-report: lacks page.html\n"));
}

TEST_F(GateTest, ASignalLeavesNothingBehind) {
  Play("hybrid-compare", "echo x > started; exec sleep 86398");
  for (const auto& [signal, status] :
       std::map<std::string, int>{{"INT", 130}, {"TERM", 143}, {"HUP", 129}}) {
    fs::remove(folder_.File("started"));
    const ToolResult result = RunTool(
        "(" + Command({{"GATE_TOOLS", "tools"}}) +
        ") & script=$!; while [ ! -s '" + folder_.File("started") +
        "' ]; do sleep 0.05; done; kill -" + signal + " $script; wait $script");
    EXPECT_EQ(result.status, status) << signal;
    EXPECT_TRUE(fs::is_empty(folder_.File("tmp")));
    EXPECT_NE(RunTool("pgrep -fx 'sleep 86398'").status, 0) << signal;
  }
}

}  // namespace
}  // namespace hybrid
