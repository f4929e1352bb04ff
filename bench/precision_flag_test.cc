// --precision and --aspect with real workers and real libraries.

#include <gmock/gmock.h>

#include <set>
#include <string>
#include <vector>

#include "blas/test_libraries.h"
#include "key/key_text.h"
#include "results/csv_reader.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class PrecisionFlagTest : public BenchTest {
 protected:
  BenchResult RunWith(const std::vector<std::string>& arguments) const {
    return Run(Quick(Override({"--csv=r.csv"}, arguments)));
  }

  std::vector<Row> Rows() const { return ReadCsv(File("r.csv")); }
};

TEST_F(PrecisionFlagTest, BothPrecisionsOfTallMatricesWithEachLibrary) {
  const auto openblas = TestLibrary("openblas-pthread");
  const auto netlib = TestLibrary("netlib");
  if (!openblas) GTEST_SKIP() << NoTestLibrary("openblas-pthread");
  if (!netlib) GTEST_SKIP() << NoTestLibrary("netlib");
  const BenchResult result =
      RunWith({"--blas=" + *openblas + "," + *netlib + ",blis",
               "--operation=gemm,gelsd", "--precision=d,s", "--aspect=1,4",
               "--workers=2"});
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  std::set<std::string> seen;
  for (const Row& row : Rows()) {
    EXPECT_EQ(row.status, Status::kOk);
    EXPECT_GT(row.gflops, 0);
    seen.insert(KeyText(row, KeyStyle::kGroup));
  }
  EXPECT_THAT(seen, SizeIs(3 * 2 * 2 * 2));
}

TEST_F(PrecisionFlagTest, EveryOperationIsDoneInFloats) {
  const auto openblas = TestLibrary("openblas-serial");
  if (!openblas) GTEST_SKIP() << NoTestLibrary("openblas-serial");
  const BenchResult result =
      RunWith({"--blas=" + *openblas, "--precision=s", "--workers=2",
               "--operation=gemm,syrk,potrf,gesv,gesdd,gesdd_values,syevd,"
               "gelsd,multi_dot,none"});
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  std::set<std::string> seen;
  for (const Row& row : Rows()) {
    EXPECT_EQ(row.precision, Precision::kSingle);
    EXPECT_EQ(row.aspect, row.operation == "gelsd" ? 4U : 1U);
    seen.insert(row.operation);
  }
  EXPECT_THAT(seen, SizeIs(10));
}

TEST_F(PrecisionFlagTest, AWrongProductOfFloatsIsAnError) {
  const BenchResult result = RunWith(
      {"--precision=s", "--aspect=3", "--n=48", "--worker=" + FaultyWorker()});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  const BenchResult wrong =
      Run(Quick({"--precision=s", "--aspect=3", "--n=48", "--csv=none",
                 "--worker=" + FaultyWorker()}),
          {.environment = {"HYBRID_TEST_FAULT=wrong_product"}});
  EXPECT_EQ(wrong.exit_code(), 1);
  EXPECT_THAT(wrong.err, HasSubstr("made a wrong result of task"));
}

// An operation whose matrices have no m is measured where --aspect has a 1.
TEST_F(PrecisionFlagTest, WhatHasNoMIsSkippedWithTheReasonOrRefused) {
  const BenchResult some = RunWith(
      {"--operation=gemm,multi_dot", "--aspect=1,2", "--dry_run", "--n=40"});
  EXPECT_EQ(some.exit_code(), 0) << some.err;
  EXPECT_THAT(some.out, AllOf(HasSubstr("aspect=1,2"),
                              HasSubstr("multi_dot has no matrix of m rows")));
  const BenchResult none =
      RunWith({"--operation=multi_dot", "--aspect=2", "--n=40"});
  EXPECT_NE(none.exit_code(), 0);
  EXPECT_THAT(none.out + none.err,
              HasSubstr("multi_dot has no matrix of m rows"));
}

TEST_F(PrecisionFlagTest, WhatTheyDoNotTakeIsOneLine) {
  for (const char* flag : {"--precision=q", "--aspect=0", "--aspect=x"}) {
    const BenchResult result = RunWith({flag});
    EXPECT_EQ(result.exit_code(), 2) << flag;
    EXPECT_THAT(Lines(result.err),
                ElementsAre(AllOf(HasSubstr(flag), HasSubstr("takes"))));
  }
}

TEST_F(PrecisionFlagTest, ResumingMeasuresWhatIsMissingOfThem) {
  const std::vector<std::string> flags{"--precision=d,s", "--aspect=2",
                                       "--n=32", "--workers=1,2"};
  ASSERT_EQ(RunWith(flags).exit_code(), 0);
  const std::vector<Row> all = Rows();
  const BenchResult again = Run({"--resume=r.csv"});
  EXPECT_EQ(again.exit_code(), 0) << again.err;
  EXPECT_EQ(Rows().size(), all.size());
  const BenchResult other = Run({"--resume=r.csv", "--precision=s"});
  EXPECT_EQ(other.exit_code(), 2);
  EXPECT_THAT(other.err, HasSubstr("--precision"));
}

}  // namespace
}  // namespace hybrid
