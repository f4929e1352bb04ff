// Runs the real hybrid-answer on files that the real writer wrote.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"
#include "results/row.h"
#include "results/test_files.h"
#include "test_tool.h"
#include "test_tool_files.h"

namespace hybrid {
namespace {

using namespace std::string_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// Runs hybrid-answer through the shell; `arguments` may redirect.
ToolResult RunAnswer(const std::string& arguments) {
  return RunTool("'" HYBRID_ANSWER "' " + arguments);
}

class HybridAnswerTest : public ToolTest {
 protected:
  std::vector<Row> rows_ = RowsOfTwoSplits();
};

TEST_F(HybridAnswerTest, AnswersFromOneFile) {
  const ToolResult outcome = RunAnswer(Write("a.csv", rows_));
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, StartsWith("ANSWER  2×1 "));
  EXPECT_THAT(outcome.output, HasSubstr("2.0× over 1×1"));
  EXPECT_THAT(outcome.output, HasSubstr(" BLIS_NUM_THREADS=1"));
  EXPECT_THAT(outcome.output, Not(HasSubstr("\033")));
}

TEST_F(HybridAnswerTest, WhyTellsTheWhole) {
  const ToolResult outcome = RunAnswer("--why " + Write("a.csv", rows_));
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, HasSubstr("best     2×1  1.00 s"));
  EXPECT_THAT(outcome.output, HasSubstr("why      1×1  2.00 s"));
}

TEST_F(HybridAnswerTest, JsonIsForPrograms) {
  const ToolResult outcome =
      RunAnswer("--format=json " + Write("a.csv", rows_));
  EXPECT_EQ(outcome.status, 0);
  const Json json = ParseJson(outcome.output);
  EXPECT_EQ(json.at("trust").at("level"), "fair");
  const Json& way = json.at("ways").at(0);
  EXPECT_EQ(way.at("rules").at(0).at("workers"), 2);
  EXPECT_EQ(way.at("groups").at(0).at("splits").at(1).at("verdict"), "loser");
}

TEST_F(HybridAnswerTest, PasteIsForALauncher) {
  const std::string file = Write("a.csv", rows_);
  EXPECT_THAT(RunAnswer("--paste=python " + file).output,
              HasSubstr("get_context(\"spawn\").Pool(2)"));
  EXPECT_THAT(RunAnswer("--paste=slurm " + file).output,
              HasSubstr("srun --nodes=1 --ntasks=2 "));
  EXPECT_EQ(RunAnswer("--paste=fortran " + file + " 2>/dev/null").status, 2);
}

TEST_F(HybridAnswerTest, PasteIsOfTheLibrariesThatWin) {
  std::vector<Row> rows = rows_;
  for (Row row : rows_) {
    row.blas = "openblas-pthread";
    row.blas_file = "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblas.so";
    row.kernels_setting = "OPENBLAS_CORETYPE=SKYLAKEX";
    *row.wall_s /= 3;
    rows.push_back(row);
  }
  const std::string file = Write("a.csv", rows);
  EXPECT_THAT(RunAnswer("--paste=shell " + file).output,
              AllOf(StartsWith("# 2 processes × 1 BLAS thread\n"),
                    HasSubstr(" OPENBLAS_CORETYPE=SKYLAKEX\n"),
                    HasSubstr("/openblas-pthread${LD_LIBRARY_PATH"),
                    Not(HasSubstr("# for "))));
  EXPECT_THAT(RunAnswer("--paste=python " + file).output,
              HasSubstr(R"(os.environ["OPENBLAS_CORETYPE"] = "SKYLAKEX")"));
  EXPECT_THAT(RunAnswer(file).output,
              HasSubstr("\nexport LD_LIBRARY_PATH="
                        "/usr/lib/x86_64-linux-gnu/openblas-pthread\\\n"));
}

TEST_F(HybridAnswerTest, PasteRunsNothingThatAFileSays) {
  std::vector<Row> rows = rows_;
  for (Row row : rows_) {
    row.operation = "gesdd\ntouch hacked\n#";
    row.blas = "mine\ntouch hacked\n#";
    row.blas_file = "/tmp/a;touch hacked/x.so";
    row.kernels_setting = "OPENBLAS_CORETYPE=X;touch hacked";
    rows.push_back(row);
  }
  const std::string file = Write("a.csv", rows);
  for (const char* options : {"", "--paste=shell ", "--paste=slurm "}) {
    const std::string output = RunAnswer(options + file).output;
    // Of the first screen, what is to be pasted; of the others, all.
    const std::size_t paste = output.find("\nPASTE ");
    const std::string text =
        paste == std::string::npos ? output : output.substr(paste);
    EXPECT_THAT(text, HasSubstr("workers() "));
    EXPECT_THAT(text, Not(HasSubstr("\ntouch"))) << text;
    EXPECT_THAT(text, Not(HasSubstr(";touch"))) << text;
  }
}

TEST_F(HybridAnswerTest, OfAFolderTheNewest) {
  std::vector<Row> later = rows_;
  for (Row& row : rows_) row.time_utc = "2026-11-01T00:00:00Z";
  for (Row& row : later) row.time_utc = "2026-11-02T00:00:00Z";
  Write("b.csv", rows_);
  const std::string newest = Write("a.csv", later);
  const ToolResult of_folder = RunAnswer("'" + folder_.path() + "'");
  EXPECT_EQ(of_folder.status, 0);
  EXPECT_EQ(of_folder.output, RunAnswer(newest).output);
  // Without an argument it is results/ here.
  std::filesystem::create_directory(folder_.File("results"));
  std::filesystem::rename(folder_.File("a.csv"), folder_.File("results/a.csv"));
  EXPECT_THAT(
      RunTool("cd '" + folder_.path() + "' && '" HYBRID_ANSWER "'").output,
      HasSubstr("\nFILE    results/a.csv\n"));
}

TEST_F(HybridAnswerTest, PoolsFiles) {
  const std::vector<Row> first(rows_.begin(), rows_.begin() + 2);
  const std::vector<Row> rest(rows_.begin() + 2, rows_.end());
  const std::string one = RunAnswer("--why " + Write("all.csv", rows_)).output;
  const std::string a = Write("a.csv", first);
  EXPECT_EQ(RunAnswer("--why " + a + " " + Write("b.csv", rest)).output, one);
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
  const std::string one = RunAnswer("--why " + a).output;
  EXPECT_EQ(RunAnswer("--why " + a + " " + copy + " 2>/dev/null").output, one);
  EXPECT_EQ(RunAnswer("--why " + a + " " + copy + " 2>&1 >/dev/null").output,
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
  const std::string one = RunAnswer("--why " + Write("all.csv", rows)).output;
  const std::vector<Row> first(rows.begin(), rows.begin() + 2);
  std::vector<Row> rest(rows.begin() + 2, rows.end());
  for (Row& row : rest) row.host = "77aa42fe";
  const std::string a = Write("a.csv", first);
  EXPECT_EQ(RunAnswer("--why " + a + " " + Write("b.csv", rest)).output, one);
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
       {Quoted("no-such-folder"), std::string("--no-such-flag"),
        good + " missing.csv", Quoted("bad.csv")}) {
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
