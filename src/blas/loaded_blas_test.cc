// What a process finds out about the one BLAS that it loads. Each is loaded by
// a hybrid-worker of its own, since a process can load only one.

#include "blas/loaded_blas.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

#include "base/json.h"
#include "base/scoped_environment.h"
#include "base/test_folder.h"
#include "base/test_shell.h"
#include "base/text_file.h"
#include "blas/test_libraries.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

/// Describes the library, for a person, with what stderr got.
ToolResult Describe(const std::string& file,
                    const std::string& environment = "") {
  return RunTool(environment + " '" HYBRID_WORKER "' --describe_blas='" + file +
                 "' 2>&1");
}

/// The library in threadpoolctl's words; null with a failure if it is refused.
Json Identity(const std::string& file, const std::string& environment = "") {
  const ToolResult result = RunTool(
      environment + " '" HYBRID_WORKER "' --describe_blas_json='" + file + "'");
  EXPECT_EQ(result.status, 0) << file << '\n' << result.output;
  return result.status == 0 ? ParseJson(result.output).at(0) : Json();
}

std::string Text(const Json& library, const char* field) {
  return std::string(library.at(field).as_string());
}

TEST(DescribeBlasTest, TheSystemsLibraryIsDescribed) {
  const ToolResult result = Describe("system");
  if (SystemBlas()) {
    EXPECT_EQ(result.status, 0) << result.output;
  } else {
    EXPECT_THAT(result.output, HasSubstr("--describe_blas=system: "));
  }
}

TEST(DescribeBlasTest, WhatThereIsNotIsOneLineThatNamesTheFlag) {
  const ToolResult unknown = Describe("foo");
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.output,
              StartsWith("hybrid-worker: --describe_blas=foo: takes blis, "));
  const ToolResult absent = Describe("/no/such.so");
  EXPECT_EQ(absent.status, 1);
  EXPECT_THAT(absent.output,
              StartsWith("hybrid-worker: --describe_blas=/no/such.so: /no/"));
}

/// One of Debian's builds.
struct Build {
  const char* name;
  const char* family;
  const char* threading;  ///< threadpoolctl's threading_layer
  std::int64_t integer_bits;
  bool tells_version_and_kernels;
  /// Where its LAPACK is: below the same folder, in itself (""), nowhere.
  const char* lapack;
};

constexpr const char* kNowhere = "nowhere";

void PrintTo(const Build& build, std::ostream* out) { *out << build.name; }

class DebianBuildTest : public ::testing::TestWithParam<Build> {};

