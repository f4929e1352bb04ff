#include "alternate/contender.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/test_folder.h"
#include "results/csv_reader.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

const std::vector<std::string> kFlags = {"--n=16", "--batch=4", "--workers=1,2",
                                         "--blas_threads=1",
                                         "--benchmark_min_time=0.001"};

template <typename Call>
std::string ErrorOf(const Call& call) {
  try {
    call();
  } catch (const AlternationError& error) {
    return error.what();
  }
  return "";
}

TEST(CheckFlagsTest, WhatRunSetsItselfIsRefused) {
  EXPECT_EQ(ErrorOf([] { CheckFlags(kFlags); }), "");
  for (const char* const flag :
       {"--csv=x", "--record", "--resume=a.csv", "--benchmark_repetitions=3",
        "--search", "--budget=5s", "--kernels=best", "--kernels=zen,best"}) {
    EXPECT_THAT(ErrorOf([&] {
                  CheckFlags({"--n=64", flag});
                }),
                StartsWith(std::string(flag).substr(0, 5)))
        << flag;
  }
}

TEST(ContenderTest, ListsWhatItWouldRun) {
  EXPECT_THAT(ListBenchmarks({HYBRID_BENCH, kFlags}), SizeIs(2));
}

TEST(ContenderTest, WhatIsNoBenchIsSaidToBeNone) {
  EXPECT_THAT(ErrorOf([] {
                ListBenchmarks({"/bin/true", {}});
              }),
              HasSubstr("/bin/true is no bench"));
  EXPECT_THAT(ErrorOf([] {
                ListBenchmarks({"/no/bench", {}});
              }),
              HasSubstr("/no/bench can't be run: No such file"));
  EXPECT_THAT(ErrorOf([] {
                ListBenchmarks({HYBRID_BENCH, {"--frob=1"}});
              }),
              HasSubstr("--frob"));
}

TEST(ContenderTest, MeasuresOnlyWhatItIsToldTo) {
  const TestFolder folder;
  const std::vector<std::string> names = ListBenchmarks({HYBRID_BENCH, kFlags});
  RunRound({HYBRID_BENCH, kFlags},
           {.names = {names.back()}, .csv = folder.File("a.csv")});
  const std::vector<Row> rows = ReadCsv(folder.File("a.csv"));
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows.front().workers, 2U);
  EXPECT_EQ(rows.front().kernels_asked, "library");
  EXPECT_FALSE(rows.front().peak_gflops);
}

TEST(ContenderTest, WhoWritesNothingFails) {
  const TestFolder folder;
  EXPECT_THAT(ErrorOf([&] {
                RunRound({HYBRID_BENCH, {"--n=16", "--worker=/no/worker"}},
                         {.csv = folder.File("a.csv")});
              }),
              HasSubstr("/no/worker"));
}

}  // namespace
}  // namespace hybrid
