#include "search/statement_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace hybrid {
namespace {

using ::testing::ElementsAre;

using enum SearchOutcome;

void Add(Statement& statement, int count, const SearchedSplit& split) {
  for (int i = 0; i < count; ++i) statement.splits.push_back(split);
}

/// 37 splits, of which 16 ran: 8×8 is the best, 7 were stopped.
Statement AfterSearch() {
  Statement statement;
  Add(statement, 1,
      {.split = {8, 8}, .outcome = kBest, .launches = 5, .median_s = 3.11e-3});
  Add(statement, 8, {.split = {4, 8}, .outcome = kSlower});
  Add(statement, 7, {.split = {128, 1}, .outcome = kStopped, .slowdown = 2.0});
  statement.splits.back().slowdown = std::nullopt;
  Add(statement, 21, {.split = {1, 1}, .outcome = kBound});
  statement.best = 0;
  statement.chance = 0.014;
  statement.gain_missed = 0.01;
  statement.rounds = 5;
  statement.end = SearchEnd::kUnlikelyMissed;
  return statement;
}

TEST(StatementTextTest, SaysHowMuchAndHowSure) {
  EXPECT_THAT(
      StatementText(AfterSearch(), {.used_s = 31, .all_splits_s = 240}),
      ElementsAre(
          "16 of 37 splits in 31 s; all would take 4 min (estimated). A split "
          "more than 3 % faster has been missed with a chance of 1.4 % "
          "(estimated)",
          "not run: 21 that 1×1's load and operate times show to be at least "
          "25 % slower · stopped: 7, at least 2.0 times as slow"));
}

TEST(StatementTextTest, OfAGridOnlyWhatMayHaveBeenMissed) {
  Statement statement = AfterSearch();
  statement.splits.resize(9);
  statement.rounds = 6;
  SearchCircumstances grid{.used_s = 31, .is_grid = true};
  EXPECT_THAT(StatementText(statement, grid),
              ElementsAre("7 rounds. A split more than 3 % faster has been "
                          "missed with a chance of 1.4 % (estimated)"));
  statement.chance = 0.12;
  statement.gain_missed = 0.044;
  statement.end = SearchEnd::kRoundsUsedUp;
  statement.splits[3].outcome = kStopped;
  statement.splits[3].slowdown = 11.97;
  EXPECT_THAT(
      StatementText(statement, grid),
      ElementsAre("7 rounds. A split more than 3 % faster has been missed with "
                  "a chance of 12 % (estimated), more than the 5 % asked for: "
                  "more repetitions would tell more. With 95 % it is no more "
                  "than 4.4 % faster",
                  "stopped: 1, at least 11 times as slow"));
  // Of what was cut short, how far it came.
  statement.splits[4].outcome = kUnmeasured;
  statement.chance = statement.gain_missed = std::nullopt;
  grid.out_of_time = "--budget=30s ended";
  EXPECT_THAT(StatementText(statement, grid).front(),
              "8 of 9 splits in 31 s. No chance is given, since --budget=30s "
              "ended: 4×8 was not run");
}

TEST(StatementTextTest, OneLaunchOfEachSaysNothing) {
  Statement statement = AfterSearch();
  statement.splits.resize(9);
  statement.rounds = 0;
  statement.chance = statement.gain_missed = std::nullopt;
  EXPECT_THAT(StatementText(statement, {.is_grid = true}),
              ElementsAre("1 round. No chance is given, since no split was "
                          "launched twice"));
}

TEST(StatementTextTest, ChancesHaveFewDigits) {
  EXPECT_EQ(ChanceText(1e-9), "less than 0.1 %");
  EXPECT_EQ(ChanceText(0.014), "1.4 %");
  EXPECT_EQ(ChanceText(0.0996), "10 %");
  EXPECT_EQ(ChanceText(1), "100 %");
}

TEST(StatementTextTest, SaysWhyItIsNotSure) {
  Statement statement = AfterSearch();
  statement.splits.resize(9);
  statement.chance = 0.12;
  statement.gain_missed = 0.044;
  statement.end = SearchEnd::kRoundsUsedUp;
  EXPECT_THAT(
      StatementText(statement, {.used_s = 0.5}),
      ElementsAre("9 of 9 splits in 0.50 s. A split more than 3 % faster has "
                  "been missed with a chance of 12 % (estimated), more than "
                  "the 5 % asked for: 12 rounds are the most. With 95 % it is "
                  "no more than 4.4 % faster"));
  statement.end = SearchEnd::kOutOfTime;
  statement.gain_missed = std::nullopt;
  EXPECT_THAT(StatementText(statement, {.used_s = 61.4,
                                        .out_of_time = "--budget=60s ended"}),
              ElementsAre("9 of 9 splits in 61 s. A split more than 3 % faster "
                          "has been missed with a chance of 12 % (estimated), "
                          "more than the 5 % asked for: --budget=60s ended"));
}

TEST(StatementTextTest, RoundsUsedUpButSureEnough) {
  Statement statement = AfterSearch();
  statement.splits.resize(9);
  statement.chance = 0.04;
  statement.end = SearchEnd::kRoundsUsedUp;
  EXPECT_THAT(StatementText(statement, {.used_s = 5}),
              ElementsAre("9 of 9 splits in 5.0 s. A split more than 3 % "
                          "faster has been missed with a chance of 4.0 % "
                          "(estimated)"));
  statement.chance = 1e-9;
  EXPECT_THAT(StatementText(statement, {.used_s = 5}).front(),
              ::testing::HasSubstr("a chance of less than 0.1 % (estimated)"));
}

TEST(StatementTextTest, NamesWhatThereWasNoTimeFor) {
  Statement statement = AfterSearch();
  statement.splits.resize(9);
  statement.chance = statement.gain_missed = std::nullopt;
  statement.end = SearchEnd::kOutOfTime;
  statement.splits.push_back(
      {.split = {3, 8}, .outcome = kUnmeasured, .bound_s = 2.6e-3});
  statement.splits.push_back(
      {.split = {6, 4}, .outcome = kUnmeasured, .bound_s = 1.94e-3});
  const SearchCircumstances search{.used_s = 60,
                                   .out_of_time = "--budget=60s ended"};
  EXPECT_THAT(StatementText(statement, search),
              ElementsAre("9 of 11 splits in 60 s. No chance is given, since "
                          "--budget=60s ended: 6×4, 3×8 were not run (they "
                          "could be up to 1.6× faster)"));
  statement.splits.pop_back();
  statement.splits.back().bound_s = 3.2e-3;
  EXPECT_THAT(StatementText(statement, search).front(),
              ::testing::EndsWith("3×8 was not run (it should not be faster)"));
  statement.splits.back().bound_s = 3.05e-3;
  EXPECT_THAT(StatementText(statement, search).front(),
              ::testing::EndsWith("3×8 was not run (it should not be faster, "
                                  "or hardly)"));
  statement.splits.back().bound_s = std::nullopt;
  EXPECT_THAT(StatementText(statement, search).front(),
              ::testing::EndsWith(": 3×8 was not run"));
  Add(statement, 9, statement.splits.back());
  EXPECT_THAT(StatementText(statement, search).front(),
              ::testing::EndsWith(
                  ": 3×8, 3×8, 3×8, 3×8, 3×8, 3×8 and 4 more were not run"));
}

TEST(StatementTextTest, SaysThatNothingIsKnown) {
  Statement statement;
  Add(statement, 2, {.split = {1, 1}, .outcome = kStopped});
  Add(statement, 1, {.split = {1, 2}, .outcome = kFailed});
  EXPECT_THAT(StatementText(statement, {.used_s = 1200}),
              ElementsAre("2 of 3 splits in 20 min. No split is known to be "
                          "the best: none ended",
                          "stopped: 2 · failed: 1"));
  statement.splits = {{.split = {1, 1}}};
  statement.end = SearchEnd::kOutOfTime;
  EXPECT_THAT(StatementText(statement, {.used_s = 0}),
              ElementsAre("0 of 1 split in 0.00 s. No split is known to be the "
                          "best: it was not finished"));
}

}  // namespace
}  // namespace hybrid
