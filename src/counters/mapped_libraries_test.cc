#include "counters/mapped_libraries.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/test_child.h"
#include "base/test_folder.h"
#include "base/test_root.h"
#include "base/unique_fd.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> TextsOf(const std::vector<MappedLibrary>& libraries) {
  std::vector<std::string> texts;
  texts.reserve(libraries.size());
  for (const MappedLibrary& library : libraries) {
    texts.push_back(MappedLibraryText(library));
  }
  return texts;
}

std::string FamilyAndVersion(const std::string& path) {
  const auto library = LibraryOfFile(path);
  if (!library) return "none";
  return std::string(library->family).append(" ").append(library->version);
}

TEST(LibraryOfFileTest, NamesOfDistributionsAndWheelsTell) {
  EXPECT_EQ(FamilyAndVersion("/usr/lib/libopenblasp-r0.3.21.so"),
            "openblas 0.3.21");
  EXPECT_EQ(FamilyAndVersion("/o/libopenblas64_haswellp-r0.3.20.so"),
            "openblas 0.3.20");
  EXPECT_EQ(
      FamilyAndVersion("/n/numpy.libs/libopenblas64_p-r0-2f7c42d4.3.18.so"),
      "openblas 0.3.18");
  EXPECT_EQ(FamilyAndVersion("/n/libopenblas64_p-r0-0cf96a72.3.23.dev.so"),
            "openblas 0.3.23.dev");
  EXPECT_EQ(FamilyAndVersion("/n/libscipy_openblas64_-ff651d7f.so"),
            "openblas ");
  EXPECT_EQ(FamilyAndVersion("/n/libscipy_openblas-68440149.so"), "openblas ");
  EXPECT_EQ(FamilyAndVersion("/u/openblas-pthread/libopenblas.so.0"),
            "openblas ");
  EXPECT_EQ(FamilyAndVersion("/u/libopenblas-r.so"), "openblas ");
  EXPECT_EQ(FamilyAndVersion("/u/libopenblas-r"), "openblas ");
  EXPECT_EQ(FamilyAndVersion("/u/blis-openmp/libblis.so.4.0.0"), "blis ");
  EXPECT_EQ(FamilyAndVersion("/opt/mkl/libmkl_rt.so.2"), "mkl ");
  EXPECT_EQ(FamilyAndVersion("/u/libsatlas.so.3"), "atlas ");
  EXPECT_EQ(FamilyAndVersion("/u/libflexiblas.so.3.3"), "flexiblas ");
  EXPECT_EQ(FamilyAndVersion("/t/libgomp-a34b3233.so.1.0.0"), "libgomp ");
  EXPECT_EQ(FamilyAndVersion("/u/libgomp.so.1.0.0"), "libgomp ");
  EXPECT_EQ(FamilyAndVersion("/u/libiomp5.so"), "libiomp5 ");
  EXPECT_EQ(FamilyAndVersion("/u/libomp.so.5"), "libomp ");
}

TEST(LibraryOfFileTest, FoldersTellWhoseLibblasItIs) {
  EXPECT_EQ(FamilyAndVersion("/u/blas/libblas.so.3.11.0"), "netlib ");
  EXPECT_EQ(FamilyAndVersion("/u/blis-serial/libblas.so.4.0.0"), "blis ");
  EXPECT_EQ(FamilyAndVersion("/u/openblas-openmp/liblapack.so.3"), "openblas ");
  EXPECT_EQ(FamilyAndVersion("libblas.so"), "netlib ");
  EXPECT_EQ(LibraryOfFile("/u/atlas/libblas.so.3")->role, LibraryRole::kBlas);
  EXPECT_EQ(LibraryOfFile("/u/lapack/liblapack.so.3")->role,
            LibraryRole::kLapack);
  EXPECT_EQ(LibraryOfFile("/u/libgomp.so.1")->role, LibraryRole::kOpenMp);
}

TEST(LibraryOfFileTest, OthersAreNone) {
  for (const char* path :
       {"/u/libompitrace.so.40", "/u/libm.so.6", "/u/libmkl_avx2.so.2", "",
        "/libopenblas/libz.so", "/u/openblas-pthread/libc.so.6"}) {
    EXPECT_EQ(FamilyAndVersion(path), "none") << path;
  }
}

class MappedLibrariesTest : public RootTest {
 protected:
  void LayMaps(const std::string& pid, const std::string& text) const {
    Lay(fmt::format("/proc/{}/maps", pid), text);
  }
};

TEST_F(MappedLibrariesTest, OfAllProcessesOfATreeEachFileOnce) {
  const std::string gomp =
      "7f21 r--p 00000000 08:01 10   /u l/libgomp.so.1.0.0\n"
      "7f22 r-xp 00001000 08:01 10   /u l/libgomp.so.1.0.0\n";
  Lay("/proc/10/task/10/children", "20 30 ");
  LayMaps("10", "5609 r-xp 00000000 08:01 9   /usr/bin/dash\n" + gomp);
  LayMaps("20", "7f23 rw-p 00000000 00:00 0 \n" + gomp +
                    "7f24 r-xp 00000000 08:01 11   "
                    "/u/lapack/liblapack.so.3.11.0\n"
                    "7f25 r-xp 00000000 08:01 12   "
                    "/u/libopenblasp-r0.3.21.so (deleted)\n"
                    "7ffd rw-p 00000000 00:00 0   [stack]\n");
  EXPECT_THAT(TextsOf(MappedLibraries(10, root())),
              ElementsAre("openblas-0.3.21 (/u/libopenblasp-r0.3.21.so)",
                          "netlib (/u/lapack/liblapack.so.3.11.0)",
                          "libgomp (/u l/libgomp.so.1.0.0)"));
  EXPECT_THAT(MappedLibraries(30, root()), IsEmpty());
}

TEST_F(MappedLibrariesTest, MklIsOneLibrary) {
  const std::string core = "7f21 r-xp 0 08:01 10  /m/libmkl_core.so.2\n";
  LayMaps("10", core);
  EXPECT_THAT(TextsOf(MappedLibraries(10, root())),
              ElementsAre("mkl (/m/libmkl_core.so.2)"));
  LayMaps("10", core + "7f22 r-xp 0 08:01 11  /m/libmkl_rt.so.2\n");
  EXPECT_THAT(TextsOf(MappedLibraries(10, root())),
              ElementsAre("mkl (/m/libmkl_rt.so.2)"));
}

TEST(RealMappedLibrariesTest, WhatAChildMapsIsFoundByItsRealPath) {
  const TestFolder folder;
  folder.Lay("/libopenblasp-r0.3.99.so", "not empty");
  const std::string link = folder.File("libblas.so.3");
  std::filesystem::create_symlink("libopenblasp-r0.3.99.so", link);
  const TestChild child([&link] {
    ForkBelow([&link] {
      const UniqueFd fd(open(link.c_str(), O_RDONLY | O_CLOEXEC));
      if (mmap(nullptr, 1, PROT_READ, MAP_PRIVATE, fd.get(), 0) == MAP_FAILED) {
        return;
      }
      pause();
    });
    pause();
  });
  while (MappedLibraries(child.pid()).empty()) usleep(1000);
  const std::string real = std::filesystem::canonical(folder.path()).string();
  EXPECT_THAT(TextsOf(MappedLibraries(child.pid())),
              ElementsAre(fmt::format(
                  "openblas-0.3.99 ({}/libopenblasp-r0.3.99.so)", real)));
}

}  // namespace
}  // namespace hybrid
