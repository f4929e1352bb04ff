#include "analysis/paste_library.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/paste_text.h"
#include "base/test_folder.h"
#include "base/test_shell.h"
#include "blas/debian_folder.h"
#include "blas/library_table.h"
#include "blas/test_libraries.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view kRoot = "/usr/lib/x86_64-linux-gnu";
constexpr std::string_view kKept = "${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}";

/// A split that ran `blas` from `file`, where programs load `system`.
SplitResult RunBy(std::string_view blas, const std::string& file,
                  std::string_view system = "") {
  SplitResult use;
  use.split = {2, 1};
  use.blas = blas;
  use.blas_file = file;
  use.system_blas = system;
  return use;
}

SplitResult Installed(std::string_view blas, std::string_view file,
                      std::string_view system = "") {
  return RunBy(blas, fmt::format("{}/{}", kRoot, file), system);
}

/// What bash says of `lines` and, behind them, of `more`.
std::string BashSays(const std::vector<std::string>& lines,
                     const std::string& more) {
  const TestFolder folder;
  folder.Lay("/pasted", fmt::format("{}\n{}", fmt::join(lines, "\n"), more));
  return RunTool(
             fmt::format("LD_LIBRARY_PATH=/mine bash -eu '{}' 2>&1; echo $?",
                         folder.File("pasted")))
      .output;
}

TEST(PasteLibraryTest, KeepsWhatThePathHeldWhereThereIsRoom) {
  const SplitResult use =
      Installed("openblas-pthread", "openblas-pthread/libopenblasp-r0.3.21.so");
  const std::string folder = fmt::format("{}/openblas-pthread", kRoot);
  EXPECT_EQ(LibraryLines(use).front(),
            fmt::format("export LD_LIBRARY_PATH={}{}", folder, kKept));
  EXPECT_THAT(ShortLibraryLines(use, 2),
              ElementsAre(fmt::format("export LD_LIBRARY_PATH={}\\", folder),
                          std::string(kKept)));
  EXPECT_THAT(ShortLibraryLines(use, 1),
              ElementsAre(fmt::format("export LD_LIBRARY_PATH={}", folder)));
  const std::string told = "echo $LD_LIBRARY_PATH";
  EXPECT_EQ(BashSays(LibraryLines(use), told), folder + ":/mine\n0\n");
  EXPECT_EQ(BashSays(ShortLibraryLines(use, 2), told), folder + ":/mine\n0\n");
  EXPECT_EQ(BashSays(ShortLibraryLines(use, 1), told), folder + "\n0\n");
}

TEST(PasteLibraryTest, ALapackOfItsOwnComesAlong) {
  const SplitResult use =
      Installed("blis", "blis-openmp/libblis.so.4.0.0", "openblas-pthread");
  const std::string paths =
      fmt::format("{}/blis-openmp:{}/lapack", kRoot, kRoot);
  EXPECT_EQ(BashSays(LibraryLines(use), "echo $LD_LIBRARY_PATH"),
            paths + ":/mine\n0\n");
  EXPECT_EQ(BashSays(ShortLibraryLines(use, 2), "echo $LD_LIBRARY_PATH"),
            paths + ":/mine\n0\n");
  EXPECT_THAT(LibraryLines(use),
              Contains(fmt::format("# Debian's R: export R_LD_LIBRARY_PATH={}:"
                                   "/usr/lib/R/lib:{}",
                                   paths, kRoot)));
  // They don't fit one line.
  EXPECT_THAT(ShortLibraryLines(use, 1),
              ElementsAre("# LD_LIBRARY_PATH that switches to blis: "
                          "--paste=shell"));
}

TEST(PasteLibraryTest, OfBlisOnlyWhereAnotherIsTheMachines) {
  const auto lines = [](std::string_view system) {
    SplitResult use = Installed("blis", "blis-serial/libblis.so.4", system);
    use.blas_threading = "none";
    return ShortLibraryLines(use, 2);
  };
  for (const char* other :
       {"openblas-pthread", "netlib", "blis-openmp", "/opt/libblas.so.3"}) {
    EXPECT_THAT(lines(other), Contains(HasSubstr("=/usr/lib/"))) << other;
  }
  for (const char* same : {"", "blis-serial"}) {
    EXPECT_THAT(lines(same), ElementsAre(StartsWith("# BLIS: link"))) << same;
  }
}

