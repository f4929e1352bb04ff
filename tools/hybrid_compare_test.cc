// Runs the real hybrid-compare on files that the real writer wrote, and on
// recorded ones.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "compare/test_results.h"
#include "key/key.h"
#include "results/csv_reader.h"
#include "results/row.h"
#include "results/test_files.h"
#include "test_tool.h"
#include "test_tool_files.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kExample = HYBRID_EXAMPLES "/version-2.csv";

class HybridCompareTest : public ToolTest {
 protected:
  using ToolTest::Write;
  std::string Write(const std::string& name, const TestResults& results) const {
    return Write(name, results.rows);
  }

  const TestResults base_ =
      TestResults("1").Ok(Around(1)).Split(1, 1).Ok(Around(2));
  const TestResults slower_ =
      TestResults("2").Ok(Around(1.12)).Split(1, 1).Ok(Around(2));
  const TestResults same_ =
      TestResults("3").Ok(Around(1)).Split(1, 1).Ok(Around(2));

  /// The recorded run as if another one had measured the same, but `slower`
  /// times slower in 2×1 at n = 256 and batch 32. Quoted for the shell.
  std::string WriteAnotherExample(double slower) const {
    std::vector<Row> rows = ReadCsv(kExample);
    for (Row& row : rows) {
      row.run_id = "another";
      if (row.family == Family::kHybrid && row.n == 256 && row.workers == 2 &&
          row.blas_threads == 1 && row.batch == 32) {
        row.wall_s = *row.wall_s * slower;
      }
    }
    return Write("another.csv", rows);
  }
};

TEST_F(HybridCompareTest, OfAFolderTheNewest) {
  const std::string base = Write("base.csv", base_);
  const std::string file = Write("slower.csv", slower_);
  std::filesystem::create_directory(folder_.File("runs"));
  std::filesystem::copy(folder_.File("slower.csv"), folder_.File("runs/a.csv"));
  const ToolResult outcome =
      RunCompare(base + " '" + folder_.File("runs") + "'");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr("runs/a.csv"));
  std::filesystem::remove(folder_.File("runs/a.csv"));
  EXPECT_EQ(RunCompare(base + " '" + folder_.File("runs") + "' 2>&1").status,
            2);
}

TEST_F(HybridCompareTest, ARegressionIsStatusOne) {
  const ToolResult outcome = RunCompare(Write("a.csv", base_) + " " +
                                        Write("b.csv", slower_) + " --gate");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output,
              AllOf(HasSubstr("1.00 s  1.12 s  1.12× [1.11, 1.13]"),
                    HasSubstr("2 configurations: 1 slower, 1 same\n"),
                    EndsWith("\ngate: failed: 1 of 2 configurations is slower, "
                             "worst gemm n=256 batch=32 2×1 1.12× [1.11, "
                             "1.13]\n")));
}

TEST_F(HybridCompareTest, NoRegressionIsStatusZero) {
  const std::string a = Write("a.csv", base_);
  const std::string b = Write("b.csv", slower_);
  EXPECT_EQ(RunCompare(b + " " + a).status, 0);
  const ToolResult same =
      RunCompare(a + " " + Write("c.csv", same_) + " --gate");
  EXPECT_EQ(same.status, 0);
  EXPECT_THAT(same.output, HasSubstr("\ngate: passed: "));
  EXPECT_EQ(RunCompare(a + " " + b + " --threshold=20%").status, 0);
  EXPECT_EQ(RunCompare(a + " " + b + " --threshold=0.2").status, 0);
  EXPECT_EQ(RunCompare(a + " " + b + " --filter=workers:1/").status, 0);
}

TEST_F(HybridCompareTest, SeveralFilesASide) {
  const std::string a = Write("a.csv", base_).substr(1);
  const std::string b = Write("b.csv", slower_).substr(1);
  // Two files in the quotes of one, without the first quote of each.
  const auto list = [](const std::string& first, const std::string& second) {
    return "'" + first.substr(0, first.size() - 1) + "," + second;
  };
  TestResults third = slower_;
  for (Row& row : third.rows) row.run_id = "3";
  const std::string c = Write("c.csv", third).substr(1);
  const ToolResult outcome = RunCompare(
      "--baseline='" + a + " --new=" + list(b, c) + " --format=json");
  EXPECT_EQ(outcome.status, 1);
  const Json json = ParseJson(outcome.output);
  EXPECT_EQ(json.at("new").at("runs"), 2);
  EXPECT_EQ(json.at("configurations")
                .at(0)
                .at("new")
                .at("samples_s")
                .as_array()
                .size(),
            20U);
}

