#include "base/program_folder.h"

#include <gtest/gtest.h>
#include <sys/auxv.h>

namespace hybrid {
namespace {

TEST(ProgramFolderTest, IsThatOfThisTest) {
  EXPECT_TRUE(std::filesystem::exists(ProgramFolder() / "base_test"));
  // What it goes by where there is no /proc.
  // NOLINTNEXTLINE(*-int-to-ptr)
  const auto* name = reinterpret_cast<const char*>(getauxval(AT_EXECFN));
  EXPECT_EQ(std::filesystem::canonical(name).parent_path(), ProgramFolder());
}

TEST(ProgramFolderTest, DataLieBesideItOrInstalled) {
  const auto folders = DataFolders("/prefix/bin", "python");
  EXPECT_EQ(folders[0], "/prefix/bin/python");
  EXPECT_EQ(folders[1], "/prefix/share/hybridbench/python");
}

}  // namespace
}  // namespace hybrid
