#include "alternate/contender.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "alternate/alternation_error.h"
#include "base/test_folder.h"
#include "results/csv_reader.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
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
  EXPECT_THAT(Program({HYBRID_BENCH, kFlags}).ListBenchmarks(), SizeIs(2));
}

TEST(ContenderTest, WhatIsNoBenchIsSaidToBeNone) {
  EXPECT_THAT(ErrorOf([] {
                Program({"/bin/true", {}});
              }),
              HasSubstr("/bin/true is neither bench nor"));
  EXPECT_THAT(ErrorOf([] {
                Program({"/no/bench", {}});
              }),
              HasSubstr("/no/bench can't be run: No such file"));
  EXPECT_THAT(ErrorOf([] {
                Program({HYBRID_BENCH, {"--frob=1"}}).ListBenchmarks();
              }),
              HasSubstr("--frob"));
}

TEST(ContenderTest, MeasuresOnlyWhatItIsToldTo) {
  const TestFolder folder;
  const Program program({HYBRID_BENCH, kFlags});
  const std::vector<std::string> names = program.ListBenchmarks();
  folder.Lay("/a.csv", Measure({&program, names.back(), folder.File("b.csv")}));
  const std::vector<Row> rows = ReadCsv(folder.File("a.csv"));
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows.front().workers, 2U);
  EXPECT_EQ(rows.front().kernels_asked, "library");
  EXPECT_FALSE(rows.front().peak_gflops);
  EXPECT_FALSE(std::filesystem::exists(folder.File("b.csv")));
}

TEST(ContenderTest, WhoWritesNothingFails) {
  const TestFolder folder;
  const Program program({HYBRID_BENCH, {"--n=16", "--worker=/no/worker"}});
  EXPECT_THAT(ErrorOf([&] {
                Measure({&program, program.ListBenchmarks().front(),
                         folder.File("a.csv")});
              }),
              HasSubstr("/no/worker"));
}

TEST(ContenderTest, TwoTakeTurnsAndBothMeasure) {
  const TestFolder folder;
  const Program program({HYBRID_BENCH, kFlags});
  ASSERT_TRUE(program.TakesTurns());
  const std::string name = program.ListBenchmarks().front();
  const auto [one, other] =
      MeasureInTurns({&program, name, folder.File("a.csv")},
                     {&program, name, folder.File("b.csv")});
  folder.Lay("/a.csv", one);
  folder.Lay("/b.csv", other);
  for (const char* const file : {"a.csv", "b.csv"}) {
    const std::vector<Row> rows = ReadCsv(folder.File(file));
    ASSERT_THAT(rows, SizeIs(1));
    EXPECT_EQ(rows.front().status, Status::kOk);
    EXPECT_GT(rows.front().batch_min_s.value(), 0);
    // The other one's work is nobody else's.
    EXPECT_FALSE(rows.front().foreign_cpu_s);
  }
}

TEST(ContenderTest, WhoseOtherFailsMeasuresAlone) {
  const TestFolder folder;
  const Program program({HYBRID_BENCH, kFlags});
  const Program broken({HYBRID_BENCH, {"--n=16", "--worker=/no/worker"}});
  const std::string name = program.ListBenchmarks().front();
  EXPECT_THAT(ErrorOf([&] {
                MeasureInTurns({&program, name, folder.File("a.csv")},
                               {&broken, broken.ListBenchmarks().front(),
                                folder.File("b.csv")});
              }),
              HasSubstr("/no/worker"));
}

// A program of theirs has none of bench's flags.
TEST(ContenderTest, ProgramsWithGoogleBenchmarkAreMeasured) {
  const TestFolder folder;
  const Program program({HYBRID_GOOGLE_BENCHMARKS, {}});
  EXPECT_EQ(program.kind().suffix(), "json");
  EXPECT_FALSE(program.TakesTurns());
  EXPECT_THAT(program.ListBenchmarks(), Contains("Sum/64"));
  const std::string text = Measure({&program, "Sum/64", folder.File("a.json")});
  EXPECT_THAT(text, AllOf(HasSubstr("\"Sum/64\""), Not(HasSubstr("Sum/512"))));
}

}  // namespace
}  // namespace hybrid