TEST_F(HybridCompareTest, EveryFormat) {
  const std::string files =
      Write("a.csv", base_) + " " + Write("b.csv", slower_);
  EXPECT_THAT(RunCompare(files + " --format=csv").output,
              StartsWith("family,variant,operation,"));
  EXPECT_THAT(RunCompare(files + " --format=markdown --gate").output,
              AllOf(StartsWith("### 1 of 2 configurations regressed\n"),
                    HasSubstr("\ngate: failed: ")));
  const ToolResult csv = RunCompare(files + " --format=csv --gate 2>/dev/null");
  EXPECT_THAT(csv.output, Not(HasSubstr("gate:")));
  EXPECT_THAT(RunCompare(files + " --format=csv --gate 2>&1 >/dev/null").output,
              StartsWith("gate: failed: "));
}

TEST_F(HybridCompareTest, TheGateIsStricter) {
  TestResults less("2");
  const std::string files =
      Write("a.csv", base_) + " " + Write("b.csv", less.Ok(Around(1)));
  const ToolResult plain = RunCompare(files);
  EXPECT_EQ(plain.status, 0);
  EXPECT_THAT(plain.output, HasSubstr("only in baseline"));
  const ToolResult gate = RunCompare(files + " --gate");
  EXPECT_EQ(gate.status, 2);
  EXPECT_THAT(gate.output, HasSubstr("\ngate: undecided: 1 configuration"));
}

TEST_F(HybridCompareTest, WhatIsNotComparableIsRefused) {
  TestResults other("2");
  other.base.blas_version = "1.0";
  other.Ok(Around(1)).Split(1, 1).Ok(Around(2));
  const std::string files = Write("a.csv", base_) + " " + Write("b.csv", other);
  const ToolResult refused = RunCompare(files + " 2>&1");
  EXPECT_EQ(refused.status, 2);
  EXPECT_EQ(refused.output,
            "hybrid-compare: not comparable: BLAS version: 0.9.0 in the "
            "baseline, 1.0 in the new results (--anyway compares them all the "
            "same)\n");
  const ToolResult anyway = RunCompare(files + " --anyway");
  EXPECT_EQ(anyway.status, 0);
  EXPECT_THAT(anyway.output, HasSubstr("DIFFERS   BLAS version"));
}

TEST_F(HybridCompareTest, ReadsOtherSchemasAnyway) {
  std::vector<Row> rows = base_.rows;
  for (Row& row : rows) {
    row.schema_version = 1;
    row.run_id = "2";
  }
  const std::string files = Write("a.csv", base_) + " " + Write("b.csv", rows);
  const ToolResult refused = RunCompare(files + " 2>&1");
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.output,
              AllOf(HasSubstr("schema_version is '1'"), HasSubstr("--anyway")));
  const ToolResult anyway = RunCompare(files + " --anyway");
  EXPECT_EQ(anyway.status, 0);
  EXPECT_THAT(anyway.output, HasSubstr("DIFFERS   schema version"));
}

TEST_F(HybridCompareTest, ARecordedRunAgainstWhatMeasuredTheSame) {
  const ToolResult outcome =
      RunCompare(kExample + " " + WriteAnotherExample(1));
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output,
              AllOf(HasSubstr("36 configurations: "), Not(HasSubstr("slower")),
                    Not(HasSubstr("faster")),
                    HasSubstr("8 of 434 repetitions left out")));
}

TEST_F(HybridCompareTest, ARecordedRunWithASlowdown) {
  const ToolResult outcome =
      RunCompare(kExample + " " + WriteAnotherExample(1.3) + " --gate");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(
      outcome.output,
      AllOf(HasSubstr("best split changed: gemm n=256 batch=32 "
                      "blas=blis-typed: 2×1 -> "),
            HasSubstr("gate: failed: 1 of 36 configurations is slower, worst "
                      "gemm n=256 batch=32 2×1 blas=blis-typed 1.30×")));
}

