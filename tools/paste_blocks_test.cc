// Every block to paste that hybrid-answer and bench print is what it says: the
// shells and Pythons of this machine read it.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "analysis/format_units.h"
#include "analysis/paste_text.h"
#include "analysis/screen_text.h"
#include "base/enum_names.h"
#include "base/test_folder.h"
#include "base/text.h"
#include "test_tool.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

/// All result files that the project has.
std::vector<std::string> ResultFiles() {
  std::vector<std::string> files;
  for (const char* folder : {"/tools/golden/input", "/results/example"}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(
             HYBRID_SOURCE + std::string(folder))) {
      if (entry.path().extension() == ".csv") {
        files.push_back(entry.path().string());
      }
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// A shell with variables that would steer a BLAS.
ToolResult RunAnswerTool(const std::string& arguments) {
  return RunTool("OMP_PROC_BIND=true MKL_NUM_THREADS=3 '" HYBRID_ANSWER "' " +
                 arguments);
}

void ExpectBash(const std::string& block) {
  const TestFolder folder;
  folder.Lay("/pasted", block);
  for (const char* bash : {"bash -n", "bash -eu"}) {
    const ToolResult outcome =
        RunTool(fmt::format("{} '{}' 2>&1", bash, folder.File("pasted")));
    EXPECT_EQ(outcome.status, 0) << bash << ": " << block;
    EXPECT_EQ(outcome.output, "") << block;
  }
}

void ExpectPython(const std::string& block) {
  const TestFolder folder;
  folder.Lay("/pasted", block);
  const ToolResult outcome = RunTool(fmt::format(
      "python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read())' '{}' "
      "2>&1",
      folder.File("pasted")));
  EXPECT_EQ(outcome.status, 0) << outcome.output << block;
}

/// What stands under PASTE in a first screen, without that word.
std::string PasteBlockOf(const std::string& screen) {
  const std::size_t start = screen.find("\nPASTE ");
  if (start == std::string::npos) return "";
  const std::size_t text = start + std::string_view("\nPASTE ").size();
  return screen.substr(text, screen.find("\nMORE ") + 1 - text);
}

TEST(PasteBlocksTest, ScreensFitAndTheirBlocksAreBash) {
  for (const std::string& file : ResultFiles()) {
    SCOPED_TRACE(file);
    const ToolResult outcome = RunAnswerTool("'" + file + "' 2>/dev/null");
    if (outcome.status == 2) continue;  // not for readers
    std::istringstream lines(outcome.output);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
      const bool is_path = line.starts_with("FILE ");
      EXPECT_TRUE(is_path || DisplayWidth(line) <= kScreenColumns) << line;
    }
    EXPECT_LE(count, kFirstScreenLines) << outcome.output;
    const std::string block = PasteBlockOf(outcome.output);
    EXPECT_LE(std::count(block.begin(), block.end(), '\n'), 8) << block;
    EXPECT_THAT(outcome.output, Not(HasSubstr("most often")));
    if (!block.empty()) {
      EXPECT_THAT(block, HasSubstr("unset OMP_PROC_BIND\n"));
      ExpectBash(block);
    }
  }
}

TEST(PasteBlocksTest, BlocksForLaunchersAreWhatTheyReadThere) {
  const bool has_python = RunTool("python3 -c '' 2>&1").status == 0;
  for (const std::string& file : ResultFiles()) {
    for (const std::string_view launcher : kNames<Launcher>) {
      const ToolResult outcome = RunAnswerTool(
          fmt::format("--paste={} '{}' 2>/dev/null", launcher, file));
      SCOPED_TRACE(fmt::format("{} {}", launcher, file));
      if (outcome.status == 2) continue;  // nothing is recommended
      if (outcome.output.find("\nimport ") == std::string::npos) {
        ExpectBash(outcome.output);
      } else if (has_python) {
        ExpectPython(outcome.output);
      }
    }
  }
}

TEST(PasteBlocksTest, OfADryRunOnAnotherMachine) {
  const ToolResult outcome = RunTool(
      "HWLOC_SYNTHETIC='package:2 core:64 pu:2' OMP_PLACES=cores '" HYBRID_BENCH
      "' --benchmark_filter=Hybrid --dry_run --n=64 --batch=32 --workers=16 "
      "--blas_threads=8 2>/dev/null");
  EXPECT_EQ(outcome.status, 0);
  const std::size_t start = outcome.output.find("# launch 16×8 in bash:\n");
  ASSERT_NE(start, std::string::npos) << outcome.output;
  const std::string block = outcome.output.substr(start);
  EXPECT_THAT(block, HasSubstr("unset OMP_PLACES\n"));
  EXPECT_THAT(block, HasSubstr("for c in {0..240..16}; do"));
  EXPECT_THAT(block, HasSubstr(" taskset -c $c-$((c+15)) \"$@\"&"));
  EXPECT_THAT(block, HasSubstr("#SBATCH --nodes=1 --exclusive --ntasks=16\n"));
  ExpectBash(block);
}

}  // namespace
}  // namespace hybrid
