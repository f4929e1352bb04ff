#include "analysis/screen_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "analysis/format_units.h"
#include "analysis/test_rows.h"
#include "base/text.h"
#include "results/csv_reader.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ScreenTextTest : public ::testing::Test {
 protected:
  /// The screen, which must fit.
  std::string Screen(const ScreenSettings& settings = {}) {
    return Checked(ScreenText(FindAnswers(test.rows), settings));
  }

  static std::string Checked(const std::string& text) {
    std::istringstream lines(text);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
      EXPECT_LE(DisplayWidth(line), kScreenColumns) << line;
      EXPECT_FALSE(line.ends_with(' ')) << line;
    }
    EXPECT_LE(count, kFirstScreenLines) << text;
    return text;
  }

  void Group(std::uint64_t n, std::uint64_t batch = 8) {
    test.base.n = n;
    test.base.batch = batch;
    test.Ok({1, 1}, {0.0189, 0.0190, 0.0191}, Start(0.01));
    test.Ok({2, 1}, {0.0095, 0.00961, 0.0097}, Start(0.012));
    test.Ok({1, 2}, {0.0115, 0.0116, 0.0117});
    test.Ok({2, 2}, {0.079, 0.080, 0.081});
  }

  TestRows test;
};

TEST_F(ScreenTextTest, TellsTheAnswer) {
  Group(256);
  const std::string text = Screen({.file = "results/r.csv", .stray = {}});
  EXPECT_THAT(text, StartsWith("ANSWER  2×1 (2 processes × 1 BLAS thread), "
                               "fastest or tied in its group\n"
                               "        1.98× over 1×1 · 1.21× over 1×2 · "
                               "8.3× over 2×2\n"
                               "TRUST   fair: "));
  EXPECT_THAT(text, HasSubstr("AVOID   2×2 (n=256 batch=8 takes 8.3× the "
                              "time)"));
  EXPECT_THAT(text, HasSubstr("\nPASTE   # 2 processes × 1 BLAS thread"));
  EXPECT_THAT(text, HasSubstr("MORE    causes"));
  EXPECT_TRUE(text.ends_with("\nFILE    results/r.csv\n")) << text;
}

TEST_F(ScreenTextTest, ManyGroupsFitAndTheRestIsCounted) {
  for (std::uint64_t n = 1; n <= 40; ++n) Group(n);
  EXPECT_THAT(Screen(), HasSubstr("groups not shown"));
}

TEST_F(ScreenTextTest, RulesWhereNoSplitSuitsAll) {
  Group(256);
  test.base.n = 16;
  test.Ok({1, 1}, {1e-5, 1.01e-5, 1.02e-5});
  test.Ok({2, 1}, {3e-5, 3.01e-5, 3.02e-5});
  const std::string text = Screen();
  EXPECT_THAT(text,
              HasSubstr("ANSWER  n ≤ 16: 1×1 (1 process × 1 BLAS thread)"));
  EXPECT_THAT(text, HasSubstr("        n ≥ 256: 2×1 (2 processes"));
  EXPECT_THAT(
      text, HasSubstr("PASTE   # 2 processes × 1 BLAS thread, for n ≥ 256\n"));
  EXPECT_THAT(text, Not(HasSubstr("most often")));
}

TEST_F(ScreenTextTest, WaysAreToldApart) {
  Group(256);
  test.base.data = Data::kHot;
  Group(256);
  const std::string text = Screen();
  EXPECT_THAT(text, HasSubstr("ANSWER  fresh operands: "));
  EXPECT_THAT(text, HasSubstr("\n        hot operands: "));
}

TEST_F(ScreenTextTest, NothingIsRecommendedWithoutTrust) {
  test.Ok({1, 1}, {2, 2, 2, 2}, [](Row& row) {
    row.cpu_s = *row.wall_s;
    row.steal_s = 0.5 * *row.wall_s;
  });
  test.Ok({2, 1}, {1, 1.01, 1.02});
  const std::string text = Screen();
  EXPECT_THAT(text, StartsWith("ANSWER  no split can be recommended"));
  EXPECT_THAT(text, HasSubstr("\nTRUST   none: "));
  EXPECT_THAT(text, Not(HasSubstr("PASTE")));
}

