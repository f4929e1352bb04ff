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

}  // namespace
}  // namespace hybrid
