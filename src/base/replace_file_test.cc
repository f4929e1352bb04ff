#include "base/replace_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <iterator>
#include <string>
#include <system_error>

#include "base/test_folder.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

class ReplaceFileTest : public ::testing::Test {
 protected:
  std::string File(const std::string& name) const {
    return root_.path() + name;
  }
  auto Files() const {
    return std::distance(fs::directory_iterator(root_.path()),
                         fs::directory_iterator());
  }

  TestFolder root_;
};

TEST_F(ReplaceFileTest, WritesAndReplaces) {
  ReplaceFile(File("/a"), "first, and longer");
  EXPECT_EQ(text_file::Read(File("/a")), "first, and longer");
  ReplaceFile(File("/a"), "second");
  EXPECT_EQ(text_file::Read(File("/a")), "second");
  EXPECT_EQ(Files(), 1);
}

TEST_F(ReplaceFileTest, KeepsPermissionsAndLinks) {
  root_.Lay("/a", "old");
  fs::permissions(File("/a"), fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("a", File("/link"));
  ReplaceFile(File("/link"), "new");
  EXPECT_TRUE(fs::is_symlink(File("/link")));
  EXPECT_EQ(text_file::Read(File("/a")), "new");
  EXPECT_EQ(fs::status(File("/a")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(ReplaceFileTest, ErrorsNameTheFileAndLeaveNothing) {
  for (const std::string& path : {root_.path(), File("/no/such/folder")}) {
    try {
      ReplaceFile(path, "text");
      FAIL() << path;
    } catch (const std::system_error& error) {
      EXPECT_NE(std::string(error.what()).find(path), std::string::npos);
    }
  }
  EXPECT_EQ(Files(), 0);
}

TEST_F(ReplaceFileTest, AFailedWriteLeavesTheOldFile) {
  root_.Lay("/a", "old");
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit tight = before;
  tight.rlim_cur = 100;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
  int code = 0;
  try {
    ReplaceFile(File("/a"), std::string(200, 'x'));
  } catch (const std::system_error& error) {
    code = error.code().value();
  }
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_DFL);
  EXPECT_EQ(code, EFBIG);
  EXPECT_EQ(text_file::Read(File("/a")), "old");
  EXPECT_EQ(Files(), 1);
}

TEST_F(ReplaceFileTest, WritesIntoDevices) {
  ReplaceFile("/dev/null", "text");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  try {
    ReplaceFile("/dev/full", "text");
    FAIL();
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code().value(), ENOSPC);
  }
}

}  // namespace
}  // namespace hybrid
