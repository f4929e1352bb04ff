// Runs the real `hybrid-compare --history` on files that the real writer wrote.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "history/test_history.h"
#include "results/csv_reader.h"
#include "results/row.h"
#include "results/test_files.h"
#include "test_tool.h"
#include "test_tool_files.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class HybridCompareHistoryTest : public ToolTest {
 protected:
  /// Writes ten runs of two configurations into the folder `m`. `level` says
  /// how much slower the first one is in a run. Returns the flag that reads
  /// them.
  std::string WriteRuns(const std::function<double(std::size_t)>& level) const {
    Simulation simulation;
    simulation.runs = 10;
    simulation.configurations = 2;
    simulation.repetition_noise = 0.005;
    simulation.run_noise = 0.003;
    simulation.level = [&level](std::size_t r, std::size_t c) {
      return c == 0 ? level(r) : 1;
    };
    const std::vector<std::vector<Row>> runs = Simulate(simulation, 1);
    for (std::size_t i = 0; i < runs.size(); ++i) {
      Write("m/" + std::to_string(i) + ".csv", runs[i]);
    }
    return "--history " + Quoted("m");
  }
};

TEST_F(HybridCompareHistoryTest, FindsAStepThatTheNewestRunIsPast) {
  const ToolResult outcome =
      RunCompare(WriteRuns([](std::size_t r) { return r >= 5 ? 1.2 : 1.0; }) +
                 " --window=3");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output,
              AllOf(HasSubstr("between c004 and c005, from run 2026-01-06"),
                    HasSubstr("the 3 runs from"), HasSubstr("▁▁▁▁▁█████")));
}

TEST_F(HybridCompareHistoryTest, ARegressionOfTheNewestRunIsStatusOne) {
  const ToolResult outcome =
      RunCompare(WriteRuns([](std::size_t r) { return r == 9 ? 1.3 : 1.0; }));
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("slower"));
}

TEST_F(HybridCompareHistoryTest, AStepThatLastsFailsTheGate) {
  const std::string flag =
      WriteRuns([](std::size_t r) { return r >= 5 ? 1.2 : 1.0; });
  // The five runs at the new level hide it from the comparison with four.
  const std::string gate = flag + " --window=5 --gate";
  for (const std::string format : {"text", "json"}) {
    const ToolResult failed =
        RunCompare(gate + " --format=" + format + " 2>&1");
    EXPECT_EQ(failed.status, 1);
    EXPECT_THAT(failed.output.substr(
                    failed.output.rfind('\n', failed.output.size() - 2) + 1),
                AllOf(StartsWith("gate: failed: "),
                      HasSubstr("worst gemm n=64 batch=8 2×1 1.2"),
                      HasSubstr("between c004 and c005; --accept=run-005 "
                                "accepts the new level\n")));
  }
  EXPECT_EQ(RunCompare(gate + " --accept=run-005").status, 0);
  EXPECT_EQ(RunCompare(flag + " --gate --accept=run-005").status, 0);
  EXPECT_EQ(RunCompare(gate + " --accept=run-004").status, 1);
  // An older one is no news.
  EXPECT_EQ(RunCompare(flag + " --gate --window=4").status, 0);
  const ToolResult json = RunCompare(gate + " --format=json 2>/dev/null");
  EXPECT_EQ(ParseJson(json.output).at("gate").at("verdict"), "failed");
}

TEST_F(HybridCompareHistoryTest, AJumpBetweenTwoLevelsFailsTheGateIfJudged) {
  const std::string flag =
      WriteRuns([](std::size_t r) { return r >= 7 ? 2.0 : 1.0; });
  for (std::size_t i = 0; i < 10; ++i) {
    const std::string file = "m/" + std::to_string(i) + ".csv";
    std::vector<Row> rows = ReadCsv(folder_.File(file));
    for (Row& row : rows) {
      row.oversubscribed = true;
      // One launch of the first run falls on the other level.
      if (i == 0 && row.n == 64 && row.repetition == 0) *row.wall_s *= 2;
    }
    std::filesystem::remove(folder_.File(file));
    Write(file, rows);
  }
  const ToolResult passed = RunCompare(flag + " --gate");
  EXPECT_EQ(passed.status, 0) << passed.output;
  EXPECT_THAT(passed.output, HasSubstr("no step: bimodal"));
  const ToolResult judged = RunCompare(flag + " --gate --bimodal");
  EXPECT_EQ(judged.status, 1) << judged.output;
  EXPECT_THAT(judged.output, HasSubstr("became slower and still is"));
}