TEST_F(ScreenTextTest, ATieInPlaceOfWhatIsOversubscribed) {
  test.Ok({4, 1}, {1, 1.01, 1.02});
  test.Ok({2, 1}, {1.01, 1.02, 1.03});
  test.Ok({1, 1}, {2, 2.01, 2.02});
  const std::string text = Screen();
  EXPECT_THAT(text, StartsWith("ANSWER  2×1 ("));
  EXPECT_THAT(text, HasSubstr("  2×1        1.02 s ±1.0 %"));
  EXPECT_THAT(text, Not(HasSubstr("4×1")));
}

TEST_F(ScreenTextTest, OneSplitAloneIsNoAnswer) {
  test.Ok({2, 1}, {1, 1.01, 1.02});
  test.Error({1, 1}, "it broke");
  const std::string text = Screen();
  EXPECT_THAT(text, StartsWith("ANSWER  none: fewer than two splits"));
  EXPECT_THAT(text, Not(HasSubstr("PASTE")));
}

TEST_F(ScreenTextTest, GainsObeyTheVerdicts) {
  test.Ok({2, 1}, {1, 1.01, 1.02});
  test.Ok({1, 2}, {1.01, 1.02, 1.03});
  test.Ok({2, 2}, {1, 1.64, 9});
  const std::string text = Screen();
  EXPECT_THAT(text, HasSubstr("no gain over 1×2"));
  EXPECT_THAT(text, Not(HasSubstr("1.6")));
}

TEST_F(ScreenTextTest, StyleIsForTerminals) {
  Group(256);
  EXPECT_THAT(Screen(), Not(HasSubstr("\033")));
  EXPECT_THAT(ScreenText(FindAnswers(test.rows),
                         {.file = "", .stray = {}, .styled = true}),
              StartsWith("\033[1mANSWER\033[0m  2×1"));
}

TEST_F(ScreenTextTest, WhatIsLongFitsToo) {
  test.base.usable_cores = 128;
  test.base.kernels_setting = "12";
  test.base.blas_threading = "none";
  for (const char* host : {"a-host-with-quite-a-long-name.example.org", "b"}) {
    test.base.host = host;
    for (const char* kernels : {"best", "kernels-of-a-very-long-name-indeed"}) {
      test.base.kernels_asked = kernels;
      test.base.kernels = kernels;
      test.base.data = Data::kResident;
      for (std::uint64_t i = 0; i < 20; ++i) {
        test.base.n = 1000000 + i;
        test.base.batch = 1000000 - i;
        test.Ok({1, 1}, {98765.4, 98766, 98767}, Start(1000));
        test.Ok({128, 1}, {0.1, 0.1001, 0.1002}, Start(1000));
        test.Ok({1, 128}, {123456.7, 123457, 123458});
        test.Capped({128, 128}, 600, i % 2);
        // No split suits all groups.
        if (i % 3 == 0) test.Ok({64, 2}, {0.01, 0.01001, 0.01002});
      }
    }
  }
  Screen({.file = "results/2026-11-26T20:00:00Z-a-host-with-a-name.csv",
          .stray = {"OMP_PROC_BIND=true", "GOMP_CPU_AFFINITY=0",
                    "OPENBLAS_CORETYPE=Haswell", "KMP_AFFINITY=compact",
                    "BLIS_JC_NT=2", "MKL_ENABLE_INSTRUCTIONS=AVX2"}});
}

TEST_F(ScreenTextTest, WhatStandsAboveTakesLines) {
  for (std::uint64_t n = 1; n <= 40; ++n) Group(n);
  const std::string text = ScreenText(FindAnswers(test.rows),
                                      {.file = "", .stray = {}, .lines = 22});
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 22) << text;
}

TEST_F(ScreenTextTest, NothingToAnswer) {
  EXPECT_THAT(Screen(), HasSubstr("nothing to answer"));
  test.base.operation = "none";
  test.Ok({1, 1}, {1, 1, 1});
  EXPECT_THAT(Screen(), StartsWith("ANSWER  none: the tasks compute nothing"));
}

TEST_F(ScreenTextTest, RecordedRunsFit) {
  for (const char* file : {"/2-core-epyc-zen4.csv", "/version-2.csv"}) {
    Checked(
        ScreenText(FindAnswers(ReadCsv(std::string(HYBRID_EXAMPLES) + file)),
                   {.file = file,
                    .stray = {"OMP_PROC_BIND=true", "GOMP_CPU_AFFINITY=0"}}));
  }
}

}  // namespace
}  // namespace hybrid
