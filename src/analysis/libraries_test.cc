#include "analysis/libraries.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/answer.h"
#include "analysis/screen_text.h"
#include "results/row.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class LibrariesTest : public ::testing::Test {
 protected:
  /// Five repetitions of both splits with `blas`, of which 2×1 takes `wall_s`.
  void Add(const std::string& blas, std::uint64_t n, double wall_s,
           const std::string& operation = "gemm") {
    for (std::uint64_t i = 0; i < 5; ++i) {
      for (const std::uint64_t workers : {1U, 2U}) {
        Row row;
        row.host = "node";
        row.run_id = "run";
        row.usable_cores = 2;
        row.operation = operation;
        row.blas = blas;
        row.blas_version = "of " + blas;
        row.blas_file = "/usr/lib/x86_64-linux-gnu/" + blas + "/lib.so";
        row.n = n;
        row.batch = 8;
        row.workers = workers;
        row.repetition = i;
        row.iterations = 1;
        const double noise = 1 + 0.001 * static_cast<double>(i);
        row.wall_s = noise * (workers == 2 ? wall_s : 2 * wall_s);
        rows_.push_back(row);
      }
    }
  }
  std::string Screen() const {
    return ScreenText(FindAnswers(rows_), ScreenSettings());
  }

  std::vector<Row> rows_;
};

TEST_F(LibrariesTest, TheFastestInMostGroupsIsTheAnswers) {
  Add("blis", 64, 1.0);
  Add("openblas-pthread", 64, 0.5);
  Add("netlib", 64, 3.0);
  Add("blis", 256, 1.01);
  Add("openblas-pthread", 256, 1.0);
  Add("netlib", 256, 5.0);
  const std::vector<Answer> answers = FindAnswers(rows_);
  const std::vector<Way> ways = FindWays(answers);
  const std::vector<LibraryContest> contests = CompareLibraries(ways);
  ASSERT_THAT(contests, SizeIs(1));
  // A percent is no difference.
  EXPECT_EQ(ContestText(contests[0]),
            "openblas-pthread is fastest or tied in 2 of 2; blis ties in 1, "
            "else takes 2.0× the time, netlib takes 5.0× to 6.0× the time");
  EXPECT_THAT(WithBestLibraries(ways, contests), SizeIs(1));
  EXPECT_THAT(Screen(),
              AllOf(HasSubstr("\nLIBRARY openblas-pthread is fastest"),
                    HasSubstr("-linux-gnu/openblas-pthread\\\n"),
                    HasSubstr("4 groups not shown")));
}

TEST_F(LibrariesTest, TheSystemsAndTheKernelsAreNamed) {
  Add("netlib", 64, 6.8);
  Add("openblas-pthread", 64, 1.0);
  for (Row& row : rows_) {
    row.system_blas = "netlib";
    if (row.blas != "netlib") row.kernels = "SKYLAKEX";
  }
  EXPECT_THAT(
      Screen(),
      HasSubstr(
          "\nLIBRARY openblas-pthread with SKYLAKEX kernels is fastest in "
          "1 of 1; netlib,\n        this system's, takes 6.8× the time\n"));
}

TEST_F(LibrariesTest, SaysWhereTheBestIsNotTheFastest) {
  for (const std::uint64_t n : {64U, 128U, 256U}) {
    Add("blis", n, n == 64 ? 0.5 : 1.5);
    Add("netlib", n, 1.0);
  }
  EXPECT_THAT(
      Screen(),
      HasSubstr("\nLIBRARY netlib is fastest in 2 of 3, else takes up "
                "to 2.0× the time of blis\n        (n=64 batch=8); blis "
                "takes 0.50× to 1.50× the time\n"));
}

TEST_F(LibrariesTest, NobodySwitchesForATie) {
  Add("openblas-pthread", 64, 1.0);
  Add("blis", 64, 1.02);
  EXPECT_THAT(Screen(),
              HasSubstr("\nLIBRARY blis is fastest or tied in 1 of 1; "
                        "openblas-pthread ties\n"));
  for (Row& row : rows_) row.system_blas = "openblas-pthread";
  EXPECT_THAT(Screen(), HasSubstr("\nLIBRARY openblas-pthread, this system's, "
                                  "is fastest or tied in 1 of 1; blis ties\n"));
}

TEST_F(LibrariesTest, BlisIsTheSystemsOpenMpBuild) {
  Add("blis", 64, 2.0);
  Add("netlib", 64, 1.0);
  for (Row& row : rows_) row.system_blas = "blis-openmp";
  EXPECT_THAT(Screen(), HasSubstr("blis, this system's, takes 2.0× the time"));
}

