#include "blas/blas_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/test_errors.h"
#include "base/test_folder.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;

/// A folder of libraries that holds nothing but names.
class BlasFilesTest : public ::testing::Test {
 protected:
  /// Lays an empty file, and `link` beside it that leads there.
  void Lay(const std::string& file, const std::string& link) const {
    fs::create_directories(fs::path(folder_.File(file)).parent_path());
    folder_.Lay("/" + file, "");
    fs::create_symlink(fs::path(file).filename(), folder_.File(link));
  }

  TestFolder folder_;
  std::vector<std::string> folders_{folder_.path()};
};

TEST_F(BlasFilesTest, NamesLeadToRealFilesWithTheLapackThatBelongsToThem) {
  Lay("openblas-pthread/libopenblasp-r0.3.21.so",
      "openblas-pthread/libopenblas.so.0");
  Lay("blas/libblas.so.3.11.0", "blas/libblas.so.3");
  Lay("lapack/liblapack.so.3.11.0", "lapack/liblapack.so.3");
  const BlasFiles openblas = FilesOf("openblas-pthread", 2, folders_);
  EXPECT_EQ(openblas.library,
            folder_.File("openblas-pthread/libopenblasp-r0.3.21.so"));
  EXPECT_THAT(openblas.lapack, IsEmpty());
  EXPECT_EQ(openblas.family, "openblas");
  EXPECT_EQ(openblas.threading, "pthread");
  EXPECT_EQ(FilesOf("netlib", 1, folders_).lapack,
            folder_.File("lapack/liblapack.so.3.11.0"));
  // By its path the same library has the same neighbours.
  const BlasFiles path =
      FilesOf(folder_.File("blas/libblas.so.3"), 1, folders_);
  EXPECT_EQ(path.library, folder_.File("blas/libblas.so.3.11.0"));
  EXPECT_EQ(path.lapack, folder_.File("lapack/liblapack.so.3.11.0"));
  EXPECT_EQ(path.family, "netlib");
}

TEST_F(BlasFilesTest, AFoldersNameAloneSaysNothingOfALibrary) {
  const auto threads_of = [](const std::string& path) {
    return WhyNotThreads(path, 2, {});
  };
  Lay("blas/libblas.so.1", "blas/libblas.so");
  Lay("lapack/liblapack.so.3.11.0", "lapack/liblapack.so.3");
  const std::string path = folder_.File("blas/libblas.so");
  const BlasFiles files = FilesOf(path, 2, {});
  EXPECT_THAT(files.family, IsEmpty());
  EXPECT_THAT(files.threading, IsEmpty());
  EXPECT_EQ(files.lapack, folder_.File("lapack/liblapack.so.3.11.0"));
  EXPECT_EQ(threads_of(path), std::nullopt);
  EXPECT_EQ(IntegerBitsOf(path), std::nullopt);
  // What a link in such a folder leads to is what it is.
  folder_.Lay("/libopenblas.so", "");
  fs::create_directories(folder_.File("link/blas"));
  fs::create_symlink("../../libopenblas.so",
                     folder_.File("link/blas/libblas.so"));
  const BlasFiles link = FilesOf(folder_.File("link/blas/libblas.so"), 2, {});
  EXPECT_EQ(link.library, folder_.File("libopenblas.so"));
  EXPECT_THAT(link.family, IsEmpty());
  // As a package lays it.
  const std::string debian =
      "unpacked/usr/lib/" HYBRID_LIBRARY_ARCHITECTURE "/";
  Lay(debian + "blas/libblas.so.3.11.0", debian + "blas/libblas.so.3");
  const std::string unpacked = folder_.File(debian + "blas/libblas.so.3");
  EXPECT_EQ(FilesOf(unpacked, 2, {}).family, "netlib");
  EXPECT_THAT(threads_of(unpacked), Optional(HasSubstr("1 thread")));
  EXPECT_EQ(IntegerBitsOf(unpacked), 32);
}

TEST_F(BlasFilesTest, BlisWithoutItsThreadedBuildRunsOneThread) {
  Lay("blis-serial/libblis.so.4.0", "blis-serial/libblis.so.4");
  for (const char* const blas : {"blis", "blis-typed"}) {
    EXPECT_EQ(WhyNotThreads(blas, 1, folders_), std::nullopt);
    EXPECT_THAT(WhyNotThreads(blas, 2, folders_),
                Optional(HasSubstr("libblis4-openmp")));
  }
  Lay("blis-openmp/libblis.so.4.0", "blis-openmp/libblis.so.4");
  EXPECT_EQ(WhyNotThreads("blis", 2, folders_), std::nullopt);
}

