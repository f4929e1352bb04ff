// tools/setup beside an apt that is not as it should be. What it installs with
// is played by scripts: a test must not install anything.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "base/test_folder.h"
#include "test_tool.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

class SetupTest : public ::testing::Test {
 protected:
  SetupTest() {
    Program("dpkg-query", "exit 1");  // nothing is installed
    Program("apt-cache", "echo '  Candidate: 1'");
    Program("sudo", "exec \"$@\"");
    Program("install", "echo \"made: $*\"");
  }

  void Program(const std::string& name, const std::string& script) const {
    folder_.Lay("/bin/" + name, "#!/bin/sh\n" + script + "\n");
    std::filesystem::permissions(folder_.File("bin/" + name),
                                 std::filesystem::perms::owner_all);
  }

  ToolResult Setup(const std::string& arguments = "") const {
    return RunTool("PATH='" + folder_.File("bin") +
                   "':\"$PATH\" '" HYBRID_SOURCE "/tools/setup' " + arguments +
                   " 2>&1");
  }

  const TestFolder folder_;
};

TEST_F(SetupTest, SomebodyElsesBrokenSourceDoesNotStopIt) {
  Program("apt-get",
          "case $1 in update) echo 'E: no Release file' >&2; exit 100 ;; "
          "install) echo \"installed: $*\" ;; esac");
  const ToolResult result = Setup();
  EXPECT_EQ(result.status, 0) << result.output;
  EXPECT_THAT(result.output, HasSubstr("E: no Release file"));
  EXPECT_THAT(result.output, HasSubstr("tools/setup: apt-get update failed"));
  EXPECT_THAT(result.output, HasSubstr("installed: install"));
  EXPECT_THAT(result.output, HasSubstr("libblis-openmp-dev"));
}

TEST_F(SetupTest, AFailedInstallationDoes) {
  Program("apt-get", "[ \"$1\" = update ]");
  const ToolResult result = Setup();
  EXPECT_EQ(result.status, 1) << result.output;
  EXPECT_THAT(result.output, HasSubstr("apt could not install these"));
}

// Debian 13 knows the name of Boost 1.81, and has 1.83.
TEST_F(SetupTest, TakesTheFirstBoostThatCanBeInstalled) {
  Program("apt-get", "echo \"$*\"");
  Program("apt-cache",
          "case $2 in *1.81*) echo '  Candidate: (none)' ;; "
          "*1.83*) echo '  Candidate: 1.83.0-4.2' ;; esac");
  const ToolResult result = Setup();
  EXPECT_EQ(result.status, 0) << result.output;
  EXPECT_THAT(result.output, AllOf(HasSubstr("libboost1.83-dev"),
                                   Not(HasSubstr("libboost1.81-dev"))));
  Program("apt-cache", "echo '  Candidate: (none)'");
  const ToolResult none = Setup();
  EXPECT_EQ(none.status, 1) << none.output;
  EXPECT_THAT(none.output, HasSubstr("apt offers no Boost from 1.81 on"));
}

TEST_F(SetupTest, ThePageNeedsNpmAndNothingOfDevelopers) {
  Program("apt-get", "echo \"$*\"");
  const std::string npm = " npm";
  const bool has_npm = RunTool("command -v npm").status == 0;
  EXPECT_THAT(Setup().output, Not(HasSubstr(npm)));
  for (const char* option : {"--report", "--all"}) {
    const ToolResult result = Setup(option);
    EXPECT_EQ(result.status, 0) << result.output;
    EXPECT_NE(result.output.find(npm) != std::string::npos, has_npm);
  }
  EXPECT_THAT(Setup("--report").output, Not(HasSubstr("clang")));
  EXPECT_THAT(Setup("--all").output,
              AllOf(HasSubstr("clang"), HasSubstr("python3-pandas")));
}

// Who installs what tests need does not want to let others in.
TEST_F(SetupTest, AnSshdThatComesForTheTestsDoesNotServeTheMachine) {
  Program("apt-get", "echo \"$*\"");
  const std::string file = "/etc/ssh/sshd_not_to_be_run\n";
  const ToolResult all = Setup("--all");
  EXPECT_THAT(all.output, ContainsRegex("made: [^\n]*" + file + "(.|\n)*" +
                                        "install [^\n]* openssh-server "));
  EXPECT_THAT(Setup().output, Not(HasSubstr("sshd")));
  // One that is there already is somebody's.
  Program("dpkg-query",
          "case $3 in openssh-server) echo installed ;; *) exit 1 ;; esac");
  EXPECT_THAT(Setup("--all").output, Not(HasSubstr("sshd")));
}

TEST_F(SetupTest, InstallsNothingWhereAllIsThere) {
  Program("dpkg-query", "echo installed");
  Program("apt-get", "exit 9");
  EXPECT_EQ(Setup().status, 0);
}

// Every script says what it does, and does nothing that was not asked for.
TEST(ScriptsTest, HelpAndUnknownOptions) {
  for (const std::string name :
       {"run", "test", "setup", "fuzz", "debian13", "ci/gate"}) {
    const std::string script = "'" HYBRID_SOURCE "/tools/" + name + "'";
    for (const char* option : {" --help", " -h"}) {
      const ToolResult help = RunTool(script + option + " 2>&1");
      EXPECT_EQ(help.status, 0) << name;
      EXPECT_THAT(help.output, HasSubstr("tools/" + name)) << name;
    }
    if (name == "run") continue;  // its options are bench's
    const ToolResult unknown = RunTool(script + " --unknown 2>&1");
    EXPECT_EQ(unknown.status, 2) << name;
    EXPECT_THAT(unknown.output, AllOf(HasSubstr("--unknown"), EndsWith("\n")))
        << name;
    EXPECT_EQ(std::count(unknown.output.begin(), unknown.output.end(), '\n'), 1)
        << unknown.output;
  }
}

}  // namespace
}  // namespace hybrid
