// What the READMEs' blocks say can be done is done, in a folder where all is
// that they name. The comment before a block says which are run:
//   <!-- run by readme_test -->               its commands succeed
//   <!-- printed by readme_test: COMMAND -->  COMMAND prints these lines, or
//                                             "the block above" does
//   <!-- not run: REASON -->

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <iostream>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/answer.h"
#include "base/test_folder.h"
#include "compare/test_results.h"
#include "foreign/test_google_json.h"
#include "history/test_history.h"
#include "key/key_text.h"
#include "results/csv_reader.h"
#include "results/csv_writer.h"
#include "results/test_files.h"
#include "test_readmes.h"
#include "test_tool.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view kRun = "run by readme_test";
constexpr std::string_view kPrinted = "printed by readme_test: ";
constexpr std::string_view kNotRun = "not run: ";
constexpr std::string_view kAbove = "the block above";
constexpr const char* kRecipesFile = "results/example/2-core-epyc-zen4.csv";

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

/// What is to be typed of a block: all of it, or what stands behind `$ `.
std::string CommandsOf(const ReadmeBlock& block) {
  std::vector<std::string> commands;
  for (const std::string& line : block.lines) {
    if (line.starts_with("$ ")) commands.push_back(line.substr(2));
  }
  return Joined(commands.empty() ? block.lines : commands);
}

bool IsForTheShell(const ReadmeBlock& block) {
  return block.language == "sh" || block.language == "console" ||
         CommandsOf(block) != Joined(block.lines);
}

/// The Python that has pandas; empty if none has.
std::string PythonWithPandas() {
  for (const char* python : {"python3", "/usr/bin/python3"}) {
    const std::string name = python;
    if (RunTool(name + " -c 'import pandas' 2>/dev/null").status == 0) {
      return name;
    }
  }
  return "";
}

/// What runs a block; empty if it isn't installed.
std::string InterpreterOf(const ReadmeBlock& block) {
  if (block.language == "python") return PythonWithPandas();
  if (block.language == "gnuplot") {
    return RunTool("command -v gnuplot").status == 0 ? "gnuplot" : "";
  }
  if (CommandsOf(block).find("hybrid-report") != std::string::npos &&
      !HasPage(HYBRID_BUILD)) {
    return "";
  }
  return "bash -eu";
}

class ReadmeCommandsTest : public ::testing::Test {
 protected:
  ReadmeCommandsTest() {
    fs::create_directory_symlink(HYBRID_BUILD, folder_.File("build"));
    fs::create_directories(folder_.File("results"));
    fs::create_directory_symlink(HYBRID_EXAMPLES,
                                 folder_.File("results/example"));
    for (const char* name :
         {"before", "after", "mon", "tue", "wed", "thu", "run", "old", "new"}) {
      Write(std::string(name) + ".csv",
            TestResults(name).Split(2, 1).Ok(Around(1)).Split(1, 1).Ok(
                Around(2)));
    }
    for (const char* name : {"before", "after"}) {
      TestGoogleJson json;
      json.date = name;
      folder_.Lay(fmt::format("/{}.json", name),
                  json.Add("Copy", Around(100)).Text());
    }
    RunTool("cd '" + folder_.path() + "' && gzip run.csv old.csv");
    Write("results/one.csv", TestResults("one").Ok(Around(1)));
    Simulation machine;
    machine.runs = 6;
    machine.configurations = 2;
    for (const std::vector<Row>& run : Simulate(machine, 1)) {
      const std::string& id = run.front().run_id;
      for (const std::string place :
           {"amd-epyc-2c-24g-1f3a9c07", id < "run-003" ? "OLD_ID" : "NEW_ID"}) {
        CsvWriter(folder_.File("results/" + place + "/" + id + ".csv"))
            .Append(run);
      }
    }
  }

  void Write(const std::string& name, const TestResults& results) const {
    CsvWriter(folder_.File(name)).Append(results.rows);
  }

  /// Runs `text` as a file of `interpreter`'s in the folder.
  ToolResult Run(const std::string& interpreter,
                 const std::string& text) const {
    WriteFile(folder_.File("block"), text);
    return RunTool("cd '" + folder_.path() + "' && HOME=\"$PWD\" " +
                   interpreter + " ./block 2>&1");
  }

  const TestFolder folder_;
};

