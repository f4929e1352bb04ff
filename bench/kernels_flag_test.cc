// --kernels with real workers: what was asked for is what ran.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "blas/test_libraries.h"
#include "results/csv_reader.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class KernelsFlagTest : public BenchTest {
 protected:
  /// Of the lines in `text` that begin with `start` there is one for each of
  /// two splits with the best kernels, and one with the library's own.
  static void ExpectApart(const std::string& text, const std::string& start) {
    std::vector<std::string> seen;
    for (const std::string& line : Lines(text)) {
      if (!line.starts_with(start)) continue;
      const bool library = line.find(" kernels=library") != std::string::npos;
      for (const std::string split : {"1×1", "2×1"}) {
        if (line.find(split) == std::string::npos) continue;
        seen.push_back(split + (library ? " library" : " best"));
      }
    }
    EXPECT_THAT(seen, UnorderedElementsAre("1×1 best", "2×1 best",
                                           "1×1 library", "2×1 library"))
        << text;
  }
};

TEST_F(KernelsFlagTest, BestProbesAndSaysSo) {
  const BenchResult result =
      Run(Quick({"--kernels=best,library", "--csv=r.csv", "--verbose"}));
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("\nkernels "));
  EXPECT_THAT(result.out, HasSubstr("n=16     1 thread"));
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, SizeIs(8));  // 2 kernels × 2 splits × 2 repetitions
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].kernels_asked, i < 4 ? "best" : "library");
    EXPECT_EQ(rows[i].status, Status::kOk);
    EXPECT_THAT(rows[i].library_kernels, Not(IsEmpty()));
    if (i < 4) {
      EXPECT_GE(rows[i].kernels_gain.value_or(1), 1);
    }
    if (i >= 4) {
      EXPECT_EQ(rows[i].kernels, rows[i].library_kernels);
    }
    // Set exactly where it makes a difference.
    EXPECT_EQ(rows[i].kernels_setting.empty(),
              rows[i].kernels == rows[i].library_kernels);
  }
}

// What is measured with both is two configurations to every reader.
TEST_F(KernelsFlagTest, EveryLineTellsTheKernelsApart) {
  const std::string both = "--kernels=best,library";
  const BenchResult measured = Run(Quick({both, "--csv=none"}));
  ASSERT_EQ(measured.exit_code(), 0) << measured.err;
  ExpectApart(measured.out, "[");
  const BenchResult failed =
      Run(Quick({both, "--csv=none", "--worker=/bin/false"}));
  EXPECT_EQ(failed.exit_code(), 1);
  ExpectApart(failed.out, "[");
  ExpectApart(failed.err, "bench: gemm ");
  const BenchResult skipped =
      Run(Quick({both, "--csv=none", "--n=1000000", "--dry_run=full"}));
  ExpectApart(skipped.out, "skipped ");
}

TEST_F(KernelsFlagTest, NamedKernelsRun) {
  ASSERT_EQ(Run(Quick({"--csv=first.csv"})).exit_code(), 0);
  const std::string name = ReadCsv(File("first.csv")).front().kernels;
  const BenchResult result =
      Run(Quick({"--kernels=" + name, "--csv=r.csv", "--workers=1"}));
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  for (const Row& row : ReadCsv(File("r.csv"))) {
    EXPECT_EQ(row.kernels, name);
    EXPECT_EQ(row.kernels_asked, name);
    EXPECT_THAT(row.kernels_setting, Not(IsEmpty()));
  }
}

TEST_F(KernelsFlagTest, UnknownOnesAreOneLineAndTouchNothing) {
  WriteFile(File("kept.json"), "kept");
  const BenchResult result = Run(
      Quick({"--kernels=cray1", "--csv=r.csv", "--benchmark_out=kept.json"}));
  EXPECT_EQ(result.exit_code(), 2);
  EXPECT_THAT(Lines(result.err), ElementsAre(AllOf(HasSubstr("--kernels=cray1"),
                                                   HasSubstr("best"))));
  EXPECT_THAT(Files(), ElementsAre("kept.json"));
  EXPECT_EQ(ReadFile(File("kept.json")), "kept");
}

TEST_F(KernelsFlagTest, WhereOneLibraryLacksThemTheOtherRuns) {
  const std::string both = "--blas=blis," + FakeLibrary("openblas-prints");
  const std::vector<std::string> flags = Quick(
      {both, "--kernels=nehalem", "--workers=1", "--csv=r.csv", "--n=16"});
  const BenchResult result = Run(flags);
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  const std::string reason = "kernels=nehalem: blis has no such kernels";
  EXPECT_THAT(result.out, AllOf(HasSubstr("skipped "), HasSubstr(reason)));
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, Not(IsEmpty()));
  for (const Row& row : rows) {
    EXPECT_EQ(row.kernels, "NEHALEM");
    EXPECT_EQ(row.status, Status::kOk);
  }
  EXPECT_THAT(Run(Override(flags, {"--csv=none", "--dry_run=full"})).out,
              HasSubstr(reason));
  const BenchResult none =
      Run(Override(flags, {"--csv=none", "--kernels=cray1"}));
  EXPECT_EQ(none.exit_code(), 2);
  EXPECT_THAT(Lines(none.err),
              ElementsAre(AllOf(HasSubstr("--kernels=cray1: "),
                                HasSubstr("blis has no such kernels"),
                                HasSubstr("takes best, library, "),
                                HasSubstr("NEHALEM"), Not(HasSubstr(", ,")))));
}

TEST_F(KernelsFlagTest, LibrariesWithoutNamesSayOnlyWhatTheyTake) {
  const std::string file = FakeLibrary("plain");
  const BenchResult result =
      Run(Quick({"--blas=" + file, "--kernels=AVX2", "--csv=none"}));
  EXPECT_EQ(result.exit_code(), 2);
  EXPECT_EQ(result.err, "bench: --kernels=AVX2: " + file +
                            " has no such kernels; takes best, library\n");
}

TEST_F(KernelsFlagTest, SerialBlisOnlyForOneThreadAndOnlyIfAllowed) {
  const std::vector<std::string> threads{"--workers=1", "--blas_threads=1,2"};
  ASSERT_EQ(Run(Quick(Override(threads, {"--csv=r.csv"}))).exit_code(), 0);
  for (const Row& row : ReadCsv(File("r.csv"))) {
    if (row.blas_threads == 2) {
      EXPECT_EQ(row.blas_threading, "openmp");
    }
  }
  ASSERT_EQ(
      Run(Quick(Override(threads, {"--csv=never.csv", "--blas=blis-openmp"})))
          .exit_code(),
      0);
  for (const Row& row : ReadCsv(File("never.csv"))) {
    EXPECT_EQ(row.blas_threading, "openmp");
  }
}

}  // namespace
}  // namespace hybrid
