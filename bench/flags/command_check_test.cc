#include "flags/command_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "base/flag_error.h"
#include "base/scoped_environment.h"
#include "base/test_errors.h"
#include "base/test_folder.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

class CommandCheckTest : public ::testing::Test {
 protected:
  /// A file that may be executed or not.
  void Write(const std::string& name, mode_t mode) const {
    folder_.Lay("/" + name, "#!/bin/sh\n");
    ASSERT_EQ(chmod(folder_.File(name).c_str(), mode), 0);
  }

  static std::string ErrorOf(const std::vector<std::string>& arguments) {
    return MessageOf<FlagError>([&] { CheckCommand(ParseOptions(arguments)); });
  }

  /// The error of a command that is started in the folder.
  std::string ErrorThere(const std::string& command) const {
    return ErrorOf(
        {"--command=" + command, "--working_directory=" + folder_.path()});
  }

  TestFolder folder_;
};

TEST_F(CommandCheckTest, ProgramsAreFoundAsTheyWillBeStarted) {
  Write("job", 0755);
  Write("notes.txt", 0644);
  EXPECT_EQ(ErrorOf({}), "no error");
  EXPECT_EQ(ErrorOf({"--command=sh -c 'exit 1'"}), "no error");
  EXPECT_EQ(ErrorOf({"--command=" + folder_.path() + "/job"}), "no error");
  EXPECT_EQ(ErrorThere("./job"), "no error");
  EXPECT_EQ(ErrorOf({"--command=./job"}),
            "--command=./job: ./job: No such file or directory");
  EXPECT_EQ(ErrorThere("./gone 1"),
            "--command=./gone 1: ./gone: No such file or directory");
  EXPECT_THAT(ErrorThere("./notes.txt"), HasSubstr("Permission denied (chmod"));
  EXPECT_THAT(ErrorThere(folder_.path()), HasSubstr("Is a directory"));
  EXPECT_EQ(ErrorThere("job"),
            "--command=job: no folder of PATH has a program job; ./job is one");
  EXPECT_EQ(ErrorOf({"--command=no-such-program"}),
            "--command=no-such-program: no folder of PATH has a program "
            "no-such-program");
}

TEST_F(CommandCheckTest, RelativeFoldersOfPathAreSeenFromWhereItStarts) {
  Write("tools/job", 0755);
  const ScopedEnvironment path(
      ScopedEnvironment::Variables{{"PATH", "tools:/bin"}});
  EXPECT_EQ(ErrorThere("job"), "no error");
  EXPECT_THAT(ErrorOf({"--command=job"}), HasSubstr("no folder of PATH"));
}

TEST_F(CommandCheckTest, FoldersHaveToBeThere) {
  Write("job", 0755);
  EXPECT_EQ(ErrorOf({"--command=sh", "--working_directory=/no/such"}),
            "--working_directory=/no/such: No such file or directory");
  EXPECT_THAT(ErrorOf({"--command=sh",
                       "--working_directory=" + folder_.path() + "/job"}),
              HasSubstr("Not a directory"));
}

TEST_F(CommandCheckTest, EachProtocolHasItsPlaceholders) {
  const auto error_of = [](const std::string& protocol,
                           const std::string& word) {
    return ErrorOf(
        {"--command=echo " + word, "--protocol=" + protocol, "--n=8"});
  };
  for (const char* protocol : {"auto", "lines", "filter"}) {
    EXPECT_EQ(
        error_of(protocol, "{n}{batch}{workers}{blas_threads}{worker}{seed}"),
        "no error");
    EXPECT_THAT(error_of(protocol, "{task}"), HasSubstr("{task}: --protocol="));
  }
  EXPECT_EQ(error_of("once",
                     "{task} {first} {count} {n} {blas_threads} {worker} "
                     "{seed}"),
            "no error");
  EXPECT_EQ(error_of("whole", "-np {workers} {blas_threads}{batch}{n}{seed}"),
            "no error");
  EXPECT_EQ(error_of("whole", "--host {hosts} {host_count}{all_workers}"),
            "no error");
  EXPECT_EQ(error_of("whole", "{task}"),
            "--command=echo {task}: {task}: --protocol=whole knows {workers} "
            "{blas_threads} {batch} {n} {seed} {hosts} {host_count} "
            "{all_workers}; a brace is written {{ or }}");
  EXPECT_THAT(error_of("once", "{workers}"), HasSubstr("{workers}: "));
}

TEST_F(CommandCheckTest, BracesThatAreNoneAreNamed) {
  EXPECT_EQ(ErrorOf({"--command=awk '{{print $1}}'"}), "no error");
  EXPECT_THAT(ErrorOf({"--command=awk '{print}'"}), HasSubstr("{print}: "));
  EXPECT_THAT(ErrorOf({"--command=echo {"}), HasSubstr("stands alone"));
  EXPECT_EQ(ErrorOf({"--command=echo {n}"}),
            "--command=echo {n}: {n}: takes --n=… beside it");
}

TEST_F(CommandCheckTest, ThePreparationIsLookedAtToo) {
  EXPECT_EQ(ErrorOf({"--command=sh", "--prepare=rm -rf out-{worker}"}),
            "no error");
  EXPECT_EQ(ErrorOf({"--command=sh", "--prepare=./gone"}),
            "--prepare=./gone: ./gone: No such file or directory");
  EXPECT_THAT(
      ErrorOf({"--command=sh", "--protocol=once", "--prepare=rm {task}"}),
      HasSubstr("{task}: it knows "));
}

}  // namespace
}  // namespace hybrid
