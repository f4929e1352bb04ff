#include "base/find_program.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/test_folder.h"

namespace hybrid {
namespace {

class FindProgramTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(folder_.File("bin"));
    std::filesystem::create_directory(folder_.File("bin/folder"));
    Lay("bin/job", 0700);
    Lay("here", 0700);
    Lay("bin/text", 0600);
  }
  void Lay(const std::string& name, mode_t mode) const {
    std::ofstream(folder_.File(name)) << "#!/bin/sh\n";
    chmod(folder_.File(name).c_str(), mode);
  }
  TestFolder folder_;
};

TEST_F(FindProgramTest, OnlyFilesThatMayBeExecutedRun) {
  EXPECT_EQ(WhyNotRun(folder_.File("bin/job")), 0);
  EXPECT_EQ(WhyNotRun(folder_.File("bin/text")), EACCES);
  EXPECT_EQ(WhyNotRun(folder_.File("bin/folder")), EISDIR);
  EXPECT_EQ(WhyNotRun(folder_.File("bin/none")), ENOENT);
}

TEST_F(FindProgramTest, FoldersOfPathAreSeenFromTheWorkingDirectory) {
  EXPECT_EQ(FindInPath("/no/such:bin", "job", folder_.path()), "bin/job");
  EXPECT_EQ(FindInPath(folder_.File("bin"), "job", "/"),
            folder_.File("bin/job"));
  EXPECT_EQ(FindInPath("bin:", "here", folder_.path()), "./here");
  for (const char* const name : {"here", "text", "folder", "none"}) {
    EXPECT_FALSE(FindInPath("/no/such:bin", name, folder_.path())) << name;
  }
}

}  // namespace
}  // namespace hybrid