TEST_P(DebianBuildTest, IsIdentified) {
  const Build& build = GetParam();
  const auto file = TestLibrary(build.name);
  if (!file) GTEST_SKIP() << NoTestLibrary(build.name);
  const Json library = Identity(*file);
  ASSERT_FALSE(library.is_null());
  EXPECT_EQ(library.at("user_api"), "blas");
  EXPECT_EQ(library.at("internal_api"), build.family);
  EXPECT_EQ(library.at("threading_layer"), build.threading);
  EXPECT_EQ(library.at("integer_bits"), build.integer_bits);
  EXPECT_EQ(Text(library, "filepath"), *file);
  if (build.tells_version_and_kernels) {
    EXPECT_THAT(Text(library, "version"),
                MatchesRegex("[0-9]+\\.[0-9]+(\\.[0-9]+)?"));
    EXPECT_THAT(Text(library, "architecture"), AllOf(Not(""), Not("unknown")));
    const bool is_serial = build.threading == std::string("disabled");
    EXPECT_EQ(library.at("num_threads"), is_serial ? 1 : 2);
  }
  const bool has_lapack = build.lapack != std::string(kNowhere);
  EXPECT_EQ(library.at("has_lapack"), has_lapack);
  if (has_lapack) {
    EXPECT_THAT(Text(library, "lapack"), HasSubstr(build.lapack));
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, DebianBuildTest,
    ::testing::Values(
        Build{"openblas-pthread", "openblas", "pthreads", 32, true, ""},
        Build{"openblas-openmp", "openblas", "openmp", 32, true, ""},
        Build{"openblas-serial", "openblas", "disabled", 32, true, ""},
        Build{"openblas64-pthread", "openblas", "pthreads", 64, true, ""},
        Build{"blis-openmp", "blis", "openmp", 32, true, "/lapack/liblapack"},
        Build{"blis-pthread", "blis", "pthreads", 32, true,
              "/lapack/liblapack"},
        Build{"blis-serial", "blis", "disabled", 32, true, "/lapack/liblapack"},
        Build{"blis64-openmp", "blis", "openmp", 64, true, kNowhere},
        Build{"atlas", "atlas", "disabled", 32, false, "/atlas/liblapack"},
        Build{"netlib", "netlib", "disabled", 32, false, "/lapack/liblapack"}),
    [](const ::testing::TestParamInfo<Build>& test) {
      std::string name = test.param.name;
      std::replace(name.begin(), name.end(), '-', '_');
      return name;
    });

// The name of Debian's file holds the version.
TEST(LoadedBlasTest, OpenBlasTellsItsVersion) {
  const auto file = TestLibrary("openblas-pthread");
  if (!file) GTEST_SKIP() << NoTestLibrary("openblas-pthread");
  EXPECT_THAT(*file, HasSubstr("r" + Text(Identity(*file), "version")));
  EXPECT_THAT(
      Describe(*file).output,
      AllOf(HasSubstr("OpenBLAS "), HasSubstr("LP64"), HasSubstr(*file)));
}

TEST(LoadedBlasTest, ItsKernelsAreThoseThatTheEnvironmentChose) {
  const auto file = TestLibrary("openblas-serial");
  if (!file) GTEST_SKIP() << NoTestLibrary("openblas-serial");
  const Json library = Identity(*file, "OPENBLAS_CORETYPE=Nehalem");
  ASSERT_FALSE(library.is_null());
  EXPECT_THAT(Text(library, "architecture"), ::testing::StrCaseEq("nehalem"));
}

// Debian's LAPACK is linked to whichever BLAS the alternatives prefer.
TEST(LoadedBlasTest, TheLapackBesideBlisCallsThatBlis) {
  const auto file = TestLibrary("blis-pthread");
  if (!file) GTEST_SKIP() << NoTestLibrary("blis-pthread");
  const TestFolder folder;
  const Json library = Identity(*file, "LD_DEBUG=bindings LD_DEBUG_OUTPUT='" +
                                           folder.File("bindings") + "'");
  ASSERT_FALSE(library.is_null());
  std::string calls;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    const std::string text =
        text_file::Read(entry.path().string()).value_or("");
    for (const std::string_view line : text_file::Parts(text, '\n')) {
      if (line.find("/liblapack.so") < line.find(" to ") &&
          line.find("`dgemm_'") != std::string_view::npos) {
        calls += std::string(line) + '\n';
      }
    }
  }
  EXPECT_THAT(calls, HasSubstr(" to " + *file)) << "of " << *file;
}

TEST(LoadedBlasTest, ASecondFamilyIsRefusedAndBothAreNamed) {
  const auto file = TestLibrary("openblas-serial");
  const auto other = TestLibrary("netlib");
  if (!file) GTEST_SKIP() << NoTestLibrary("openblas-serial");
  if (!other) GTEST_SKIP() << NoTestLibrary("netlib");
  // AddressSanitizer would want to be the first one itself.
  const ToolResult result =
      Describe(*file, "ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD='" +
                          *other + "'");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.output, AllOf(StartsWith("hybrid-worker: "),
                                   HasSubstr(*file), HasSubstr(*other)));
}

/// A fake library, and what it recorded.
class FakeBlasTest : public ::testing::Test {
 protected:
  Json Identify(const std::string& name) const {
    return Identity(FakeLibrary(name));
  }
  std::string Record() const {
    return text_file::Read(folder_.File("record")).value_or("");
  }

 private:
  const TestFolder folder_;
  const ScopedEnvironment environment_{ScopedEnvironment::Variables{
      {"HYBRID_TEST_RECORD", folder_.File("record")}}};
};

TEST_F(FakeBlasTest, MklsThreadsAreSetByTheNamesOfC) {
  const Json library = Identify("mkl");
  ASSERT_FALSE(library.is_null());
  EXPECT_EQ(library.at("internal_api"), "mkl");
  EXPECT_EQ(library.at("version"), "2024.2");
  EXPECT_EQ(library.at("threading_layer"), "openmp");
  EXPECT_EQ(library.at("num_threads"), 2);
  EXPECT_THAT(Record(), AllOf(HasSubstr("MKL_Set_Num_Threads 2\n"),
                              HasSubstr("MKL_Set_Dynamic 0\n"),
                              HasSubstr("MKL_Set_Threading_Layer -1\n"),
                              Not(HasSubstr("mkl_set"))));
}