TEST_F(LibrariesTest, PathsWithTheSameLastNamesStayApart) {
  Add("/opt/openblas-0.3.21/lib/libopenblas.so", 64, 2.0);
  Add("/opt/openblas-0.3.29/lib/libopenblas.so", 64, 1.0);
  EXPECT_THAT(
      Screen(),
      HasSubstr(
          "\nLIBRARY …/openblas-0.3.29/lib/libopenblas.so is fastest in 1 "
          "of 1;\n        …/openblas-0.3.21/lib/libopenblas.so takes 2.0× "
          "the time\n"));
}

TEST_F(LibrariesTest, VersionsOfOneNameStayApart) {
  Add("blis", 64, 2.0);
  for (Row& row : rows_) row.blas_version = "0.9.0";
  Add("blis", 64, 1.0);
  for (Row& row : rows_) {
    if (row.blas_version != "0.9.0") row.blas_version = "1.0";
  }
  EXPECT_THAT(Screen(),
              HasSubstr("\nLIBRARY blis 1.0 is fastest in 1 of 1; blis "
                        "0.9.0 takes 2.0× the time\n"));
}

TEST_F(LibrariesTest, PrecisionsAreToldApart) {
  for (const Precision precision : {Precision::kDouble, Precision::kSingle}) {
    const std::size_t before = rows_.size();
    Add("blis", 64, 1.0);
    Add("netlib", 64, 2.0);
    for (std::size_t i = before; i < rows_.size(); ++i) {
      rows_[i].precision = precision;
    }
  }
  EXPECT_THAT(
      Screen(),
      AllOf(HasSubstr("\n        precision s: blis is fastest in 1 of 1"),
            HasSubstr("2×1")));
}

TEST_F(LibrariesTest, EachOperationIsNamedOnTheScreen) {
  const std::vector<std::string> operations{"gemm", "gesdd", "gesv"};
  for (const std::string& operation : operations) {
    // No split suits both orders.
    for (const std::uint64_t n : {64U, 256U}) {
      const double slower = operation == "gesv" ? 0.7 : 1.4;
      Add("blis", n, 1.0, operation);
      Add("openblas-pthread", n, slower, operation);
      Add("netlib", n, 5.0, operation);
    }
  }
  for (Row& row : rows_) {
    row.kernels = row.blas == "blis" ? "zen3" : "";
    if (row.blas == "openblas-pthread") row.kernels = "SkylakeX";
    if (row.n == 64) row.workers = 3 - row.workers;
    row.system_blas = "netlib";
  }
  const std::string text = Screen();
  EXPECT_THAT(
      text, AllOf(HasSubstr("gesdd, blis"), HasSubstr("gesv, openblas-pthread"),
                  HasSubstr("gemm: blis with zen3 kernels is fastest"),
                  HasSubstr("gesdd: blis with zen3 kernels"),
                  HasSubstr("gesv: openblas-pthread with SkylakeX"),
                  HasSubstr("netlib, this system's, takes")));
  EXPECT_THAT(text, Not(HasSubstr("lines more")));
}

TEST_F(LibrariesTest, ManyLibrariesAndOperationsFit) {
  for (const std::string operation :
       {"gemm", "syrk", "potrf", "gesv", "gesdd", "syevd"}) {
    for (const Precision precision : {Precision::kDouble, Precision::kSingle}) {
      const std::size_t before = rows_.size();
      for (std::size_t i = 0; i < 10; ++i) {
        const double wall_s = 1.0 + static_cast<double>((i + 7) % 10);
        Add(fmt::format("openblas-build-{}", i), 64, wall_s, operation);
        Add(fmt::format("openblas-build-{}", i), 256, 20 - wall_s, operation);
      }
      for (std::size_t i = before; i < rows_.size(); ++i) {
        rows_[i].precision = precision;
        rows_[i].kernels = "SKYLAKEX";
        rows_[i].system_blas = "openblas-build-0";
      }
    }
  }
  const std::string text = Screen();
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), kFirstScreenLines)
      << text;
  EXPECT_THAT(text, AllOf(HasSubstr("LIBRARY gemm; gemm, precision s; syrk;"),
                          HasSubstr("openblas-build-0, this")));
}

TEST_F(LibrariesTest, EachOperationHasItsOwn) {
  Add("blis", 64, 1.0);
  Add("netlib", 64, 2.0);
  Add("blis", 64, 2.0, "gesv");
  Add("netlib", 64, 1.0, "gesv");
  EXPECT_THAT(Screen(), AllOf(HasSubstr("gemm: blis is fastest in 1 of 1"),
                              HasSubstr("gesv: netlib is fastest in 1 of 1")));
}

TEST_F(LibrariesTest, OneLibraryHasNoRivals) {
  Add("blis", 64, 1.0);
  Add("blis", 256, 1.0);
  // Nor has one that was measured elsewhere.
  Add("netlib", 768, 1.0);
  EXPECT_THAT(CompareLibraries(FindWays(FindAnswers(rows_))), IsEmpty());
  EXPECT_THAT(Screen(), Not(HasSubstr("LIBRARY ")));
}

}  // namespace
}  // namespace hybrid
