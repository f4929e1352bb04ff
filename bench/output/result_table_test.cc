#include "output/result_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>
#include <string>
#include <vector>

#include "base/text.h"
#include "key/test_keys.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
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
                 const std::string& ending = "", bool verbose = false) {
  return ResultTable({key}, 7, verbose).Line("[ 1/36]", key, rows, ending);
}

TEST(ResultTableTest, ShowsMedianSpreadRateAndShareOfPeak) {
  std::vector<Row> rows{Measured(.0098), Measured(.01), Measured(.0102)};
  for (Row& row : rows) row.peak_fraction = 0.84;
  EXPECT_EQ(Line(Gemm(), rows),
            "[ 1/36] n=256 batch=64 2×1    10.0 ms  ±2.0 %    70.0  84 %\n");
}

TEST(ResultTableTest, MarksARateByANominalCount) {
  Key key = Gemm();
  key.operation = "gesdd";
  const std::vector<Row> rows{Measured(.01)};
  EXPECT_THAT(Line(key, rows), HasSubstr(" ~70.0"));
}

TEST(ResultTableTest, OfACommandItShowsTasksInPlaceOfFlops) {
  const Key key = CommandKey("python3 job.py", 8, 2);
  Row row = Measured(.01);
  row.batch = 8;
  row.gflops.reset();
  EXPECT_EQ(Line(key, std::vector<Row>{row}),
            "[ 1/36] batch=8 2×1    10.0 ms             800\n");
  EXPECT_THAT(ResultTable({key}, 7, false).Header(),
              AllOf(HasSubstr("spread tasks/s\n"), Not(HasSubstr("peak"))));
  EXPECT_THAT(ResultTable({Gemm()}, 7, false).Header(),
              HasSubstr("GFLOP/s  peak\n"));
}

TEST(ResultTableTest, BesideACommandOthersHaveTheirOwnRates) {
  const Key command = CommandKey("python3 job.py", 8, 2);
  Row of_command = Measured(.01);
  of_command.tasks_per_s = 800;
  of_command.gflops.reset();
  Row other = Measured(.01);
  other.peak_fraction = 0.84;
  for (const std::vector<Key>& keys :
       {std::vector{command, Gemm()}, std::vector{Gemm(), command}}) {
    const ResultTable table(keys, 7, false);
    EXPECT_THAT(table.Header(), HasSubstr("GFLOP/s           peak\n"));
    EXPECT_THAT(table.Line("", command, std::vector{of_command}, ""),
                HasSubstr("   800/s\n"));
    EXPECT_THAT(table.Line("", Gemm(), std::vector{other}, ""),
                HasSubstr("    70.0           84 %\n"));
  }
}

TEST(ResultTableTest, OneRepetitionHasNoSpread) {
  const std::vector<Row> rows{Measured(.01)};
  EXPECT_THAT(Line(Gemm(), rows), Not(HasSubstr("±")));
}

TEST(ResultTableTest, VerboseTellsPhasesAndAttempt) {
  std::vector<Row> rows{Measured(.0098), Measured(.01), Measured(.0102)};
  for (Row& row : rows) row.attempt = 1;
  EXPECT_THAT(
      Line(Gemm(), rows, "", true),
      HasSubstr(
          "\n        load 10 % · operate 85 % · idle 5.0 % · attempt 2\n"));
}

TEST(ResultTableTest, DisturbedRepetitionsShowTheirTimeAndAMark) {
  std::vector<Row> rows{Measured(.01), Measured(.02)};
  for (Row& row : rows) row.speed_fraction = 0.5;
  EXPECT_THAT(Line(Gemm(), rows),
              HasSubstr("15.0 ms   ±33 %               !\n"));
  EXPECT_THAT(Line(Gemm(), rows, "", true),
              HasSubstr("noisy: disturbed: none of 2 repetitions"));
}

