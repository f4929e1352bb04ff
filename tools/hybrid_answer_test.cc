// Runs the real hybrid-answer on files that the real writer wrote.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "results/csv_writer.h"
#include "results/row.h"
#include "results/test_files.h"
#include "test_tool.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// `arguments` may redirect.
ToolResult Answer(const std::string& arguments) {
  return RunTool("'" HYBRID_ANSWER "' " + arguments);
}

class HybridAnswerTest : public ::testing::Test {
 protected:
  HybridAnswerTest() {
    Row row;
    row.n = 256;
    row.batch = 64;
    row.usable_cores = 2;
    row.status = Status::kOk;
    row.blas_threads = 1;
    for (const double time : {1.0, 1.01, 0.99}) {
      row.workers = 2;
      row.wall_s = time;
      rows_.push_back(row);
      row.workers = 1;
      row.wall_s = 2 * time;
      rows_.push_back(row);
    }
  }

  std::string Write(const std::string& name, const std::vector<Row>& rows) {
    CsvWriter(folder_.File(name)).Append(rows);
    return "'" + folder_.File(name) + "'";
  }

  TestFolder folder_;
  std::vector<Row> rows_;
};

TEST_F(HybridAnswerTest, AnswersFromOneFile) {
  const ToolResult outcome = Answer(Write("a.csv", rows_));
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, HasSubstr("best     2×1  1.00 s"));
  EXPECT_THAT(outcome.output, HasSubstr("2.0× over 1×1"));
  EXPECT_THAT(outcome.output, HasSubstr("export BLIS_NUM_THREADS=1"));
}

TEST_F(HybridAnswerTest, PoolsFiles) {
  const std::vector<Row> first(rows_.begin(), rows_.begin() + 2);
  const std::vector<Row> rest(rows_.begin() + 2, rows_.end());
  const std::string one = Answer(Write("all.csv", rows_)).output;
  const std::string a = Write("a.csv", first);
  EXPECT_EQ(Answer(a + " " + Write("b.csv", rest)).output, one);
}

// A container has another host name at every start.
TEST_F(HybridAnswerTest, OneMachineUnderTwoNamesIsOne) {
  for (Row& row : rows_) {
    row.machine_id = "cpu-2c-8g-01234567";
    row.host = "3f9c01ab";
  }
  const std::string one = Answer(Write("all.csv", rows_)).output;
  const std::vector<Row> first(rows_.begin(), rows_.begin() + 2);
  std::vector<Row> rest(rows_.begin() + 2, rows_.end());
  for (Row& row : rest) row.host = "77aa42fe";
  const std::string a = Write("a.csv", first);
  EXPECT_EQ(Answer(a + " " + Write("b.csv", rest)).output, one);
}

TEST_F(HybridAnswerTest, SaysWhenThereIsNothingToAnswer) {
  const ToolResult outcome = Answer(Write("a.csv", {}));
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, StartsWith("No results of the family Hybrid"));
}

TEST_F(HybridAnswerTest, Help) {
  const ToolResult outcome = Answer("--help");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, HasSubstr("hybrid-answer"));
}

TEST_F(HybridAnswerTest, ErrorsAreOneLineAndStatusTwo) {
  const std::string good = Write("good.csv", rows_);
  WriteFile(folder_.File("bad.csv"), "not a result\n");
  for (const std::string& arguments :
       {std::string(), std::string("--no-such-flag"), good + " missing.csv",
        "'" + folder_.File("bad.csv") + "'"}) {
    const ToolResult outcome = Answer(arguments + " 2>&1 >/dev/null");
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_THAT(outcome.output, StartsWith("hybrid-answer: "));
    EXPECT_EQ(outcome.output.find('\n'), outcome.output.size() - 1)
        << outcome.output;
  }
  EXPECT_EQ(Answer(good + " >/dev/full 2>/dev/null").status, 2);
}

}  // namespace
}  // namespace hybrid
