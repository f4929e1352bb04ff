#include "flags/command_flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/flag_error.h"
#include "base/test_errors.h"
#include "flags/recorded_flags.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using CommandArguments = std::vector<std::string>;

std::string CommandErrorOf(const CommandArguments& arguments) {
  return MessageOf<FlagError>([&] { ParseOptions(arguments); });
}

std::string ErrorBeside(const std::string& flag) {
  return CommandErrorOf({"--command=./job", flag});
}

TEST(CommandFlagsTest, ACommandIsItsOwnOperation) {
  const Options options = ParseOptions({"--command=python3 'my job.py'"});
  EXPECT_TRUE(options.runs_command());
  EXPECT_EQ(options.axes.command, "python3 'my job.py'");
  EXPECT_EQ(options.axes.protocol, "auto");
  EXPECT_THAT(options.axes.operations, ElementsAre("command"));
  EXPECT_THAT(options.axes.environments, ElementsAre(""));
  EXPECT_THAT(options.axes.n.values, ElementsAre(0));
  EXPECT_THAT(options.axes.blas, ElementsAre(""));
  EXPECT_THAT(options.axes.kernels, ElementsAre(""));
  EXPECT_EQ(options.start_timeout_s, 30);
}

TEST(CommandFlagsTest, WhatIsSaidBesideItArrives) {
  const Options options = ParseOptions(
      {"--command=./job", "--n=8,16", "--blas=blis-openmp", "--protocol=whole",
       "--start_timeout=2.5", "--keep_env=OMP_PLACES,KMP_AFFINITY",
       "--working_directory=a b", "--prepare=rm -f x"});
  EXPECT_THAT(options.axes.n.values, ElementsAre(8, 16));
  EXPECT_THAT(options.axes.blas, ElementsAre("blis-openmp"));
  EXPECT_EQ(options.axes.protocol, "whole");
  EXPECT_EQ(options.start_timeout_s, 2.5);
  EXPECT_THAT(options.keep_env, ElementsAre("OMP_PLACES", "KMP_AFFINITY"));
  EXPECT_EQ(options.working_directory, "a b");
  EXPECT_EQ(options.prepare, "rm -f x");
}

TEST(CommandFlagsTest, WithoutOneNothingIsOfACommand) {
  const Options options = ParseOptions({});
  EXPECT_FALSE(options.runs_command());
  EXPECT_EQ(options.axes.protocol, "");
  EXPECT_THAT(options.axes.operations, ElementsAre("gemm"));
  EXPECT_THAT(options.keep_env, IsEmpty());
}

TEST(CommandFlagsTest, VariablesAreAnAxisOfAllTheirValues) {
  const auto environments = [](CommandArguments arguments) {
    arguments.insert(arguments.begin(), "--command=./job");
    return ParseOptions(arguments).axes.environments;
  };
  EXPECT_THAT(environments({"--env=A=1,2"}), ElementsAre("A=1", "A=2"));
  EXPECT_THAT(environments({"--env=A=1,2", "--env", "B=x y,"}),
              ElementsAre("A=1 B='x y'", "A=1 B=", "A=2 B='x y'", "A=2 B="));
  EXPECT_THAT(environments({"--env=A=1;B=2"}), ElementsAre("A=1 B=2"));
  EXPECT_THAT(environments({"--env=JULIA_NUM_THREADS=1"}),
              ElementsAre("JULIA_NUM_THREADS=1"));
}

TEST(CommandFlagsTest, VariablesThatAreNoneAreNamed) {
  EXPECT_EQ(ErrorBeside("--env=A"), "--env=A: takes NAME=VALUE or NAME=a,b");
  EXPECT_EQ(ErrorBeside("--env="), "--env=: takes NAME=VALUE or NAME=a,b");
  EXPECT_EQ(ErrorBeside("--env=1A=2"),
            "--env=1A=2: takes NAME=VALUE or NAME=a,b");
  EXPECT_EQ(ErrorBeside("--env=A=1,1"), "--env=A=1,1: '1' is given twice");
  EXPECT_EQ(ErrorBeside("--env=A=1;A=2"), "--env=A=1;A=2: A is given twice");
  EXPECT_EQ(ErrorBeside("--env=OMP_NUM_THREADS=1,2"),
            "--env=OMP_NUM_THREADS=1,2: --blas_threads sets that variable for "
            "each split");
  EXPECT_THAT(ErrorBeside("--env=A=" + std::string(2050, 'x')),
              HasSubstr("at most 2048 bytes"));
  EXPECT_EQ(ErrorBeside("--keep_env=OMP_PLACES,"),
            "--keep_env=OMP_PLACES,: takes names of variables");
  EXPECT_THAT(ErrorBeside("--keep_env=OMP_NUM_THREADS"),
              HasSubstr("--blas_threads sets OMP_NUM_THREADS"));
}

