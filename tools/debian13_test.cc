// What tools/debian13 says where it can't work, and what it leaves behind. The
// root itself is made in .ci/run; here scripts play debootstrap.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>

#include "base/test_folder.h"
#include "test_tool.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

namespace fs = std::filesystem;

class Debian13Test : public ::testing::Test {
 protected:
  Debian13Test() {
    fs::create_directories(folder_.File("tmp"));
    Program("id", "echo 0");
    Program("apt-get", "echo http://127.0.0.1:9/debian");
    Program("debootstrap", "echo 'E: nobody answers' >&2; exit 1");
    Program("unshare", "true");
  }

  void Program(const std::string& name, const std::string& script) const {
    folder_.Lay("/bin/" + name, "#!/bin/sh\n" + script + "\n");
    fs::permissions(folder_.File("bin/" + name), fs::perms::owner_all);
  }

  std::string Environment(const std::string& path) const {
    return "PATH='" + folder_.File("bin") + "':" + path + " TMPDIR='" +
           folder_.File("tmp") + "' ";
  }

  ToolResult Run(const std::string& arguments,
                 const std::string& path = "\"$PATH\"") const {
    return RunTool(Environment(path) + kScript + " " + arguments + " 2>&1");
  }

  void ExpectNothingLeft() const {
    EXPECT_TRUE(fs::is_empty(folder_.File("tmp")));
  }

  /// One line and a status that is not 0.
  static void ExpectStop(const ToolResult& result, int status,
                         const std::string& reason) {
    EXPECT_EQ(result.status, status);
    EXPECT_THAT(result.output, AllOf(StartsWith("tools/debian13: "),
                                     HasSubstr(reason), EndsWith("\n")));
    EXPECT_EQ(result.output.find('\n'), result.output.size() - 1)
        << result.output;
  }

  static constexpr const char* kScript = "'" HYBRID_SOURCE "/tools/debian13'";
  const TestFolder folder_;
};

TEST_F(Debian13Test, UnknownOptions) {
  ExpectStop(Run("--test"), 2, "--test: takes --tests and --mirror=URL");
  ExpectStop(Run("--mirror="), 2, "--mirror=: takes");
  ExpectStop(Run("--tests ''"), 2, ": takes");
}

TEST_F(Debian13Test, Help) {
  const ToolResult help = Run("--help");
  EXPECT_EQ(help.status, 0);
  EXPECT_THAT(help.output, AllOf(HasSubstr("--tests"), HasSubstr("--mirror")));
}

TEST_F(Debian13Test, NotRoot) {
  Program("id", "echo 1000");
  ExpectStop(Run(""), 1, "needs root");
}

TEST_F(Debian13Test, NoDebootstrap) {
  fs::remove(folder_.File("bin/debootstrap"));
  Program("dirname", "echo '" HYBRID_SOURCE "/tools'");
  ExpectStop(Run("", "/nowhere"), 1, "debootstrap is not installed");
}

TEST_F(Debian13Test, NoMirror) {
  Program("apt-get", "true");
  ExpectStop(Run(""), 1, "apt knows no mirror of Debian");
}

TEST_F(Debian13Test, NoNamespaces) {
  Program("unshare", "exit 1");
  ExpectStop(Run(""), 1, "may not make namespaces");
}

/// Where namespaces can be had.
class Debian13RootTest : public Debian13Test {
 protected:
  void SetUp() override {
    fs::remove(folder_.File("bin/unshare"));
    if (RunTool("[ $(id -u) = 0 ] && unshare --mount --pid --fork true 2>&1")
            .status != 0) {
      GTEST_SKIP() << "may not make namespaces here";
    }
  }
};

TEST_F(Debian13RootTest, AMirrorThatDoesNotAnswer) {
  const ToolResult result = Run("");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.output, HasSubstr("E: nobody answers"));
  EXPECT_THAT(result.output,
              EndsWith("tools/debian13: debootstrap could not make a Debian 13 "
                       "from http://127.0.0.1:9/debian\n"));
  ExpectNothingLeft();
}

TEST_F(Debian13RootTest, CtrlCAtAnyTimeLeavesNothing) {
  // Something is mounted, and something runs that ends by itself much later.
  Program("debootstrap",
          "mkdir -p \"$4/here\" && mount -t tmpfs none \"$4/here\" && "
          "touch \"$4/here/kept\" && echo x > '" +
              folder_.File("started") + "' && exec sleep 86399");
  for (const auto& [signal, status] :
       {std::pair{"INT", 130}, {"TERM", 143}, {"HUP", 129}}) {
    fs::remove(folder_.File("started"));
    const ToolResult result = RunTool(
        Environment("\"$PATH\"") + "env --default-signal=INT " + kScript +
        " --mirror=http://127.0.0.1:9/debian & script=$!; while [ ! -s '" +
        folder_.File("started") + "' ]; do sleep 0.05; done; kill -" + signal +
        " $script; wait $script");
    EXPECT_EQ(result.status, status) << signal;
    ExpectNothingLeft();
    EXPECT_NE(RunTool("pgrep -fx 'sleep 86399'").status, 0) << signal;
  }
}

}  // namespace
}  // namespace hybrid
