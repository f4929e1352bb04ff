// The download of Debian's BLAS builds beside an apt that is not as it should
// be, played by scripts.

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/test_folder.h"
#include "base/test_shell.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class FetchDebianBlasTest : public ::testing::Test {
 protected:
  FetchDebianBlasTest() {
    Program("apt-get",
            "shift; for p; do case $p in lib*) : > $p.deb; esac; done");
    Program("apt-cache", Policy("liba", "(none)", "1") +
                             Policy("libb", "1", "1") +
                             Policy("libn", "(none)", "1"));
    // -x FILE FOLDER
    Program(
        "dpkg-deb",
        "mkdir -p $3/lib/build $3/usr/share/doc; : > $3/lib/build/$(basename "
        "$2 .deb).so.1; : > $3/lib/libneeded.so.5");
  }

  void Program(const std::string& name, const std::string& script) const {
    folder_.Lay("/bin/" + name, "#!/bin/sh\n" + script + "\n");
    std::filesystem::permissions(folder_.File("bin/" + name),
                                 std::filesystem::perms::owner_all);
  }
  /// What apt-cache prints of a package.
  static std::string Policy(const std::string& package,
                            const std::string& installed,
                            const std::string& candidate) {
    return "printf '" + package + ":\\n  Installed: " + installed +
           "\\n  Candidate: " + candidate + "\\n  Version table:\\n'\n";
  }

  /// What a build says that fetches liba, libb and the libn that they need.
  std::string Fetch() const {
    std::string command = "'" HYBRID_CMAKE "'";
    command += " -DAPT_GET='" + folder_.File("bin/apt-get") + "'";
    command += " -DAPT_CACHE='" + folder_.File("bin/apt-cache") + "'";
    command += " -DDPKG_DEB='" + folder_.File("bin/dpkg-deb") + "'";
    command += " -DFOLDER='" + folder_.File("builds") + "'";
    command += " -DSTAMP='" + folder_.File("stamp") + "'";
    command +=
        " -DLIBRARIES=lib '-DPACKAGES=liba;libb' -DNEEDED=libn -P "
        "'" HYBRID_FETCH "'";
    const ToolResult result = RunTool(command + " 2>&1");
    EXPECT_EQ(result.status, 0);
    // CMake breaks its lines as it likes.
    return fmt::format("{}", fmt::join(text_file::Words(result.output), " "));
  }
  bool Has(const std::string& file) const {
    return std::filesystem::exists(folder_.File(file));
  }

  const TestFolder folder_;
};

TEST_F(FetchDebianBlasTest, UnpacksWhatIsOfferedWithoutAWord) {
  EXPECT_EQ(Fetch(), "");
  EXPECT_TRUE(Has("stamp"));
  EXPECT_TRUE(Has("builds/lib/build/liba.so.1"));
  EXPECT_TRUE(Has("builds/lib/build/libb.so.1"));
  EXPECT_TRUE(Has("builds/lib/build/libn.so.1"));
  // Where the loader finds it.
  EXPECT_TRUE(Has("builds/lib/build/libneeded.so.5"));
  EXPECT_FALSE(Has("builds/packages"));
  EXPECT_FALSE(Has("builds/usr/share"));
}

TEST_F(FetchDebianBlasTest, WithoutNetworkItSaysSoAndTheNextBuildTriesAgain) {
  Program("apt-get", "echo 'E: Failed to fetch it' >&2; exit 100");
  EXPECT_THAT(Fetch(), AllOf(HasSubstr("E: Failed to fetch it"),
                             HasSubstr("HYBRIDBENCH_DEBIAN_BLAS=OFF")));
  EXPECT_FALSE(Has("stamp"));
}

TEST_F(FetchDebianBlasTest, WithoutListsOfPackagesToo) {
  Program("apt-cache", "exit 0");
  EXPECT_THAT(Fetch(), AllOf(HasSubstr("apt-get update"),
                             HasSubstr("HYBRIDBENCH_DEBIAN_BLAS=OFF")));
  EXPECT_FALSE(Has("stamp"));
}

TEST_F(FetchDebianBlasTest, NamesWhatHasNoCandidateAndFetchesTheRest) {
  Program("apt-cache",
          Policy("liba", "(none)", "(none)") + Policy("libb", "(none)", "1"));
  EXPECT_THAT(Fetch(),
              AllOf(HasSubstr("apt offers no liba"), Not(HasSubstr("libb"))));
  EXPECT_TRUE(Has("stamp"));
  EXPECT_FALSE(Has("builds/lib/build/liba.so.1"));
  EXPECT_TRUE(Has("builds/lib/build/libb.so.1"));
}

TEST_F(FetchDebianBlasTest, WhatThePackagesNeedMayBeInstalled) {
  Program("apt-cache", Policy("liba", "1", "1") + Policy("libb", "1", "1") +
                           Policy("libn", "1", "2"));
  EXPECT_EQ(Fetch(), "");
  EXPECT_TRUE(Has("builds/lib/build/liba.so.1"));
  EXPECT_FALSE(Has("builds/lib/build/libn.so.1"));
}

}  // namespace
}  // namespace hybrid