TEST_F(BlasFilesTest, BlisIsItsSerialBuildForOneThreadWhereThereIsOne) {
  Lay("blis-openmp/libblis.so.4.0", "blis-openmp/libblis.so.4");
  EXPECT_EQ(FilesOf("blis", 1, folders_).threading, "openmp");
  Lay("blis-serial/libblis.so.4.0", "blis-serial/libblis.so.4");
  EXPECT_EQ(FilesOf("blis", 1, folders_).threading, "none");
  EXPECT_EQ(FilesOf("blis", 2, folders_).threading, "openmp");
  EXPECT_EQ(FilesOf("blis-openmp", 1, folders_).threading, "openmp");
  EXPECT_FALSE(FilesOf("blis", 2, folders_).typed);
  EXPECT_TRUE(FilesOf("blis-typed", 2, folders_).typed);
}

TEST_F(BlasFilesTest, WhatIsInstalledIsThereOnce) {
  EXPECT_THAT(InstalledBlas(folders_), IsEmpty());
  Lay("blis-serial/libblis.so.4.0", "blis-serial/libblis.so.4");
  EXPECT_THAT(InstalledBlas(folders_), ElementsAre("blis-serial"));
  Lay("blis-openmp/libblis.so.4.0", "blis-openmp/libblis.so.4");
  Lay("blas/libblas.so.3.11.0", "blas/libblas.so.3");
  EXPECT_THAT(InstalledBlas(folders_), ElementsAre("blis", "netlib"));
}

TEST_F(BlasFilesTest, TheSystemsLibraryHasItsNameWhereItHasOne) {
  EXPECT_EQ(SystemBlas(folders_), std::nullopt);
  Lay("openblas-openmp/libopenblas-r.so", "openblas-openmp/libopenblas.so.0");
  Lay("openblas-openmp/libblas.so.3.0", "openblas-openmp/libblas.so.3");
  fs::create_symlink("openblas-openmp/libblas.so.3",
                     folder_.File("libblas.so.3"));
  EXPECT_EQ(SystemBlas(folders_), "openblas-openmp");
  fs::remove(folder_.File("libblas.so.3"));
  folder_.Lay("/libmine.so", "");
  fs::create_symlink("libmine.so", folder_.File("libblas.so.3"));
  EXPECT_EQ(SystemBlas(folders_), folder_.File("libmine.so"));
  // In one folder with it.
  folder_.Lay("/libmkl_rt.so", "");
  EXPECT_EQ(SystemBlas(folders_), folder_.File("libmine.so"));
  fs::remove(folder_.File("libblas.so.3"));
  fs::create_symlink("libmkl_rt.so", folder_.File("libblas.so.3"));
  EXPECT_EQ(SystemBlas(folders_), "mkl");
}

TEST_F(BlasFilesTest, WhatIsNotThereIsNamedWithItsPackage) {
  const auto error = [this](const std::string& blas) {
    return MessageOf<std::runtime_error>([&] { FilesOf(blas, 2, folders_); });
  };
  EXPECT_EQ(error("openblas-serial"),
            "openblas-serial is not installed (Debian: libopenblas0-serial)");
  EXPECT_THAT(error("blis"), HasSubstr("libblis4-openmp"));
  EXPECT_THAT(error("/no/lib.so"), HasSubstr("/no/lib.so: No such file"));
  EXPECT_THAT(error(folder_.path() + "/"), HasSubstr("is no shared library"));
  EXPECT_THAT(error("esslish"), HasSubstr("no library 'esslish'"));
}

TEST_F(BlasFilesTest, LapackIsMissedWhereItIsNeeded) {
  EXPECT_THAT(WhyNotLapack("netlib", folders_),
              Optional(HasSubstr("liblapack3")));
  EXPECT_EQ(WhyNotLapack("openblas-pthread", folders_), std::nullopt);
  EXPECT_THAT(WhyNotLapack("blis-typed", folders_),
              Optional(HasSubstr("--blas=blis")));
  Lay("lapack/liblapack.so.3.11.0", "lapack/liblapack.so.3");
  EXPECT_EQ(WhyNotLapack("netlib", folders_), std::nullopt);
}

}  // namespace
}  // namespace hybrid
