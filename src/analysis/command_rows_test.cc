// What is told of the user's own program: nobody knows its flops, its BLAS, or
// its matrices.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "analysis/answer_text.h"
#include "analysis/memory_traffic.h"
#include "analysis/noise_floor.h"
#include "analysis/screen_text.h"
#include "analysis/test_rows.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class CommandRowsTest : public ::testing::Test {
 protected:
  CommandRowsTest() {
    Row& base = test.base;
    base.operation = kCommandOperation;
    base.command = "python3 job.py";
    base.protocol = "auto";
    base.blas.clear();
    base.kernels_asked.clear();
    base.kernels.clear();
    base.blas_version.clear();
    base.n = 0;
    base.batch = 32;
    base.cache_bytes = 1 << 20;
    base.triad_bytes_per_s = 1e10;
  }

  void AddGroup() {
    test.Ok({1, 1}, {0.19, 0.191, 0.192}, Start(0.3));
    test.Ok({2, 1}, {0.1, 0.101, 0.102}, Start(0.4));
    test.Ok({1, 2}, {0.15, 0.151, 0.152}, Start(0.3));
    test.Ok({2, 2}, {0.8, 0.81, 0.82}, Start(0.4));
  }

  std::string Answer() const { return AnswerText(FindAnswers(test.rows)); }
  std::string Screen() const {
    return ScreenText(FindAnswers(test.rows), ScreenSettings());
  }

  static auto SaysNothingUnknown() {
    return AllOf(Not(HasSubstr("GFLOP")), Not(HasSubstr("n=0")),
                 Not(HasSubstr("operands")), Not(HasSubstr("kernels  ")),
                 Not(HasSubstr("peak\n")), Not(HasSubstr("(, ")),
                 Not(HasSubstr(", ,")));
  }

  TestRows test;
};

TEST_F(CommandRowsTest, TheAnswerHasTasksInPlaceOfFlops) {
  AddGroup();
  const std::string text = Answer();
  EXPECT_THAT(text, SaysNothingUnknown());
  EXPECT_THAT(text, HasSubstr("\ncommand  batch=32  (command python3 job.py)\n"
                              "  best     2×1  101 ms ±1.0 %   317 tasks/s\n"));
  EXPECT_THAT(text, HasSubstr("Overall: 2×1 (2 processes × 1 BLAS thread)"));
}

TEST_F(CommandRowsTest, WaysDifferInWhatIsAsked) {
  AddGroup();
  test.base.protocol = "once";
  test.base.environment = "OMP_WAIT_POLICY=active";
  test.base.n = 512;
  test.base.blas = "openblas-pthread";
  AddGroup();
  const std::string text = Answer();
  EXPECT_THAT(text, HasSubstr("\ncommand  n=512  batch=32  (command python3 "
                              "job.py, protocol once, env "
                              "OMP_WAIT_POLICY=active, openblas-pthread)\n"));
  EXPECT_THAT(Screen(), SaysNothingUnknown());
}

TEST_F(CommandRowsTest, TheScreenAdvisesAsForAnyWork) {
  AddGroup();
  const std::string text = Screen();
  EXPECT_THAT(text, AllOf(SaysNothingUnknown(), Not(HasSubstr("peak"))));
  EXPECT_THAT(text,
              StartsWith("ANSWER  2×1 (2 processes × 1 BLAS thread), fastest "
                         "or tied in its group\n"
                         "        1.89× over 1×1"));
  EXPECT_THAT(text, HasSubstr("AVOID   2×2 (batch=32 takes 8.0× the time)"));
  EXPECT_THAT(text, HasSubstr("\n      -     32  2×1"));
  EXPECT_THAT(text, HasSubstr("PASTE   # 2 processes × 1 BLAS thread"));
}

TEST_F(CommandRowsTest, TheFlopsThatItSaysAreNominal) {
  AddGroup();
  for (Row& row : test.rows) {
    row.gflops = *row.tasks_per_s / 10;
    row.peak_gflops = 1;  // Which it does not refute.
  }
  const std::vector<hybrid::Answer> answers = FindAnswers(test.rows);
  EXPECT_EQ(answers[0].ceilings.peak(Precision::kDouble).gflops, 1);
  EXPECT_THAT(AnswerText(answers),
              AllOf(HasSubstr("  317 tasks/s (~31.7 GFLOP/s)\n"),
                    Not(HasSubstr("of this machine's peak"))));
}

TEST_F(CommandRowsTest, WhatNobodyVerifiedAndWhatWasNotRunIsToldInLittleRoom) {
  test.base.verified_by = kVerifiedByNobody;
  AddGroup();
  EXPECT_THAT(Answer(), HasSubstr("\n  results  nobody verified the results: "
                                  "give hybridbench.run a verify\n"));
  ScreenSettings settings;
  settings.not_run =
      "8×1 not run: 8 workers would need 12 GiB of 8 GiB (measured on 1×1)";
  for (std::uint64_t n = 1; n < 20; ++n) {
    test.base.n = n;
    AddGroup();
  }
  const std::string screen = ScreenText(FindAnswers(test.rows), settings);
  EXPECT_THAT(screen, HasSubstr("; nobody verified the results"));
  EXPECT_THAT(screen, HasSubstr("\nSKIPPED 8×1 not run: 8 workers would need"));
  EXPECT_LE(std::count(screen.begin(), screen.end(), '\n'), 30);
}

