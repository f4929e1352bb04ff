#include "base/file_identity.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>

#include "base/test_folder.h"
#include "base/unique_fd.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

class FileIdentityTest : public ::testing::Test {
 protected:
  std::string File(const std::string& name) const { return folder_.File(name); }

  TestFolder folder_;
};

TEST_F(FileIdentityTest, LinksAndSpellingsOfAFileThatIsThere) {
  folder_.Lay("/a", "");
  folder_.Lay("/b", "");
  fs::create_hard_link(File("a"), File("hard"));
  fs::create_symlink("a", File("soft"));
  EXPECT_TRUE(LeadToSameFile(File("a"), File("a")));
  EXPECT_TRUE(LeadToSameFile(File("a"), File("./a")));
  EXPECT_TRUE(LeadToSameFile(File("a"), File("hard")));
  EXPECT_TRUE(LeadToSameFile(File("soft"), File("a")));
  EXPECT_FALSE(LeadToSameFile(File("a"), File("b")));
  EXPECT_FALSE(LeadToSameFile(File("a"), File("none")));
}

TEST_F(FileIdentityTest, LinksAndSpellingsOfAFileThatIsStillToBeMade) {
  fs::create_directory(File("folder"));
  fs::create_symlink("folder", File("other"));
  fs::create_symlink("folder/a", File("link"));
  EXPECT_TRUE(LeadToSameFile(File("folder/a"), File("other/a")));
  EXPECT_TRUE(LeadToSameFile(File("folder/../folder/a"), File("link")));
  EXPECT_TRUE(LeadToSameFile(File("new/x/a"), File("new/y/../x/a")));
  EXPECT_FALSE(LeadToSameFile(File("folder/a"), File("folder/b")));
  EXPECT_FALSE(LeadToSameFile(File("a"), File("link")));
  const std::string relative = "no-such-file-here";
  EXPECT_TRUE(
      LeadToSameFile(relative, (fs::current_path() / relative).string()));
}

TEST_F(FileIdentityTest, ALinkToItselfIsNoEndlessWalk) {
  fs::create_symlink("loop", File("loop"));
  EXPECT_FALSE(LeadToSameFile(File("loop"), File("a")));
}

TEST_F(FileIdentityTest, DevicesMayBeSharedAndPipesMayNot) {
  EXPECT_FALSE(LeadToSameFile("/dev/null", "/dev/null"));
  const UniqueFd null(open("/dev/null", O_WRONLY | O_CLOEXEC));
  EXPECT_FALSE(LeadsInto(null.get(), "/dev/null"));
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  const UniqueFd reader(ends[0]);
  const UniqueFd writer(ends[1]);
  const std::string name = "/dev/fd/" + std::to_string(writer.get());
  EXPECT_TRUE(LeadsInto(writer.get(), name));
  EXPECT_TRUE(LeadToSameFile(name, name));
}

TEST_F(FileIdentityTest, ADescriptorLeadsIntoItsFileByAnyName) {
  folder_.Lay("/a", "");
  fs::create_symlink("a", File("link"));
  const UniqueFd file(open(File("a").c_str(), O_WRONLY | O_CLOEXEC));
  EXPECT_TRUE(LeadsInto(file.get(), File("link")));
  EXPECT_FALSE(LeadsInto(file.get(), File("b")));
  EXPECT_FALSE(LeadsInto(-1, File("a")));
}

TEST_F(FileIdentityTest, DescriptorsOfOneFileOrPipe) {
  folder_.Lay("/a", "");
  const UniqueFd one(open(File("a").c_str(), O_RDONLY | O_CLOEXEC));
  const UniqueFd two(open(File("a").c_str(), O_WRONLY | O_CLOEXEC));
  const UniqueFd null(open("/dev/null", O_WRONLY | O_CLOEXEC));
  EXPECT_TRUE(LeadToSameFile(one.get(), two.get()));
  EXPECT_FALSE(LeadToSameFile(one.get(), null.get()));
  EXPECT_FALSE(LeadToSameFile(null.get(), null.get()));
  EXPECT_FALSE(LeadToSameFile(-1, -1));
}

}  // namespace
}  // namespace hybrid