TEST(ResultTableTest, AnEarlyEndShowsNoFigures) {
  const std::vector<Row> rows{Measured(.01)};
  const std::string line = Line(Gemm(), rows, "worker 0 died");
  EXPECT_THAT(line, HasSubstr("2×1    failed\n"));
  EXPECT_THAT(Line(Gemm(), rows, "worker 0 died", true),
              HasSubstr("worker 0 died\n"));
  Row capped = Measured(1.2);
  capped.batch = 8;
  capped.status = Status::kCapped;
  capped.tasks_done = 5;
  EXPECT_THAT(Line(Gemm(), std::vector{capped}, "capped: a long story"),
              HasSubstr("capped: 5 of 8 tasks in 1.20 s\n"));
}

TEST(ResultTableTest, WhatDiffersIsInEveryLineAndWhatDoesNotInNone) {
  Key library = Gemm();
  library.kernels_asked = kLibraryKernels;
  library.data = Data::kHot;
  Key best = library;
  best.kernels_asked = kBestKernels;
  const ResultTable table({library, best}, 7, false);
  EXPECT_THAT(table.Line("", library, {}, "died"),
              HasSubstr("n=256 batch=64 kernels=library 2×1"));
  EXPECT_THAT(table.Line("", best, {}, "died"),
              HasSubstr("n=256 batch=64                 2×1"));
}

TEST(ResultTableTest, ARateByWhatACommandSaysIsMarkedAndFits) {
  Key key = CommandKey("python3 job.py", 8, 2);
  Row row = Measured(.01);
  row.tasks_per_s = 800;
  EXPECT_THAT(Line(key, std::vector{row}), HasSubstr(" 800  ~70.0 GFLOP/s\n"));
  key.workers = key.blas_threads = 128;
  key.batch = 1'000'000;
  Key other = key;
  other.command = "python3 another_program.py --with --arguments";
  const ResultTable table({key, other}, 11, false);
  row.wall_s = 123.4;
  row.tasks_per_s = 123456;
  row.gflops = 12345;
  EXPECT_LE(
      DisplayWidth(table.Line("[1000/1000]", other, std::vector{row}, "")),
      kScreenColumns + 1);
}

TEST(ResultTableTest, WhatWasNotRunSaysWhy) {
  const Key key = CommandKey("python3 job.py", 8, 2);
  EXPECT_THAT(Line(key, {}, "not run: too large"),
              HasSubstr("2×1    not run: too large\n"));
  EXPECT_THAT(Line(key, {},
                   "not run: 2 workers would need 12 GiB of 8 GiB (measured "
                   "on 1×1)",
                   true),
              HasSubstr("2×1    not run\n  2 workers would need 12 GiB of "
                        "8 GiB (measured on 1×1)\n"));
}

TEST(ResultTableTest, AFirstRepetitionIsProvisional) {
  EXPECT_EQ(
      ResultTable({Gemm()}, 7, false).FirstLine("[ 1/36]", Gemm(), 33.1, 3),
      "[ 1/36] n=256 batch=64 2×1     33.1 s  first of 3\n");
}

TEST(ResultTableTest, EveryLineFitsAScreen) {
  Key wide = Gemm();
  wide.n = 1'000'000;
  wide.batch = 1'000'000;
  wide.workers = 128;
  wide.blas_threads = 128;
  wide.data = Data::kResident;
  wide.collect = Collect::kShared;
  wide.kernels_asked = "cortexa57";
  Row row = Measured(123.4);
  row.peak_fraction = 1;
  row.gflops = 123456;
  const ResultTable table({Gemm(), wide}, 11, false);
  for (const std::string& line :
       {table.Header(), table.Line("[1000/1000]", wide, std::vector{row}, ""),
        table.FirstLine("[1000/1000]", wide, 123.4, 3)}) {
    EXPECT_LE(DisplayWidth(line), kScreenColumns + 1) << line;
  }
}

}  // namespace
}  // namespace hybrid