TEST_F(CommandRowsTest, ItsMemoryTrafficIsNotKnown) {
  AddGroup();
  const std::vector<hybrid::Answer> answers = FindAnswers(test.rows);
  EXPECT_FALSE(WorkingSetBytes(answers[0].key, 2));
  EXPECT_FALSE(BytesPerTask(answers[0].key));
  EXPECT_FALSE(
      MemoryFraction(answers[0].key, answers[0].ceilings, *answers[0].best()));
}

TEST_F(CommandRowsTest, ItPaysOnceTheStartOfItsProgramsIsRepaid) {
  // Programs of 300 ms of imports: of one it takes 310 ms, of two at once 380.
  test.Ok({1, 1}, {0.32, 0.32, 0.3201}, Start(0.31));
  test.Ok({2, 1}, {0.16, 0.16, 0.1601}, Start(0.38));
  // 10 ms a task against 5: 14 tasks make up for 70 ms, 15 are won by.
  EXPECT_EQ(FindAnswers(test.rows)[0].break_even, 15U);
  EXPECT_THAT(Answer(), HasSubstr("pays off from 15 tasks on, start-up "
                                  "included (2×1 starts in 380 ms)"));
  EXPECT_THAT(Screen(), HasSubstr("      15\n"));
}

TEST_F(CommandRowsTest, OfWholeProgramsNobodyKnowsFromWhereOnTheyPay) {
  // Their start is within the batch: who knows how long one of 16 takes?
  test.base.protocol = kWholeProtocol;
  test.Ok({1, 1}, {1.0, 1.01, 1.02}, Start(0.002));
  test.Ok({2, 1}, {0.9, 0.91, 0.92}, Start(0.002));
  EXPECT_EQ(FindAnswers(test.rows)[0].break_even, std::nullopt);
  EXPECT_THAT(Answer(), Not(HasSubstr("pays off")));
  EXPECT_THAT(Screen(), HasSubstr("       -\n"));
}

TEST_F(CommandRowsTest, WhoWouldHaveChosenASplitIsNamed) {
  AddGroup();
  EXPECT_THAT(
      Screen(),
      HasSubstr("        1.89× over 1×1 · that of joblib, dask · 1.50× "
                "over 1×2 (one process, all\n        BLAS threads) · 8.0× over "
                "2×2 (Pool(2), all BLAS threads)\n"));
  EXPECT_THAT(Answer(),
              HasSubstr("8.0× over 2×2 (Pool(2), all BLAS threads) · it is "
                        "that of joblib, dask\n"));
}

TEST_F(CommandRowsTest, OneByOneIsNobodysChoice) {
  test.Ok({1, 1}, {0.1, 0.101, 0.102}, Start(0.3));
  test.Ok({1, 2}, {0.15, 0.151, 0.152}, Start(0.3));
  EXPECT_THAT(Screen(), HasSubstr("        1.50× over 1×2 (one process, all "
                                  "BLAS threads)\n"));
  EXPECT_THAT(Screen() + Answer(), AllOf(Not(HasSubstr("no parallelism")),
                                         Not(HasSubstr("that of"))));
}

TEST_F(CommandRowsTest, LongCommandsAreCutWhereTheyStillDiffer) {
  const std::string path = "python3 /home/somebody/projects/analysis/job.py ";
  test.base.command = path + "--first";
  AddGroup();
  test.base.command = "./other " + std::string(100, 'x');
  AddGroup();
  EXPECT_THAT(Screen(), HasSubstr("command ./other xxxxxxxxxxxxxxxxxxxxxxxxxx"
                                  "x…"));
  EXPECT_THAT(Screen(), Not(HasSubstr("--first")));
  test.base.command = path + "--second";
  AddGroup();
  EXPECT_THAT(Screen(), HasSubstr("--first"));
}

TEST_F(CommandRowsTest, ALibraryOfAProgramIsItsVersion) {
  test.base.blas_version = "openblas-0.3.21";
  AddGroup();
  test.base.blas_version = "mkl-2020.4";
  AddGroup();
  EXPECT_THAT(Screen(), HasSubstr("LIBRARY mkl-2020.4 is fastest or tied in 1 "
                                  "of 1; openblas-0.3.21 ties\n"));
}

TEST_F(CommandRowsTest, TheNoiseIsToldWithoutAnN) {
  test.base.family = Family::kNoise;
  for (const auto variant : {kNoiseA, kNoiseB}) {
    test.base.variant = variant;
    test.Ok({2, 1}, {0.1, 0.101, 0.102, 0.1, 0.101, 0.102});
  }
  EXPECT_THAT(NoiseText(test.rows), HasSubstr("\n  command  batch=32  2×1   "));
  test.base.family = Family::kHybrid;
  test.base.variant.clear();
  AddGroup();
  EXPECT_THAT(Screen(), SaysNothingUnknown());
}

}  // namespace
}  // namespace hybrid