TEST_F(FakeBlasTest, MklsKernelsAreThoseThatItLoadedWhateverItWasTold) {
  for (const auto& [told, kernels] :
       {std::pair("", "AVX512"), std::pair("AVX2", "AVX2"),
        std::pair("SSE4_2", "AVX512")}) {
    const Json library = Identity(
        FakeLibrary("mkl"), std::string("MKL_ENABLE_INSTRUCTIONS=") + told);
    ASSERT_FALSE(library.is_null());
    EXPECT_EQ(library.at("architecture"), kernels) << told;
  }
}

TEST_F(FakeBlasTest, FlexiBlasWithTwoBackendsIsRefused) {
  const auto other = TestLibrary("netlib");
  if (!other) GTEST_SKIP() << NoTestLibrary("netlib");
  const std::string file = FakeLibrary("libflexiblas");
  const ToolResult result =
      Describe(file, "ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD='" +
                         *other + "'");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.output,
              AllOf(StartsWith("hybrid-worker: "), HasSubstr(file)));
}

TEST_F(FakeBlasTest, FlexiBlasIsNoneOfThoseWhoseSettersItHas) {
  const Json library = Identify("libflexiblas");
  ASSERT_FALSE(library.is_null());
  EXPECT_EQ(library.at("internal_api"), "flexiblas");
  // Its backend is of another family, which of others would be refused.
  EXPECT_EQ(library.at("version"), "3.4.2 (OPENBLAS-OPENMP)");
  EXPECT_EQ(library.at("num_threads"), 2);
  EXPECT_EQ(Record(), "flexiblas_set_num_threads 2\n");
}

TEST_F(FakeBlasTest, TheOpenBlasOfNumPysWheelsGoesByNamesOfItsOwn) {
  const Json library = Identify("numpy-wheel");
  ASSERT_FALSE(library.is_null());
  EXPECT_EQ(library.at("internal_api"), "openblas");
  EXPECT_EQ(library.at("version"), "0.3.29");
  EXPECT_EQ(library.at("threading_layer"), "pthreads");
  EXPECT_EQ(library.at("integer_bits"), 64);
  EXPECT_EQ(library.at("symbol_suffix"), "_64_");
  EXPECT_THAT(Text(library, "prefix"), StartsWith("scipy_"));
  EXPECT_EQ(Record(), "scipy_openblas_set_num_threads64_ 2\n");
}

TEST_F(FakeBlasTest, TheWidthOfIntegersIsNoMatterOfNames) {
  EXPECT_EQ(Identify("plain").at("integer_bits"), 32);
  EXPECT_EQ(Identify("ilp64").at("integer_bits"), 64);
  EXPECT_EQ(Identify("plain").at("internal_api"), "unknown");
}

TEST_F(FakeBlasTest, WhatALibraryPrintsIsNoPartOfTheDescription) {
  const Json library = Identify("prints");
  ASSERT_FALSE(library.is_null());
  EXPECT_EQ(Text(library, "filepath"), FakeLibrary("prints"));
}

TEST_F(FakeBlasTest, WhatIsNoBlasIsRefusedInOneLine) {
  const ToolResult result = Describe(FakeLibrary("no-gemm"));
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.output, "hybrid-worker: " + FakeLibrary("no-gemm") +
                               ": has no dgemm: it is no BLAS\n");
  for (const char* other : {HYBRID_FETCH, HYBRID_FAKE_BLAS "/absent.so"}) {
    const ToolResult no_library = Describe(other);
    EXPECT_EQ(no_library.status, 1);
    EXPECT_THAT(no_library.output,
                AllOf(StartsWith("hybrid-worker: "), HasSubstr(other)));
    EXPECT_EQ(
        std::count(no_library.output.begin(), no_library.output.end(), '\n'), 1)
        << no_library.output;
  }
}

TEST_F(FakeBlasTest, WhatEndsTheProcessIsTold) {
  const ToolResult exits = Describe(FakeLibrary("exits"));
  EXPECT_EQ(exits.status, 1);
  EXPECT_EQ(exits.output,
            "fake BLAS: no licence\nhybrid-worker: " + FakeLibrary("exits") +
                ": ends the process that loads it, with status "
                "3\n");
  const ToolResult crashes = Describe(FakeLibrary("crashes"));
  EXPECT_EQ(crashes.status, 1);
  EXPECT_EQ(crashes.output, "hybrid-worker: " + FakeLibrary("crashes") +
                                ": ends the process that loads it, by signal 4 "
                                "(Illegal instruction)\n");
}

}  // namespace
}  // namespace hybrid
