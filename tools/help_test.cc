// What every program says of itself.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/version.h"
#include "test_tool.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

struct Program {
  std::string name;
  std::string path;
};

std::vector<Program> Programs() {
  return {{"bench", HYBRID_BENCH},
          {"hybrid-answer", HYBRID_ANSWER},
          {"hybrid-compare", HYBRID_COMPARE},
#ifdef HYBRID_REPORT
          {"hybrid-report", HYBRID_REPORT},
#endif
          {"hybrid-worker", HYBRID_WORKER}};
}

ToolResult RunProgram(const Program& program, const std::string& arguments) {
  return RunTool("'" + program.path + "' " + arguments);
}

TEST(HelpTest, HasExamplesAndExitStatusInAHundredColumns) {
  for (const Program& program : Programs()) {
    const ToolResult help = RunProgram(program, "--help");
    EXPECT_EQ(help.status, 0) << program.name;
    EXPECT_THAT(help.output, HasSubstr("\nUsage: " + program.name + " "));
    EXPECT_THAT(help.output, HasSubstr("  --version "));
    EXPECT_THAT(help.output, HasSubstr("\nExamples:\n"));
    EXPECT_THAT(help.output, HasSubstr("\nExit status:\n  0  "));
    std::istringstream lines(help.output);
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(DisplayWidth(line), 100U) << program.name << ": " << line;
    }
    EXPECT_EQ(RunProgram(program, "-h").output, help.output) << program.name;
  }
}

TEST(HelpTest, OfBenchHasFamiliesAndGooglesFlagsToo) {
  const std::string help = RunProgram(Programs().front(), "--help").output;
  for (const std::string family : {"Hybrid", "Tutorial", "Overhead"}) {
    EXPECT_THAT(help, HasSubstr("\n  " + family + "  "));
  }
  for (const std::string flag :
       {"filter", "list_tests", "min_time", "repetitions", "format", "out",
        "out_format", "enable_random_interleaving", "context", "time_unit"}) {
    EXPECT_THAT(help, HasSubstr("[--benchmark_" + flag + "="));
  }
}

// Every flag that an example shows is one of the program's.
TEST(HelpTest, ExamplesUseFlagsThatThereAre) {
  for (const Program& program : Programs()) {
    const std::string help = RunProgram(program, "--help").output;
    const std::size_t at = help.find("\nExamples:\n");
    const std::string examples = help.substr(at, help.find("\nExit", at) - at);
    const std::string flags =
        help.substr(0, at) + help.substr(help.find("\nExit", at));
    const std::regex flag("--[a-z_]+");
    for (std::sregex_iterator match(examples.begin(), examples.end(), flag),
         end;
         match != end; ++match) {
      EXPECT_THAT(flags, HasSubstr(match->str())) << program.name;
    }
  }
}

TEST(VersionFlagTest, SaysWhatWasBuiltOfWhat) {
  for (const Program& program : Programs()) {
    const ToolResult version = RunProgram(program, "--version");
    EXPECT_EQ(version.status, 0) << program.name;
    EXPECT_THAT(version.output, StartsWith(VersionLine(program.name)));
  }
}

TEST(VersionFlagTest, OfBenchNamesItsLibraries) {
  EXPECT_THAT(RunProgram(Programs().front(), "--version").output,
              MatchesRegex("bench .*\nGoogle Benchmark [0-9.]+, Boost "
                           "[0-9.]+\nBLIS [0-9.]+[^ ]* \\([a-z]+.*\\), its "
                           "kernels here: [a-z0-9]+\n"));
}

TEST(VersionFlagTest, IsRatherUnknownThanAnError) {
  const ToolResult version =
      RunTool("folder=$(mktemp -d) && cp '" HYBRID_BENCH
              "' $folder/bench && "
              "$folder/bench --version; echo status $?; rm -r $folder");
  EXPECT_THAT(version.output, HasSubstr("\nBLIS unknown: "));
  EXPECT_THAT(version.output, ::testing::EndsWith("\nstatus 0\n"));
}

}  // namespace
}  // namespace hybrid