TEST(CommandFlagsTest, CommandsThatAreNoneAreNamed) {
  EXPECT_EQ(CommandErrorOf({"--command="}),
            "--command=: takes a program and its arguments");
  EXPECT_EQ(CommandErrorOf({"--command= "}),
            "--command= : takes a program and its arguments");
  EXPECT_EQ(CommandErrorOf({"--command='' x"}),
            "--command='' x: takes a program and its arguments");
  EXPECT_EQ(CommandErrorOf({"--command=echo 'a"}),
            "--command=echo 'a: a quote is never closed");
  EXPECT_THAT(CommandErrorOf({"--command=echo a\necho b"}),
              HasSubstr("one line"));
  EXPECT_EQ(CommandErrorOf({"--command=" + std::string(4097, 'x')}),
            "--command: has 4097 bytes, 4096 are the most; put the rest into a "
            "file");
  EXPECT_EQ(ErrorBeside("--prepare="),
            "--prepare=: takes a program and its arguments");
  EXPECT_EQ(ErrorBeside("--protocol=pipes"),
            "--protocol=pipes: takes one of auto, lines, filter, once, whole");
  EXPECT_EQ(ErrorBeside("--working_directory="),
            "--working_directory=: takes a file");
}

TEST(CommandFlagsTest, WhatMakesNoSenseBesideOneIsRefused) {
  for (const char* flag :
       {"--kernels=best", "--data=hot", "--precision=s", "--collect=shared",
        "--aspect=2", "--operation=gemm"}) {
    EXPECT_THAT(ErrorBeside(flag),
                HasSubstr(std::string(flag) + ": not beside --command: "));
  }
  EXPECT_THAT(ErrorBeside("--engine=processes,batched"),
              HasSubstr("--engine=batched: not beside --command"));
  EXPECT_EQ(ErrorBeside("--engine=processes,threads"), "no error");
  for (const char* protocol :
       {"--protocol=filter", "--protocol=once", "--protocol=whole"}) {
    EXPECT_THAT(CommandErrorOf({"--command=./job", "--engine=processes,threads",
                                protocol}),
                HasSubstr("--engine=threads: takes --protocol=lines or auto"));
  }
  EXPECT_THAT(
      CommandErrorOf({"--command=./job", "--protocol=whole", "--pin=cores"}),
      HasSubstr("--pin=cores: with --protocol=whole"));
}

TEST(CommandFlagsTest, ItsFlagsNeedIt) {
  for (const char* flag :
       {"--protocol=once", "--start_timeout=2", "--env=A=1",
        "--keep_env=OMP_PLACES", "--working_directory=.", "--prepare=true"}) {
    EXPECT_EQ(CommandErrorOf({flag}),
              std::string(flag) + ": takes a --command beside it");
  }
}

TEST(CommandFlagsTest, NoFileChoosesWhatIsStarted) {
  const MeasuringFlags recorded =
      GivenFlags(ParseOptions({"--command=./job --all", "--env=A=1",
                               "--protocol=once", "--prepare=./clean"}),
                 GoogleFlags({}));
  EXPECT_EQ(FlagsText(recorded),
            "--command='./job --all' --protocol=once --env=A=1 "
            "--prepare=./clean");
  EXPECT_EQ(ParseFlagsText(FlagsText(recorded)), recorded);
  const auto error_of = [&recorded](const CommandArguments& arguments) {
    const MeasuringFlags given =
        GivenFlags(ParseOptions(arguments), GoogleFlags({}));
    return MessageOf<ResultsError>([&] { CheckSources(given, recorded); });
  };
  EXPECT_EQ(error_of({}),
            "the file was measured with --command='./job --all': give "
            "--command='./job --all' too");
  EXPECT_EQ(error_of({"--command=./job --all"}),
            "the file was measured with --env=A=1: give --env=A=1 too");
  EXPECT_THAT(error_of({"--command=./job --all", "--env=A=1"}),
              HasSubstr("--prepare=./clean"));
  EXPECT_EQ(error_of({"--command=./other", "--env=A=1", "--prepare=./clean"}),
            "no error");
  EXPECT_THAT(FlagDifferences(GivenFlags(ParseOptions({"--command=./other"}),
                                         GoogleFlags({})),
                              recorded),
              ElementsAre("--command=./other, but the file's is ./job --all"));
}

}  // namespace
}  // namespace hybrid
