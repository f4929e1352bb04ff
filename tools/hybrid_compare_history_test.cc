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
#include "results/csv_writer.h"
#include "results/row.h"
#include "results/test_files.h"
#include "test_tool.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// `arguments` may redirect.
ToolResult Compare(const std::string& arguments) {
  return RunTool("'" HYBRID_COMPARE "' " + arguments);
}

class HybridCompareHistoryTest : public ::testing::Test {
 protected:
  /// Ten runs with the levels of the first configuration; returns the flag.
  std::string Write(const std::function<double(std::size_t)>& level) {
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
      CsvWriter(folder_.File("m/" + std::to_string(i) + ".csv"))
          .Append(runs[i]);
    }
    return "--history '" + folder_.File("m") + "'";
  }

  TestFolder folder_;
};

TEST_F(HybridCompareHistoryTest, FindsAStepThatTheNewestRunIsPast) {
  const ToolResult outcome = Compare(
      Write([](std::size_t r) { return r >= 5 ? 1.2 : 1.0; }) + " --window=3");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output,
              AllOf(HasSubstr("commit c005 (before: c004)"),
                    HasSubstr("the 3 runs from"), HasSubstr("▁▁▁▁▁█████")));
}

TEST_F(HybridCompareHistoryTest, ARegressionOfTheNewestRunIsStatusOne) {
  const ToolResult outcome =
      Compare(Write([](std::size_t r) { return r == 9 ? 1.3 : 1.0; }));
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("slower"));
}

TEST_F(HybridCompareHistoryTest, WritesJson) {
  const ToolResult outcome =
      Compare(Write([](std::size_t r) { return r >= 5 ? 1.2 : 1.0; }) +
              " --window=3 --format=json");
  const Json json = ParseJson(outcome.output);
  EXPECT_EQ(json.at("series").at(0).at("steps").at(0).at("run"), 5);
}

TEST_F(HybridCompareHistoryTest, TakesSeveralFolders) {
  const std::string flag = Write([](std::size_t) { return 1.0; });
  std::filesystem::create_directory(folder_.File("old"));
  for (const char* const file : {"0.csv", "1.csv", "2.csv"}) {
    std::filesystem::rename(folder_.File("m/" + std::string(file)),
                            folder_.File("old/" + std::string(file)));
  }
  const std::string old = "'" + folder_.File("old") + "'";
  for (const std::string& both :
       {flag + " " + old, flag + " --history " + old}) {
    const ToolResult outcome = Compare(both);
    EXPECT_EQ(outcome.status, 0) << outcome.output;
    EXPECT_THAT(outcome.output, HasSubstr("runs      10, "));
  }
}

TEST_F(HybridCompareHistoryTest, NamesFilesThatItLeavesOut) {
  const std::string flag = Write([](std::size_t) { return 1.0; });
  WriteFile(folder_.File("m/torn.csv"), "not a result\n");
  const ToolResult outcome = Compare(flag + " 2>&1 >/dev/null");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, AllOf(StartsWith("hybrid-compare: left out: "),
                                    HasSubstr("torn.csv:1: ")));
}

TEST_F(HybridCompareHistoryTest, ErrorsAreOneLineAndStatusTwo) {
  const std::string flag = Write([](std::size_t) { return 1.0; });
  for (const std::string& arguments :
       {std::string("--history missing"), flag + " --window=0",
        flag + " a.csv b.csv", flag + " --format=csv",
        flag + " --filter=none_such", std::string("--window=3 a.csv b.csv"),
        "--history '" + folder_.File(".") + "'"}) {
    const ToolResult outcome = Compare(arguments + " 2>&1 >/dev/null");
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_THAT(outcome.output, StartsWith("hybrid-compare: "));
    EXPECT_EQ(outcome.output.find('\n'), outcome.output.size() - 1)
        << outcome.output;
  }
  EXPECT_EQ(Compare(flag + " >/dev/full 2>/dev/null").status, 2);
}

}  // namespace
}  // namespace hybrid