TEST_F(HybridCompareTest, ARunIsNotComparedWithItself) {
  const std::string a = Write("a.csv", base_);
  const std::string b = Write("b.csv", slower_);
  const std::vector<Row>& rows = base_.rows;
  const std::string part = Write("part.csv", {rows.begin(), rows.begin() + 12});
  std::filesystem::create_symlink(folder_.File("a.csv"),
                                  folder_.File("link.csv"));
  for (const std::string& arguments :
       {a + " " + a, a + " " + Write("renamed.csv", base_), part + " " + a,
        a + " " + Quoted("link.csv"), b + " " + a + " --new=" + a,
        "--baseline=" + b + " --baseline=" + a + " --new=" + part}) {
    SCOPED_TRACE(arguments);
    for (const char* const more : {" --gate", " --anyway"}) {
      const ToolResult outcome =
          RunCompare(arguments + more + " 2>&1 >/dev/null");
      ExpectOneLineError(outcome, "hybrid-compare");
    }
  }
  EXPECT_EQ(RunCompare(part + " " + a + " --gate 2>&1").output,
            "hybrid-compare: run 1 is on both sides, in " +
                folder_.File("part.csv") + " of the baseline and " +
                folder_.File("a.csv") +
                " of the new results: compare different runs\n");
}

TEST_F(HybridCompareTest, ARowCountsOnceOnEitherSide) {
  const std::string a = Write("a.csv", base_);
  const std::string b = Write("b.csv", slower_);
  const std::string once =
      RunCompare(a + " " + b + " --format=csv 2>/dev/null").output;
  const std::string twice = "--baseline=" + a +
                            " --baseline=" + Write("copy.csv", base_) +
                            " --new=" + b + " --new=" + b + " --format=csv";
  EXPECT_EQ(RunCompare(twice + " 2>/dev/null").output, once);
  EXPECT_THAT(RunCompare(twice + " 2>&1 >/dev/null").output,
              AllOf(HasSubstr("copy.csv: 20 rows stand in "),
                    HasSubstr("b.csv: given twice: its 20 rows count once\n")));
}

TEST_F(HybridCompareTest, TheGateIsTheLastLineInEveryFormat) {
  TestResults noisy("2");
  TestResults other("2");
  other.base.blas_version = "1.0";
  const std::string a = Write("a.csv", base_) + " ";
  for (const std::string& files :
       {a + Write("slower.csv", slower_), a + Write("same.csv", same_),
        a + Write("noisy.csv", noisy.Ok(Around(1.2, 10, 0.9))),
        a + Write("other.csv", other.Ok(Around(1)))}) {
    for (const std::string format : {"text", "markdown", "csv", "json"}) {
      SCOPED_TRACE(files + format);
      const std::string text =
          RunCompare(files + " --gate --format=" + format + " 2>&1").output;
      EXPECT_THAT(text.substr(text.rfind('\n', text.size() - 2) + 1),
                  StartsWith("gate: "));
    }
  }
}

TEST_F(HybridCompareTest, WhereNothingCanBeToldNothingIsPromised) {
  const std::string files = Write("a.csv", TestResults("1").Ok({1, 1.1})) +
                            " " + Write("b.csv", TestResults("2").Ok({1, 1.1}));
  for (const std::string format : {"text", "markdown", "csv", "json"}) {
    const ToolResult outcome =
        RunCompare(files + " --gate --format=" + format + " 2>&1");
    EXPECT_EQ(outcome.status, 2) << format;
    EXPECT_THAT(outcome.output, Not(HasSubstr("o regression")));
  }
  EXPECT_THAT(RunCompare(files + " --format=markdown").output,
              StartsWith("### Undecided: nothing can be told of 1 "
                         "configuration\n"));
}

TEST_F(HybridCompareTest, Help) {
  const ToolResult outcome = RunCompare("--help");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, AllOf(HasSubstr("BASELINE"), HasSubstr("--gate"),
                                    HasSubstr("Exit status")));
}

TEST_F(HybridCompareTest, ErrorsAreOneLineAndStatusTwo) {
  const std::string good = Write("good.csv", base_);
  WriteFile(folder_.File("bad.csv"), "not a result\n");
  const std::string two = good + " " + Write("two.csv", same_);
  TestResults other;
  other.base.n = 64;
  for (const std::string& arguments :
       {std::string(), good, two + " " + good, two + " --no-such-flag",
        good + " missing.csv", good + " " + Quoted("bad.csv"),
        two + " --threshold=3", two + " --threshold=-1%",
        two + " --threshold=x", two + " --alpha=0", two + " --format=xml",
        two + " '--filter=('", two + " --baseline=" + good,
        "--baseline=" + good, two + " --filter=nothing",
        good + " " + Write("other.csv", other.Ok({1}))}) {
    SCOPED_TRACE(arguments);
    ExpectOneLineError(RunCompare(arguments + " 2>&1 >/dev/null"),
                       "hybrid-compare");
  }
  EXPECT_EQ(RunCompare(two + " >/dev/full 2>/dev/null").status, 2);
}