TEST_F(HybridCompareHistoryTest, FirstLettersNameARunIfOfOneOnly) {
  const std::string gate =
      WriteRuns([](std::size_t r) { return r >= 5 ? 1.2 : 1.0; }) +
      " --window=5 --gate";
  std::vector<Row> rows = ReadCsv(folder_.File("m/5.csv"));
  for (Row& row : rows) row.run_id = "6348bfe6-" + row.run_id;
  std::filesystem::remove(folder_.File("m/5.csv"));
  Write("m/5.csv", rows);
  EXPECT_EQ(RunCompare(gate + " --accept=6348").status, 0);
  EXPECT_EQ(RunCompare(gate + " --accept=6349").status, 2);
  const ToolResult several = RunCompare(gate + " --accept=run-00 2>&1");
  EXPECT_EQ(several.status, 2);
  EXPECT_THAT(several.output, HasSubstr("9 runs begin with 'run-00'"));
}

TEST_F(HybridCompareHistoryTest, AStepThatWasTakenBackPasses) {
  const ToolResult outcome = RunCompare(
      WriteRuns([](std::size_t r) { return r >= 3 && r < 7 ? 1.2 : 1.0; }) +
      " --gate");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("no longer"));
}

TEST_F(HybridCompareHistoryTest, ARowCountsOnce) {
  const std::string flag = WriteRuns([](std::size_t) { return 1.0; });
  std::filesystem::copy_file(folder_.File("m/9.csv"),
                             folder_.File("m/again.csv"));
  const ToolResult outcome = RunCompare(flag + " --gate 2>&1");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output,
              AllOf(HasSubstr("left out: " + folder_.File("m/again.csv") +
                              ": 14 rows stand in "),
                    HasSubstr("runs      10, ")));
}

TEST_F(HybridCompareHistoryTest, WritesJson) {
  const ToolResult outcome =
      RunCompare(WriteRuns([](std::size_t r) { return r >= 5 ? 1.2 : 1.0; }) +
                 " --window=3 --format=json");
  const Json json = ParseJson(outcome.output);
  EXPECT_EQ(json.at("series").at(0).at("steps").at(0).at("run"), 5);
}

TEST_F(HybridCompareHistoryTest, TakesSeveralFolders) {
  const std::string flag = WriteRuns([](std::size_t) { return 1.0; });
  std::filesystem::create_directory(folder_.File("old"));
  for (const char* const file : {"0.csv", "1.csv", "2.csv"}) {
    std::filesystem::rename(folder_.File("m/" + std::string(file)),
                            folder_.File("old/" + std::string(file)));
  }
  const std::string old = Quoted("old");
  for (const std::string& both :
       {flag + " " + old, flag + " --history " + old}) {
    const ToolResult outcome = RunCompare(both);
    EXPECT_EQ(outcome.status, 0) << outcome.output;
    EXPECT_THAT(outcome.output, HasSubstr("runs      10, "));
  }
}

TEST_F(HybridCompareHistoryTest, NamesFilesThatItLeavesOut) {
  const std::string flag = WriteRuns([](std::size_t) { return 1.0; });
  WriteFile(folder_.File("m/torn.csv"), "not a result\n");
  const ToolResult outcome = RunCompare(flag + " 2>&1 >/dev/null");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, AllOf(StartsWith("hybrid-compare: left out: "),
                                    HasSubstr("torn.csv:1: ")));
}

TEST_F(HybridCompareHistoryTest, ErrorsAreOneLineAndStatusTwo) {
  const std::string flag = WriteRuns([](std::size_t) { return 1.0; });
  for (const std::string& arguments :
       {std::string("--history missing"), flag + " --window=0",
        flag + " a.csv b.csv", flag + " --format=csv",
        flag + " --filter=none_such", std::string("--window=3 a.csv b.csv"),
        std::string("--accept=run-005 a.csv b.csv"),
        flag + " --gate --accept=run-5",
        flag + " --gate --accept=", "--history " + Quoted(".")}) {
    SCOPED_TRACE(arguments);
    ExpectOneLineError(RunCompare(arguments + " 2>&1 >/dev/null"),
                       "hybrid-compare");
  }
  EXPECT_EQ(RunCompare(flag + " >/dev/full 2>/dev/null").status, 2);
}

}  // namespace
}  // namespace hybrid
