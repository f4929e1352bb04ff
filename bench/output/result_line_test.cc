#include "output/result_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>
#include <string>
#include <vector>

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Key Gemm() {
  Key key;
  key.n = 256;
  key.batch = 64;
  key.workers = 2;
  key.kernels_asked = kBestKernels;
  return key;
}

Row Measured(double wall_s) {
  Row row;
  row.status = Status::kOk;
  row.wall_s = wall_s;
  row.load_s = wall_s * .1;
  row.operate_s = wall_s * .85;
  row.idle_s = wall_s * .05;
  row.gflops = 70 / wall_s * 1e-2;
  return row;
}

std::string Line(const Key& key, std::span<const Row> rows,
                 const std::string& ending) {
  return ResultLine(key, rows, ending, 1);
}

TEST(ResultLineTest, ShowsMedianSpreadRateAndPhases) {
  const std::vector<Row> rows{Measured(.0098), Measured(.01), Measured(.0102)};
  const std::string line = Line(Gemm(), rows, "");
  EXPECT_THAT(line, HasSubstr("gemm n=256 batch=64"));
  EXPECT_THAT(line, HasSubstr("2×1"));
  EXPECT_THAT(line, HasSubstr("10.0 ms ±2.0 %"));
  EXPECT_THAT(line, HasSubstr("70.0 GFLOP/s"));
  EXPECT_THAT(line, HasSubstr("load  10% operate  85% idle   5%"));
}

TEST(ResultLineTest, OneRepetitionHasNoSpread) {
  const std::vector<Row> rows{Measured(.01)};
  EXPECT_THAT(Line(Gemm(), rows, ""), Not(HasSubstr("±")));
}

TEST(ResultLineTest, DisturbedRepetitionsShowTheirTimeButGetNoVerdict) {
  std::vector<Row> rows{Measured(.01), Measured(.02)};
  for (Row& row : rows) row.speed_fraction = 0.5;
  const std::string line = Line(Gemm(), rows, "");
  EXPECT_THAT(line, HasSubstr("15.0 ms ±33 %"));
  EXPECT_THAT(line, HasSubstr("noisy: disturbed: none of 2 repetitions"));
}

TEST(ResultLineTest, AnEarlyEndShowsNoFigures) {
  const std::vector<Row> rows{Measured(.01)};
  const std::string line = Line(Gemm(), rows, "worker 0 died");
  EXPECT_THAT(line, HasSubstr("worker 0 died"));
  EXPECT_THAT(line, Not(HasSubstr("ms")));
}

TEST(ResultLineTest, KernelsShowWhereTheyAreNotTheBest) {
  EXPECT_THAT(Line(Gemm(), {}, ""), Not(HasSubstr("kernels")));
  Key key = Gemm();
  key.kernels_asked = kLibraryKernels;
  EXPECT_THAT(Line(key, {}, "worker 0 died"),
              HasSubstr("gemm n=256 batch=64 kernels=library 2×1"));
}

TEST(ResultLineTest, SplitsStandBelowEachOther) {
  Key library = Gemm();
  library.kernels_asked = kLibraryKernels;
  const std::string wide = ResultLine(library, {}, "died", 35);
  const std::string narrow = ResultLine(Gemm(), {}, "died", 35);
  EXPECT_EQ(wide.find("2×1"), 36U);
  EXPECT_EQ(narrow.find("2×1"), 36U);
}

TEST(ResultLineTest, DataAndCollectShowWhereTheyAreNotTheDefault) {
  Key key = Gemm();
  key.data = Data::kHot;
  key.collect = Collect::kShared;
  EXPECT_THAT(Line(key, {}, ""),
              HasSubstr("gemm n=256 batch=64 data=hot collect=shared"));
}

}  // namespace
}  // namespace hybrid