TEST(ReadmeBlocksTest, EachSaysWhetherItIsRunAndWhyNot) {
  const std::vector<ReadmeBlock> blocks = ReadmeBlocks();
  EXPECT_GT(blocks.size(), 10U);
  for (const ReadmeBlock& block : blocks) {
    const std::string& tag = block.tag;
    const bool has_text =
        (tag.starts_with(kNotRun) && tag.size() > kNotRun.size()) ||
        (tag.starts_with(kPrinted) && tag.size() > kPrinted.size());
    EXPECT_TRUE(tag == kRun || has_text)
        << block.place() << ": before the block there has to be <!-- " << kRun
        << " -->, <!-- " << kPrinted << "COMMAND --> or <!-- " << kNotRun
        << "REASON -->";
  }
}

TEST(ReadmeBlocksTest, ShellCommandsAreSuch) {
  for (const ReadmeBlock& block : ReadmeBlocks()) {
    if (!IsForTheShell(block)) continue;
    const TestFolder folder;
    folder.Lay("/block", CommandsOf(block));
    const ToolResult result =
        RunTool("bash -n '" + folder.File("block") + "' 2>&1");
    EXPECT_EQ(result.status, 0) << block.place() << result.output;
  }
}

TEST_F(ReadmeCommandsTest, WhatIsTaggedRuns) {
  std::size_t runs = 0;
  for (const ReadmeBlock& block : ReadmeBlocks()) {
    const std::string interpreter = InterpreterOf(block);
    if (block.tag != kRun) continue;
    if (interpreter.empty()) {
      std::cout << block.place() << ": skipped: what runs it is not here\n";
      continue;
    }
    const ToolResult result = Run(interpreter, CommandsOf(block));
    EXPECT_EQ(result.status, 0) << block.place() << ":\n" << result.output;
    ++runs;
  }
  EXPECT_GT(runs, 2U);
}

/// The lines of `block` that `output` lacks, in their order; […] stands for
/// any.
std::vector<std::string> MissingLines(const ReadmeBlock& block,
                                      const std::string& output) {
  std::vector<std::string> missing;
  std::size_t place = 0;
  // pandas ends lines with blanks.
  const std::string all =
      "\n" + std::regex_replace(output, std::regex(" +\n"), "\n");
  for (const std::string& line : block.lines) {
    if (line == "[…]") continue;
    const std::size_t found = all.find("\n" + line + "\n", place);
    if (found == std::string::npos) {
      missing.push_back(line);
    } else {
      place = found + line.size() + 1;
    }
  }
  return missing;
}

TEST_F(ReadmeCommandsTest, WhatIsShownIsPrinted) {
  std::size_t shown = 0;
  const std::vector<ReadmeBlock> blocks = ReadmeBlocks();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (!blocks[i].tag.starts_with(kPrinted)) continue;
    std::string command = blocks[i].tag.substr(kPrinted.size());
    std::string interpreter = "bash -eu";
    if (command == kAbove) {
      ASSERT_GT(i, 0U);
      command = CommandsOf(blocks[i - 1]);
      interpreter = InterpreterOf(blocks[i - 1]);
    }
    if (interpreter.empty()) continue;
    const ToolResult result = Run(interpreter, command);
    EXPECT_EQ(result.status, 0) << blocks[i].place() << ":\n" << result.output;
    EXPECT_THAT(MissingLines(blocks[i], result.output), IsEmpty())
        << blocks[i].place() << ", in:\n"
        << result.output;
    ++shown;
  }
  EXPECT_GT(shown, 0U);
}

/// The block of results/README.md in `language`, which reads kRecipesFile.
std::string Recipe(std::string_view language) {
  for (const ReadmeBlock& block : ReadmeBlocks()) {
    if (block.language == language) return CommandsOf(block);
  }
  return "";
}

/// The best split of each group, as the answer has it, one a line, with those
/// columns of the key that the file has.
std::string AnswersOf(const std::string& file) {
  std::vector<std::string> lines;
  const std::vector<Row> rows = ReadCsv(file);
  const bool is_old = ReadFile(file).find(",precision,") == std::string::npos;
  for (const Answer& answer : FindAnswers(rows)) {
    if (answer.best() == nullptr) continue;
    const GroupKey& key = answer.key;
    const Split& split = answer.best()->split;
    lines.push_back(fmt::format(
        "{},{},{}{},{},{},{},{},{},{}x{}{}", key.host, key.operation,
        is_old ? ""
               : fmt::format("{},{},{},", Name(key.precision), key.aspect,
                             key.blas),
        Name(key.data), Name(key.collect), Name(key.pin), key.kernels_asked,
        key.n, key.batch, split.workers, split.blas_threads,
        split.engine == Engine::kProcesses
            ? ""
            : fmt::format(" {}", Name(split.engine))));
  }
  std::sort(lines.begin(), lines.end());
  return Joined(lines);
}

