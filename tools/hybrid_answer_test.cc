// Runs the real hybrid-answer on files that the real writer wrote.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "results/row.h"
#include "results/test_files.h"
#include "test_tool.h"
#include "test_tool_files.h"

namespace hybrid {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// Runs hybrid-answer through the shell; `arguments` may redirect.
ToolResult RunAnswer(const std::string& arguments) {
  return RunTool("'" HYBRID_ANSWER "' " + arguments);
}

class HybridAnswerTest : public ToolTest {
 protected:
  const std::vector<Row> rows_ = RowsOfTwoSplits();
};

TEST_F(HybridAnswerTest, AnswersFromOneFile) {
  const ToolResult outcome = RunAnswer(Write("a.csv", rows_));
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, HasSubstr("best     2×1  1.00 s"));
  EXPECT_THAT(outcome.output, HasSubstr("2.0× over 1×1"));
  EXPECT_THAT(outcome.output, HasSubstr("export BLIS_NUM_THREADS=1"));
}

TEST_F(HybridAnswerTest, PoolsFiles) {
  const std::vector<Row> first(rows_.begin(), rows_.begin() + 2);
  const std::vector<Row> rest(rows_.begin() + 2, rows_.end());
  const std::string one = RunAnswer(Write("all.csv", rows_)).output;
  const std::string a = Write("a.csv", first);
  EXPECT_EQ(RunAnswer(a + " " + Write("b.csv", rest)).output, one);
}

TEST_F(HybridAnswerTest, CountsACopyOnce) {
  // Twice the pairs of the A/A check would halve the noise floor.
  std::vector<Row> rows = rows_;
  for (const Row& of_run : rows_) {
    for (const char* const variant : {"A", "B"}) {
      Row row = of_run;
      row.family = Family::kNoise;
      row.variant = variant;
      *row.wall_s *= variant[0] == 'A' ? 1 : 1.02;
      rows.push_back(row);
    }
  }
  const std::string a = Write("a.csv", rows);
  const std::string copy = Write("copy.csv", rows);
  const std::string one = RunAnswer(a).output;
  EXPECT_EQ(RunAnswer(a + " " + copy + " 2>/dev/null").output, one);
  EXPECT_EQ(RunAnswer(a + " " + copy + " 2>&1 >/dev/null").output,
            "hybrid-answer: " + folder_.File("copy.csv") +
                ": 18 rows stand in " + folder_.File("a.csv") +
                ", too, and count once\n");
}

// A container has another host name at every start.
TEST_F(HybridAnswerTest, OneMachineUnderTwoNamesIsOne) {
  std::vector<Row> rows = rows_;
  for (Row& row : rows) {
    row.machine_id = "cpu-2c-8g-01234567";
    row.host = "3f9c01ab";
  }
  const std::string one = RunAnswer(Write("all.csv", rows)).output;
  const std::vector<Row> first(rows.begin(), rows.begin() + 2);
  std::vector<Row> rest(rows.begin() + 2, rows.end());
  for (Row& row : rest) row.host = "77aa42fe";
  const std::string a = Write("a.csv", first);
  EXPECT_EQ(RunAnswer(a + " " + Write("b.csv", rest)).output, one);
}

TEST_F(HybridAnswerTest, SaysWhenThereIsNothingToAnswer) {
  const ToolResult outcome = RunAnswer(Write("a.csv", {}));
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, StartsWith("No results of the family Hybrid"));
}

TEST_F(HybridAnswerTest, Help) {
  const ToolResult outcome = RunAnswer("--help");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, HasSubstr("hybrid-answer"));
}

TEST_F(HybridAnswerTest, ErrorsAreOneLineAndStatusTwo) {
  const std::string good = Write("good.csv", rows_);
  WriteFile(folder_.File("bad.csv"), "not a result\n");
  for (const std::string& arguments :
       {std::string(), std::string("--no-such-flag"), good + " missing.csv",
        Quoted("bad.csv")}) {
    SCOPED_TRACE(arguments);
    ExpectOneLineError(RunAnswer(arguments + " 2>&1 >/dev/null"),
                       "hybrid-answer");
  }
  EXPECT_EQ(RunAnswer(good + " >/dev/full 2>/dev/null").status, 2);
}

TEST_F(HybridAnswerTest, AFullDiskIsAnErrorOfTheHelpToo) {
  for (const std::string& arguments : {Write("a.csv", rows_), "--help"s}) {
    const ToolResult outcome = RunAnswer(arguments + " 2>&1 >/dev/full");
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_EQ(outcome.output,
              "hybrid-answer: standard output: No space left on device\n");
    // Where that can't be said either, the status is the same.
    EXPECT_EQ(RunAnswer(arguments + " >/dev/full 2>&1").status, 2);
  }
}

TEST_F(HybridAnswerTest, AddsNothingToAFileThatItReads) {
  const std::string a = Write("a.csv", rows_);
  const std::string before = ReadFile(folder_.File("a.csv"));
  const ToolResult outcome = RunAnswer(a + " 2>&1 >>" + a);
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.output, HasSubstr("a.csv: standard output goes into"));
  EXPECT_EQ(ReadFile(folder_.File("a.csv")), before);
}

TEST_F(HybridAnswerTest, FlagsThatCantBeTaken) {
  const auto error_of = [](const std::string& arguments) {
    const ToolResult outcome = RunAnswer(arguments + " 2>&1 >/dev/null");
    EXPECT_EQ(outcome.status, 2) << arguments;
    return outcome.output;
  };
  EXPECT_EQ(error_of("--help=bla"),
            "hybrid-answer: --help=bla: takes no value\n");
  EXPECT_EQ(error_of("''"), "hybrid-answer: an argument is empty\n");
}

}  // namespace
}  // namespace hybrid
