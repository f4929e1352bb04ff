#include "blas/test_libraries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

namespace hybrid {
namespace {

using ::testing::HasSubstr;

TEST(TestLibrariesTest, EachNameIsALibraryOfItsOwn) {
  std::set<std::string> paths;
  std::string missing;
  for (const DebianLibrary& library : kDebianLibraries) {
    const auto path = TestLibrary(library.name);
    if (!path) {
      missing += NoTestLibrary(library.name) + '\n';
      continue;
    }
    EXPECT_FALSE(std::filesystem::is_symlink(*path)) << *path;
    EXPECT_TRUE(paths.insert(*path).second) << *path;
    std::string magic(4, ' ');
    std::ifstream(*path, std::ios::binary).read(magic.data(), 4);
    EXPECT_EQ(magic,
              "\x7f"
              "ELF")
        << *path;
  }
  if (!missing.empty()) GTEST_SKIP() << missing;
}

TEST(TestLibrariesTest, AnUnknownNameIsNone) {
  EXPECT_FALSE(TestLibrary("nosuchblas"));
  EXPECT_THAT(NoTestLibrary("nosuchblas"), HasSubstr("nosuchblas"));
}

}  // namespace
}  // namespace hybrid
