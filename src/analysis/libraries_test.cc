#include "analysis/libraries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
            "openblas-pthread is fastest in 2 of 2; blis takes 1.01× to 2.0× "
            "the time, netlib takes 5.0× to 6.0× the time");
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
