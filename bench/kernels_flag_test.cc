// --kernels with real workers: what was asked for is what ran.

#include <gmock/gmock.h>

#include <string>
#include <vector>

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

class KernelsFlagTest : public BenchTest {};

TEST_F(KernelsFlagTest, BestProbesAndSaysSo) {
  const BenchResult result =
      Run(Quick({"--kernels=best,library", "--csv=r.csv"}));
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
    EXPECT_EQ(rows[i].blis_arch_type.empty(),
              rows[i].kernels == rows[i].library_kernels);
  }
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
    EXPECT_THAT(row.blis_arch_type, Not(IsEmpty()));
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

TEST_F(KernelsFlagTest, SerialBlisOnlyForOneThreadAndOnlyIfAllowed) {
  const std::vector<std::string> threads{"--workers=1", "--blas_threads=1,2"};
  ASSERT_EQ(Run(Quick(Override(threads, {"--csv=r.csv"}))).exit_code(), 0);
  for (const Row& row : ReadCsv(File("r.csv"))) {
    if (row.blas_threads == 2) {
      EXPECT_EQ(row.blis_threading, "openmp");
    }
  }
  ASSERT_EQ(
      Run(Quick(Override(threads, {"--csv=never.csv", "--serial_blis=never"})))
          .exit_code(),
      0);
  for (const Row& row : ReadCsv(File("never.csv"))) {
    EXPECT_EQ(row.blis_threading, "openmp");
  }
}

}  // namespace
}  // namespace hybrid
