#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <regex>
#include <sstream>
#include <string>

#include "analysis/answer.h"
#include "analysis/answer_text.h"
#include "analysis/screen_text.h"
#include "analysis/test_launches.h"
#include "analysis/trust.h"
#include "base/text.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

/// What is said of launches of one run.
class LaunchedTextTest : public ::testing::Test {
 protected:
  std::string Why() const { return AnswerText(FindAnswers(test.rows)); }

  /// The same in one line.
  std::string WhyInOneLine() const {
    return std::regex_replace(Why(), std::regex("\n +"), " ");
  }

  TrustVerdict Judged() const { return JudgeTrust(FindAnswers(test.rows)); }

  /// The first screen, which must fit.
  std::string Screen() const {
    std::string text = ScreenText(FindAnswers(test.rows), {});
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(DisplayWidth(line), kScreenColumns) << line;
    }
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'),
              static_cast<std::ptrdiff_t>(kFirstScreenLines));
    return text;
  }

  /// A grid in which 4×1 is the best by far.
  void ClearGrid() {
    test.Rounds({4, 1}, {1.00, 1.01, 1.02, 1.01, 1.02});
    test.Rounds({2, 2}, {1.30, 1.31, 1.33, 1.31, 1.33});
    test.Rounds({1, 1}, {4.00, 4.01, 4.03, 4.01, 4.03});
  }

  /// A grid of equal splits that scatter.
  void UnsureGrid() {
    test.Rounds({4, 1}, {1.00, 1.11, 1.02, 1.12});
    test.Rounds({2, 2}, {1.11, 1.01, 1.12, 1.03});
    test.Rounds({1, 4}, {1.02, 1.12, 1.11, 1.02});
  }

  /// A search that left 1×1 out for its bound; 4×4 was stopped.
  void Search() {
    test.Launched({4, 1}, Stage::kScreen, 0, 1.00);
    test.Launched({2, 2}, Stage::kScreen, 0, 1.30);
    test.Cut({4, 4}, Stage::kScreen, 0, 2);
    for (const std::uint64_t round : {1U, 2U, 3U}) {
      test.Launched({4, 1}, Stage::kRace, round, 1.01);
      test.Launched({2, 2}, Stage::kRace, round, 1.32);
    }
  }

  TestLaunches test;
};

TEST_F(LaunchedTextTest, OfAGridTheChanceIsTold) {
  ClearGrid();
  EXPECT_THAT(Why(),
              HasSubstr("\n  chance   5 rounds. A split more than 3 % faster "
                        "has been missed with a chance of less than 0.1 %\n"
                        "           (estimated)\n"));
  EXPECT_THAT(Why(), Not(HasSubstr("  search ")));
  EXPECT_THAT(Why(), HasSubstr("noise floor  "));
  EXPECT_THAT(Why(), HasSubstr("(n=256); no difference below it is claimed\n"));
}

TEST_F(LaunchedTextTest, OfASearchWhatItSparedIsTold) {
  Search();
  const std::string text = Why();
  EXPECT_THAT(text, HasSubstr("\n  best     4×1  1.01 s ±0.5 % (4 launches) "));
  EXPECT_THAT(text, HasSubstr("\n  search   3 of 3 splits in "));
  EXPECT_THAT(text, HasSubstr(" all would take "));
  EXPECT_THAT(text, HasSubstr("\n           stopped: 1, at least 1.9 times as "
                              "slow\n"));
}

TEST_F(LaunchedTextTest, NothingOfWorkersThatLivedOn) {
  test.Ok({4, 1}, {1, 1.01, 1.02});
  test.Ok({1, 1}, {4, 4.01, 4.02});
  const std::string text = Why();
  EXPECT_THAT(text, Not(HasSubstr("  chance ")));
  EXPECT_THAT(text, HasSubstr("noise floor  not measured; 3 or more "
                              "repetitions, each with workers launched anew"));
  EXPECT_THAT(text, Not(HasSubstr("Noise")));
  EXPECT_EQ(Judged().reason, "the noise floor was not measured");
}

TEST_F(LaunchedTextTest, WhatWasNotRunIsSaidSo) {
  test.base.flags = "--search=true --budget=9s";
  Search();
  test.Skipped({1, 1}, 3.2);
  test.Skipped({1, 4});
  const std::string text = Why();
  EXPECT_THAT(WhyInOneLine(),
              HasSubstr("No chance is given, since --budget=9s ended: 1×1, 1×4 "
                        "were not run"));
  EXPECT_THAT(text, HasSubstr("1×1: not run"));
  EXPECT_THAT(text, HasSubstr("1×4 (one process, all BLAS threads): not run"));
  EXPECT_THAT(text, HasSubstr("\n  2 splits not run in any group\n"));
  EXPECT_THAT(text, Not(HasSubstr("\n  1×1  ")));
  EXPECT_THAT(text, Not(HasSubstr("why      1×1")));
  const std::string screen = Screen();
  EXPECT_THAT(screen, HasSubstr(" not run "));
  EXPECT_EQ(Judged().trust, Trust::kFair);
  EXPECT_EQ(Judged().reason,
            "2 of 5 splits not run at n=256 batch=64: --budget=9s ended");
}

