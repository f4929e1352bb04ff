#include "pool/python_helper.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/test_folder.h"

namespace hybrid {
namespace {

TEST(PythonHelperTest, IsBesideTheProgramOrInstalled) {
  const TestFolder root;
  const std::string program = root.File("prefix/bin");
  EXPECT_EQ(PythonHelperFolder(program), std::nullopt);
  root.Lay("/prefix/share/hybridbench/python/hybridbench.py", "");
  EXPECT_EQ(PythonHelperFolder(program),
            root.File("prefix/share/hybridbench/python"));
  root.Lay("/prefix/bin/python/hybridbench.py", "");
  EXPECT_EQ(PythonHelperFolder(program), root.File("prefix/bin/python"));
}

TEST(PythonHelperTest, IsBesideTheWorkerOfThisBuild) {
  EXPECT_NE(
      PythonHelperFolder(std::filesystem::path(HYBRID_WORKER).parent_path()),
      std::nullopt);
}

}  // namespace
}  // namespace hybrid