TEST_F(ReadmeCommandsTest, PandasAgreesWithTheAnswer) {
  const std::string python = PythonWithPandas();
  if (python.empty()) GTEST_SKIP() << "no Python here has pandas";
  // 2×1 was the best by its first attempt, and by what others disturbed.
  TestResults attempts;
  attempts.Split(1, 1).Ok({3, 3, 3}).Split(2, 1).Ok({1, 1, 1});
  attempts.base.attempt = 1;
  attempts.Ok({4, 4, 4});
  TestResults disturbed;
  disturbed.Split(1, 1).Ok({3, 3, 3}).Split(2, 1).Ok({1, 1, 1});
  for (std::size_t i = 3; i < 6; ++i) disturbed.rows[i].foreign_cpu_s = 0.5;
  // Stopped after two completed ones; failed.
  TestResults capped;
  capped.Split(1, 1).Ok({3, 3, 3}).Split(2, 1).Ok({1, 1}).Capped(9);
  TestResults failed;
  failed.Split(1, 1).Ok({3, 3, 3}).Split(2, 1).Ok({1, 1}).Error("died");
  Write("attempts.csv", attempts);
  Write("disturbed.csv", disturbed);
  Write("capped.csv", capped);
  Write("failed.csv", failed);
  // Threads beat as many processes.
  TestResults engines;
  engines.Split(2, 1).Ok({3, 3, 3});
  engines.base.engine = Engine::kThreads;
  engines.Ok({1, 1, 1});
  Write("engines.csv", engines);
  std::vector<std::string> files;
  for (const char* name : {"attempts", "disturbed", "capped", "failed"}) {
    files.push_back(folder_.File(std::string(name) + ".csv"));
    ASSERT_THAT(AnswersOf(files.back()), ::testing::EndsWith(",1x1\n"));
  }
  files.push_back(folder_.File(kRecipesFile));
  for (const auto& entry : fs::directory_iterator(HYBRID_EXAMPLES "/causes")) {
    files.push_back(entry.path());
  }
  for (const char* name : {"all_failed", "axes", "baseline", "capped_failed",
                           "disturbed", "two_kernels", "two_machines"}) {
    files.push_back(std::string(HYBRID_SOURCE "/tools/golden/input/") + name +
                    ".csv");
  }
  files.push_back(folder_.File("engines.csv"));
  ASSERT_THAT(AnswersOf(files.back()), ::testing::EndsWith(",2x1 threads\n"));
  std::string script = "recipe = open('recipe').read()\n";
  std::string expected;
  for (const std::string& file : files) {
    script += fmt::format(
        "exec(recipe.replace('{}', '{}'))\n"
        "print('best of {}')\n"
        "print(*sorted(best.to_csv(header=False).splitlines()), sep='\\n')\n",
        kRecipesFile, file, file);
    expected += "best of " + file + "\n" + AnswersOf(file);
  }
  WriteFile(folder_.File("recipe"), Recipe("python"));
  const ToolResult result = Run(python + " -W ignore", script);
  ASSERT_EQ(result.status, 0) << result.output;
  std::string best;
  std::istringstream lines(result.output);
  for (std::string line; std::getline(lines, line);) {
    // The others are of the tables, whose fields blanks separate.
    if (line.starts_with("best of ") || line.find(',') != std::string::npos) {
      best += line + "\n";
    }
  }
  EXPECT_EQ(best, expected);
}

TEST_F(ReadmeCommandsTest, GnuplotDrawsNoPointOfWhatDoesNotCount) {
  if (RunTool("command -v gnuplot").status != 0) {
    GTEST_SKIP() << "gnuplot is not installed";
  }
  TestResults results;
  results.base.gflops = 1;
  results.Split(1, 1).Ok({3, 3, 3}).Split(1, 2).Ok({1, 1}).Capped(9);
  results.Split(2, 1).Ok({1, 1}).Error("died");
  results.Split(4, 1).Ok({1, 1});
  results.base.attempt = 1;
  results.Ok({4});
  Write("r.csv", results);
  std::string recipe = Recipe("gnuplot");
  recipe.replace(recipe.find(kRecipesFile),
                 std::string_view(kRecipesFile).size(), "r.csv");
  const ToolResult result = Run("gnuplot", recipe +
                                               "set table 'points'\n"
                                               "replot\n");
  ASSERT_EQ(result.status, 0) << result.output;
  const std::string points = ReadFile(folder_.File("points"));
  // Three of 1×1, and the last attempt of 4×1.
  std::size_t count = 0;
  for (std::size_t place = 0;
       (place = points.find(" i\n", place)) != std::string::npos; ++place) {
    ++count;
  }
  EXPECT_EQ(count, 4U) << points;
}

}  // namespace
}  // namespace hybrid
