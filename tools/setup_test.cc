// tools/setup beside an apt that is not as it should be. What it installs with
// is played by scripts: a test must not install anything.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/test_folder.h"
#include "test_tool.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

class SetupTest : public ::testing::Test {
 protected:
  SetupTest() {
    Program("dpkg-query", "exit 1");  // nothing is installed
    Program("apt-cache", "echo '  Candidate: 1'");
    Program("sudo", "exec \"$@\"");
  }

  void Program(const std::string& name, const std::string& script) const {
    folder_.Lay("/bin/" + name, "#!/bin/sh\n" + script + "\n");
    std::filesystem::permissions(folder_.File("bin/" + name),
                                 std::filesystem::perms::owner_all);
  }

  ToolResult Setup() const {
    return RunTool("PATH='" + folder_.File("bin") +
                   "':\"$PATH\" '" HYBRID_SOURCE "/tools/setup' 2>&1");
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

}  // namespace
}  // namespace hybrid