TEST(PasteLibraryTest, SaysWhatToDoWhereNoFolderSwitches) {
  for (const char* file :
       {"/usr/lib/x86_64-linux-gnu/libmkl_rt.so", "/opt/o/libopenblas.so"}) {
    const SplitResult use = RunBy("mkl", file);
    EXPECT_THAT(
        LibraryLines(use),
        ElementsAre(AllOf(StartsWith("# "),
                          HasSubstr(fmt::format("LD_PRELOAD={}", file)))));
    EXPECT_THAT(PythonLibraryLines(use), LibraryLines(use));
    EXPECT_THAT(ShortLibraryLines(use, 1), ElementsAre(StartsWith("# ")));
  }
  // Other integers, or other names.
  for (const char* file :
       {"/usr/lib/x86_64-linux-gnu/openblas64-pthread/libopenblas64.so.0",
        "/v/numpy.libs/libscipy_openblas-c1.so"}) {
    EXPECT_THAT(LibraryLines(RunBy(file, file)),
                ElementsAre(AllOf(HasSubstr(fmt::format("link {}", file)),
                                  Not(HasSubstr("LD_PRELOAD")))));
  }
  EXPECT_THAT(LibraryLines(RunBy("openblas-pthread", "")), IsEmpty());
}

TEST(PasteLibraryTest, PythonIsStartedWithIt) {
  EXPECT_THAT(
      PythonLibraryLines(Installed("netlib", "blas/libblas.so.3.11.0")),
      ElementsAre(StartsWith("# Start it so"),
                  fmt::format("#   LD_LIBRARY_PATH={}/blas:{}/lapack python3 "
                              "PROGRAM",
                              kRoot, kRoot)));
  EXPECT_THAT(PythonLibraryLines(Installed("blis", "blis-openmp/libblis.so.4")),
              IsEmpty());
}

/// Expects that a program which loads libblas.so.3 and liblapack.so.3, behind
/// `lines`, gets those of `library` and no other BLAS.
void ExpectLoads(const BlasLibrary& library,
                 const std::vector<std::string>& lines) {
  const std::string maps =
      BashSays(lines,
               "workers env LD_PRELOAD='libblas.so.3 liblapack.so.3' "
               "cat /proc/self/maps\n");
  EXPECT_THAT(maps, Not(HasSubstr("cannot be preloaded")));
  const std::string_view own =
      library.file.substr(0, library.file.find('/') + 1);
  EXPECT_THAT(maps, HasSubstr(fmt::format("/{}lib", own)));
  const std::string_view lapack =
      library.lapack.empty()
          ? own
          : library.lapack.substr(0, library.lapack.find('/') + 1);
  EXPECT_THAT(maps, HasSubstr(fmt::format("/{}liblapack.so.3", lapack)));
  for (const BlasLibrary& other : BlasLibraries()) {
    const std::string_view folder =
        other.file.substr(0, other.file.find('/') + 1);
    if (folder.empty() || folder == own) continue;
    EXPECT_THAT(maps, Not(HasSubstr(fmt::format("/{}lib", folder))));
  }
}

TEST(PasteLibraryTest, ProgramsLoadTheLibraryThatWasMeasured) {
  std::string missing;
  for (const BlasLibrary& library : BlasLibraries()) {
    SCOPED_TRACE(library.name);
    if (library.file.find('/') == std::string_view::npos) continue;
    const auto path = TestLibrary(library.name);
    if (!path || !TestLibrary("lapack")) {
      missing += NoTestLibrary(library.name) + '\n';
      continue;
    }
    ExpectLoads(library,
                PasteLines(RunBy(library.name, *path), Launcher::kShell));
    // Where the path is short enough for the first screen's lines.
    const TestFolder folder;
    const std::string root = FindDebianFolder(*path)->root;
    const std::string before = root.substr(0, root.rfind("/usr/lib/"));
    std::filesystem::create_directory_symlink(before + "/usr",
                                              folder.File("usr"));
    SplitResult use =
        RunBy(library.name, folder.path() + path->substr(before.size()));
    use.split = {1, 2};
    const std::vector<std::string> lines = ShortPasteLines(use);
    EXPECT_LE(lines.size(), 8U);
    ExpectLoads(library, lines);
  }
  if (!missing.empty()) GTEST_SKIP() << missing;
}

}  // namespace
}  // namespace hybrid
