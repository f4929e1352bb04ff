// --command before anything is started: what would run, and what is refused.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "key/test_keys.h"
#include "results/row_format.h"
#include "results/test_files.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class CommandFlagTest : public BenchTest {
 protected:
  BenchResult RunCommand(const std::string& command,
                         std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "--command=" + command);
    return Run(arguments);
  }
};

TEST_F(CommandFlagTest, ADryRunTellsWhatWouldRun) {
  const std::vector<std::string> arguments{
      "--protocol=once",  "--batch=4",   "--workers=1,2",
      "--blas_threads=1", "--env=A=1,2", "--dry_run"};
  const BenchResult result = RunCommand("sh -c 'exit {seed}'", arguments);
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out,
              HasSubstr("\n  Hybrid 4: command command=sh -c 'exit {seed}' "
                        "protocol=once env=A=1,A=2\n"));
  EXPECT_THAT(result.out, AllOf(Not(HasSubstr("n=0")), Not(HasSubstr("blas=")),
                                Not(HasSubstr("kernels="))));
  const BenchResult full = RunCommand("sh -c 'exit {seed}'",
                                      Override(arguments, {"--dry_run=full"}));
  EXPECT_THAT(full.out,
              HasSubstr("Hybrid/command/batch:4/workers:2/blas_threads:1/"
                        "command:sh -c 'exit {seed}'/protocol:once/env:A=2"));
}

TEST_F(CommandFlagTest, WhatCanNotRunIsOneLine) {
  const auto error_of = [this](const std::string& command,
                               const std::vector<std::string>& arguments) {
    const BenchResult result = RunCommand(command, arguments);
    EXPECT_EQ(result.exit_code(), 2) << result.out;
    EXPECT_EQ(result.out, "");
    return result.err;
  };
  EXPECT_EQ(error_of("./job", {}),
            "bench: --command=./job: ./job: No such file or directory\n");
  EXPECT_EQ(error_of("sh 'x", {}),
            "bench: --command=sh 'x: a quote is never closed\n");
  EXPECT_EQ(error_of("sh {task}", {"--protocol=whole"}),
            "bench: --command=sh {task}: {task}: --protocol=whole knows "
            "{workers} {blas_threads} {batch} {n} {seed} {hosts} {host_count} "
            "{all_workers}; a brace is written "
            "{{ or }}\n");
  EXPECT_EQ(error_of("sh", {"--kernels=best"}),
            "bench: --kernels=best: not beside --command: it chooses its "
            "kernels itself\n");
}

TEST_F(CommandFlagTest, OtherFamiliesHaveNoCommand) {
  const BenchResult result = RunCommand("sh", {"--benchmark_filter=Tutorial"});
  EXPECT_NE(result.exit_code(), 0);
  EXPECT_EQ(
      result.err,
      "bench: --command: is for the family Hybrid, and with --protocol=whole "
      "Tutorial, of which --benchmark_filter=Tutorial selects none; "
      "--benchmark_list_tests names them\n");
}

TEST_F(CommandFlagTest, NoResultFileStartsAProgram) {
  Row row;
  static_cast<Key&>(row) = CommandKey("sh -c 'exit 1'", 4);
  row.usable_cores = 1;
  row.wall_s = 1;
  row.flags = "--command='sh -c '\\''exit 1'\\''' --prepare=true";
  std::string record = HeaderLine();
  AppendRecord(row, record);
  WriteFile(File("r.csv"), record);
  const BenchResult result = Run({"--resume=r.csv"});
  EXPECT_EQ(result.exit_code(), 2);
  EXPECT_THAT(result.err,
              HasSubstr("--command='sh -c '\\''exit 1'\\''': give"));
  const BenchResult half = RunCommand("sh -c 'exit 1'", {"--resume=r.csv"});
  EXPECT_EQ(half.exit_code(), 2);
  EXPECT_THAT(half.err, HasSubstr("--prepare=true: give"));
  const BenchResult other =
      RunCommand("sh -c 'exit 2'", {"--resume=r.csv", "--prepare=true"});
  EXPECT_EQ(other.exit_code(), 2);
  EXPECT_THAT(other.err, HasSubstr("--command=sh -c 'exit 2', but the file's "
                                   "is sh -c 'exit 1'"));
}

TEST_F(CommandFlagTest, TheHelpHasASectionOfIts) {
  const std::string help = Run({"--help"}).out;
  EXPECT_LT(help.find("\n  --dry_run"), help.find("\nYour own program:\n"));
  EXPECT_LT(help.find("\nYour own program:\n"), help.find("\n  --command"));
  EXPECT_LT(help.find("\n  --prepare"), help.find("\nExamples:\n"));
}

}  // namespace
}  // namespace hybrid