TEST_F(HybridCompareTest, AlsoWritesTheSameComparisonIntoFiles) {
  const std::string files =
      Write("a.csv", base_) + " " + Write("b.csv", slower_) + " --gate";
  const std::string text = RunCompare(files).output;
  const ToolResult result =
      RunCompare(files + " --format=csv --also=" + Quoted("c.json") +
                 " --also=" + Quoted("c.md") + " --also=" + Quoted("c.txt") +
                 " 2>/dev/null");
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.output,
            RunCompare(files + " --format=csv 2>/dev/null").output);
  EXPECT_EQ(ReadFile(folder_.File("c.txt")), text);
  for (const auto& [file, format] :
       {std::pair("c.json", "json"), std::pair("c.md", "markdown")}) {
    EXPECT_EQ(ReadFile(folder_.File(file)),
              RunCompare(files + " 2>/dev/null --format=" + format).output);
  }
}

TEST_F(HybridCompareTest, AlsoNeverOverwritesWhatIsCompared) {
  const std::string files =
      Write("a.csv", base_) + " " + Write("b.csv", slower_) + " --also=";
  WriteFile(folder_.File("results.txt"), ReadFile(folder_.File("a.csv")));
  std::filesystem::create_symlink("a.csv", folder_.File("link.md"));
  const std::map<std::string, std::string> reasons{
      {"a.csv", "takes a file that ends with .txt, .json or .md"},
      {"link.md", "is a result file"},
      {"results.txt", "is a result file"},
      {"no/such.md", "there is no folder"}};
  for (const auto& [file, reason] : reasons) {
    const ToolResult result = RunCompare(files + Quoted(file) + " 2>&1");
    ExpectOneLineError(result, "hybrid-compare");
    EXPECT_THAT(result.output, AllOf(HasSubstr("--also="), HasSubstr(reason)));
  }
  EXPECT_EQ(RunCompare(files + "/dev/full 2>/dev/null").status, 2);
}

TEST_F(HybridCompareTest, NoFlagTakesAnotherForItsValue) {
  const std::string two = Write("a.csv", base_) + " " + Write("b.csv", slower_);
  for (const std::string flag : {"--baseline", "--new", "--history", "--window",
                                 "--threshold", "--alpha", "--format"}) {
    for (const std::string& spelling : {flag + "=", flag}) {
      const ToolResult outcome =
          RunCompare(two + " " + spelling + " --gate 2>&1 >/dev/null");
      EXPECT_EQ(outcome.status, 2) << spelling;
      EXPECT_THAT(outcome.output, AllOf(StartsWith("hybrid-compare: "),
                                        HasSubstr(flag), EndsWith("\n")));
    }
  }
  // Everything contains nothing; and the gate is one.
  EXPECT_THAT(RunCompare(two + " --filter= --gate").output,
              HasSubstr("\ngate: failed: "));
  EXPECT_EQ(RunCompare(two + " --filter --gate 2>/dev/null").status, 2);
}

TEST_F(HybridCompareTest, SharesThatAreNone) {
  const std::string two = Write("a.csv", base_) + " " + Write("b.csv", slower_);
  for (const std::string value : {"inf", "nan", "-nan", "1e999", "3e2%"}) {
    for (const std::string flag : {" --threshold=", " --alpha="}) {
      EXPECT_EQ(RunCompare(two + flag + value + " 2>/dev/null").status, 2)
          << flag << value;
    }
  }
}

TEST_F(HybridCompareTest, NestedExpressionsComeToAnEnd) {
  const std::string two = Write("a.csv", base_) + " " + Write("b.csv", slower_);
  EXPECT_THAT(RunCompare(two + " --filter='(((.*)*)*)*!' 2>&1").output,
              HasSubstr("hold no results"));
  EXPECT_THAT(
      RunCompare(two + " --filter=\"$(printf '%20000s' '' | "
                       "tr ' ' '(')\" 2>&1")
          .output,
      AllOf(StartsWith("hybrid-compare: --filter: "), HasSubstr("too large")));
}

TEST_F(HybridCompareTest, AddsNothingToAFileThatItReads) {
  const std::string a = Write("a.csv", base_);
  const std::string b = Write("b.csv", slower_);
  const std::string before = ReadFile(folder_.File("b.csv"));
  EXPECT_EQ(RunCompare(a + " " + b + " 2>/dev/null >>" + b).status, 2);
  EXPECT_EQ(ReadFile(folder_.File("b.csv")), before);
}

}  // namespace
}  // namespace hybrid