TEST_F(LaunchedTextTest, TrustTellsTheChanceOfAllGroups) {
  ClearGrid();
  EXPECT_EQ(Judged().trust, Trust::kGood) << Judged().reason;
  EXPECT_THAT(Judged().reason,
              MatchesRegex("noise floor .* \\(n=256\\); a split more than 3 % "
                           "faster was missed with a chance of less than 0.1 % "
                           "\\(estimated\\)"));
  test.base.n = 64;
  test.Rounds({4, 1}, {1.00, 1.01, 1.02, 1.01, 1.02});
  test.Rounds({2, 2}, {1.02, 1.03, 1.03, 1.03, 1.03});
  test.Rounds({1, 1}, {4.00, 4.01, 4.03, 4.01, 4.03});
  EXPECT_EQ(Judged().trust, Trust::kGood) << Judged().reason;
  EXPECT_THAT(Judged().reason,
              MatchesRegex(".*; a split more than 3 % faster was missed with a "
                           "chance of at most [0-9.]+ % in each group "
                           "\\(estimated\\)"));
  test.base.n = 512;
  test.Ok({4, 1}, {1, 1.01, 1.02});
  test.Ok({1, 1}, {4, 4.01, 4.02});
  EXPECT_THAT(Judged().reason, HasSubstr(" in 2 of 3 groups (estimated)"));
  Screen();
}

TEST_F(LaunchedTextTest, FairWhereAFasterSplitMayHaveBeenMissed) {
  UnsureGrid();
  EXPECT_EQ(Judged().trust, Trust::kFair);
  EXPECT_THAT(
      Judged().reason,
      MatchesRegex("a split more than 3 % faster was missed with a "
                   "chance of [0-9]+ % at n=256 batch=64 "
                   "\\(estimated\\): more repetitions would tell more"));
  for (const std::uint64_t n : {64U, 512U}) {
    test.base.n = n;
    UnsureGrid();
  }
  EXPECT_THAT(Judged().reason, HasSubstr("; 2 more of 3 groups are as unsure"));
  Screen();
  test.base.n = 1024;
  test.base.flags = "--budget=60s";
  test.Rounds({4, 1}, {1});
  test.Skipped({1, 1});
  EXPECT_EQ(Judged().reason,
            "1 of 2 splits not run at n=1024 batch=64: --budget=60s ended; 3 "
            "more of 4 groups are as unsure");
}

TEST_F(LaunchedTextTest, WhereTheChanceIsKnownTheNoiseIsInIt) {
  // Three launches have a floor of 5 % by the prior alone.
  Search();
  EXPECT_THAT(Judged().reason, HasSubstr("noise floor 5."));
  EXPECT_EQ(Judged().trust, Trust::kGood) << Judged().reason;
  // Of other groups it is not.
  test.base.n = 64;
  test.Ok({4, 1}, {1, 1.01, 1.02});
  test.Ok({1, 1}, {4, 4.01, 4.02});
  EXPECT_EQ(Judged().trust, Trust::kFair);
  EXPECT_THAT(Judged().reason, HasSubstr(": smaller differences are no gain"));
}

TEST_F(LaunchedTextTest, OneLaunchInASearchIsNotTooSeldom) {
  Search();
  EXPECT_EQ(Judged().trust, Trust::kGood) << Judged().reason;
  EXPECT_THAT(Judged().reason, Not(HasSubstr("fewer than 3 times")));
}

TEST_F(LaunchedTextTest, NothingIsTrustedOfOneRound) {
  test.Rounds({4, 1}, {1});
  test.Rounds({1, 1}, {4});
  EXPECT_EQ(Judged().trust, Trust::kFair);
  EXPECT_THAT(Why(), HasSubstr("\n  chance   1 round. No chance is given, "
                               "since no split was launched twice\n"));
}

TEST_F(LaunchedTextTest, WhatWasNotRunCountsForNoShareOfDisturbedOnes) {
  test.Rounds({4, 1}, {1.00, 1.01, 1.02});
  test.Rounds({2, 2}, {9.00, 9.01, 9.02});
  for (const std::uint64_t threads : {2U, 3U, 4U}) {
    test.Skipped({1, threads}, 9.0);
  }
  test.rows[3].speed_fraction = 0.5;
  EXPECT_EQ(Judged().trust, Trust::kNone);
  EXPECT_THAT(Judged().reason,
              HasSubstr("1 of 2 configurations was disturbed"));
}

TEST_F(LaunchedTextTest, ASplitAloneMissesNothing) {
  test.Rounds({4, 1}, {1.00, 1.01, 1.02});
  EXPECT_THAT(Why(), Not(HasSubstr("  chance ")));
  EXPECT_EQ(Judged().reason, "the noise floor was not measured");
}

}  // namespace
}  // namespace hybrid
