// What the scripts that make hosts say where they can't.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "base/test_folder.h"
#include "base/test_shell.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class InsideTest : public ::testing::Test {
 protected:
  void Program(const std::string& name, const std::string& script) const {
    folder_.Lay("/bin/" + name, "#!/bin/sh\n" + script + "\n");
    std::filesystem::permissions(folder_.File("bin/" + name),
                                 std::filesystem::perms::owner_all);
  }

  ToolResult Run(const std::string& command) const {
    return RunTool("PATH='" + folder_.File("bin") + "':\"$PATH\" HOSTS_DIR='" +
                   folder_.File("hosts") +
                   "' '" HYBRID_SOURCE "/tools/test_hosts/'" + command +
                   " 2>&1");
  }

  /// One line, which is of the script of that name.
  static void ExpectStop(const ToolResult& result, int status,
                         const std::string& tool, const std::string& reason) {
    EXPECT_EQ(result.status, status) << result.output;
    EXPECT_THAT(result.output, StartsWith("tools/test_hosts/" + tool + ": "));
    EXPECT_THAT(result.output, HasSubstr(reason));
    EXPECT_EQ(std::count(result.output.begin(), result.output.end(), '\n'), 1)
        << result.output;
  }

  const TestFolder folder_;
};

TEST_F(InsideTest, SkipsWhereTheSystemAllowsNoNamespaces) {
  Program("unshare",
          "echo more; echo 'unshare: unshare failed: not permitted' >&2; "
          "exit 1");
  ExpectStop(Run("inside echo here"), 77, "inside",
             "skipped: no namespaces for hosts here: unshare: unshare failed: "
             "not permitted");
}

TEST_F(InsideTest, SkipsWhereAProgramIsMissing) {
  ExpectStop(RunTool("PATH='" + folder_.File("bin") +
                     "' /bin/sh '" HYBRID_SOURCE
                     "/tools/test_hosts/inside' echo here 2>&1"),
             77, "inside", "is not installed (Debian: apt install ");
}

TEST_F(InsideTest, HandsOnTheStatusOfItsCommand) {
  const ToolResult result = Run("inside sh -c 'exit 3'");
  if (result.status == 77) GTEST_SKIP() << result.output;
  EXPECT_EQ(result.status, 3) << result.output;
  EXPECT_EQ(Run("inside sh -c 'kill -9 $$'").status, 128 + 9);
  EXPECT_EQ(Run("inside id -u").output, "0\n");
}

// A cluster that nothing ends would be the machine's own.
TEST_F(InsideTest, HostsAreMadeInsideAlone) {
  ExpectStop(Run("hosts up 2"), 1, "hosts", "to be run by");
  EXPECT_FALSE(std::filesystem::exists(folder_.File("hosts")));
}

TEST_F(InsideTest, HelpAndUnknownArguments) {
  for (const std::string tool : {"inside", "hosts", "rsh", "sshd", "slurm"}) {
    for (const char* option : {" --help", " -h"}) {
      const ToolResult help = Run(tool + option);
      EXPECT_EQ(help.status, 0) << help.output;
      EXPECT_THAT(help.output, HasSubstr(tool + " ")) << help.output;
    }
    ExpectStop(Run(tool), 2, tool, "takes");
    ExpectStop(Run(tool + " --unknown"), 2, tool, "takes");
  }
  ExpectStop(Run("hosts up"), 2, "hosts", "takes a number of hosts");
}

}  // namespace
}  // namespace hybrid
