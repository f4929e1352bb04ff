#include "blas/debian_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "blas/test_libraries.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;

TEST(DebianFolderTest, KnowsTheLapackOfALibrary) {
  const auto blis =
      FindDebianFolder("/usr/lib/x86_64-linux-gnu/blis-serial/libblis.so.4");
  ASSERT_TRUE(blis);
  EXPECT_EQ(blis->library->name, "blis-serial");
  EXPECT_EQ(blis->root, "/usr/lib/x86_64-linux-gnu");
  EXPECT_THAT(blis->paths(),
              ElementsAre("/usr/lib/x86_64-linux-gnu/blis-serial",
                          "/usr/lib/x86_64-linux-gnu/lapack"));
  // One folder where the LAPACK lies beside it, or in it.
  EXPECT_THAT(FindDebianFolder("/usr/lib/aarch64-linux-gnu/atlas/libblas.so.3")
                  ->paths(),
              ElementsAre("/usr/lib/aarch64-linux-gnu/atlas"));
  EXPECT_THAT(
      FindDebianFolder("/t/usr/lib/x86_64-linux-gnu/openblas-openmp/lib.so")
          ->paths(),
      ElementsAre("/t/usr/lib/x86_64-linux-gnu/openblas-openmp"));
}

TEST(DebianFolderTest, NothingElseHasALibblasOfThatName) {
  for (const char* path :
       {"", "libopenblas.so", "/libopenblas.so",
        "/usr/lib/x86_64-linux-gnu/libmkl_rt.so",
        "/usr/lib/x86_64-linux-gnu/openblas64-pthread/libopenblas64.so.0",
        "/opt/openblas-pthread/libopenblas.so",
        "/usr/lib/blis-openmp/libblis.so",
        "/usr/lib//blis-openmp/libblis.so"}) {
    EXPECT_FALSE(FindDebianFolder(path)) << path;
  }
}

TEST(DebianFolderTest, EachLibraryOfDebianLiesBesideItsLibblas) {
  std::string missing;
  for (const BlasLibrary& library : BlasLibraries()) {
    if (library.file.find('/') == std::string_view::npos) continue;
    const auto path = TestLibrary(library.name);
    if (!path) {
      missing += NoTestLibrary(library.name) + '\n';
      continue;
    }
    const auto folder = FindDebianFolder(*path);
    ASSERT_TRUE(folder) << *path;
    EXPECT_EQ(folder->library, &library);
    EXPECT_TRUE(
        std::filesystem::exists(folder->paths().front() + "/libblas.so.3"))
        << *path;
    EXPECT_TRUE(
        std::filesystem::exists(folder->paths().back() + "/liblapack.so.3"))
        << *path;
  }
  if (!missing.empty()) GTEST_SKIP() << missing;
}

}  // namespace
}  // namespace hybrid
