#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/advice.h"
#include "analysis/answer.h"
#include "analysis/answer_json.h"
#include "analysis/gain_text.h"
#include "analysis/overall.h"
#include "analysis/test_launches.h"
#include "analysis/usual_defaults.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Answers of launches of one run.
class LaunchedAnswerTest : public ::testing::Test {
 protected:
  Answer Only() {
    std::vector<Answer> answers = FindAnswers(test.rows);
    EXPECT_EQ(answers.size(), 1U);
    return answers.at(0);
  }

  Verdict Of(Split split) { return Only().Find(split)->verdict; }

  /// Fills that the cores were slowed down, which disturbs the launch.
  static void Disturb(Row& row) { row.speed_fraction = 0.5; }

  /// A search among nine splits, or what it made of `most` launches.
  void Search(std::size_t most = 1000) {
    test.base.flags = "--search=true --budget=9s";
    test.LeaveOut(test.Follow(test.Nine(false), TestLaunches::Scattered, most));
  }

  TestLaunches test;
};

TEST_F(LaunchedAnswerTest, TheRaceJudgesAndItsLeaderIsFirst) {
  // The round is what all have in common: drift is no difference. By its
  // median 2×2 is faster.
  test.Rounds({4, 1}, {1.00, 1.30, 1.70, 2.20, 2.90});
  test.Rounds({2, 2}, {1.01, 1.32, 1.69, 2.23, 2.93});
  test.Rounds({1, 4}, {1.30, 1.69, 2.21, 2.86, 3.77});
  test.Cut({4, 4}, Stage::kGrid, 1, 4);
  const Answer answer = Only();
  ASSERT_TRUE(answer.launched);
  ASSERT_NE(answer.best(), nullptr);
  EXPECT_EQ(answer.best()->split, (Split{4, 1}));
  EXPECT_EQ(answer.splits[0].split, (Split{4, 1}));
  EXPECT_EQ(answer.splits[1].split, (Split{2, 2}));
  EXPECT_LT(*answer.splits[1].median_s, *answer.splits[0].median_s);
  EXPECT_EQ(Of({2, 2}), Verdict::kTie);
  EXPECT_EQ(Of({1, 4}), Verdict::kLoser);
  EXPECT_EQ(Of({4, 4}), Verdict::kCapped);
  EXPECT_NEAR(*answer.Find({1, 4})->slowdown, 1.3, 1e-9);
  EXPECT_LT(*answer.Find({1, 4})->p_value, 0.01);
  // By its rate: 3 of 64 tasks in 4 s.
  EXPECT_NEAR(*answer.Find({4, 4})->slowdown, 64 / 1.7 / 0.75, 1e-9);
  EXPECT_EQ(answer.Find({4, 4})->p_value, std::nullopt);
  ASSERT_EQ(answer.gains.size(), 4U);
  EXPECT_NEAR(answer.gains[2].ratio, 1.3, 1e-9);
  // Welch's test would find nothing in that drift.
  for (Row& row : test.rows) row.round = 0;
  EXPECT_FALSE(Only().launched);
  EXPECT_EQ(Of({1, 4}), Verdict::kTooNoisy);
}

TEST_F(LaunchedAnswerTest, TheFloorIsThatOfTheLaunches) {
  test.Rounds({4, 1}, {1.00, 1.01, 1.02, 1.01});
  test.Rounds({2, 2}, {1.30, 1.33, 1.32, 1.33});
  const Answer answer = Only();
  ASSERT_TRUE(answer.noise_floor);
  EXPECT_EQ(answer.noise_floor->n, 256U);
  EXPECT_EQ(answer.noise_floor->floor, LaunchFloor(answer.launched->statement));
  // What loses is beyond it.
  EXPECT_GT(*answer.splits[1].slowdown - 1, answer.noise_floor->floor);
}

TEST_F(LaunchedAnswerTest, NothingIsToldOfFewerThanThreeRounds) {
  test.Rounds({4, 1}, {1.00, 1.01});
  test.Rounds({1, 1}, {4.00, 4.01});
  Answer answer = Only();
  EXPECT_EQ(answer.best()->split, (Split{4, 1}));
  EXPECT_EQ(Of({1, 1}), Verdict::kCannotTell);
  EXPECT_NEAR(*answer.Find({1, 1})->slowdown, 4, 0.02);
  EXPECT_FALSE(answer.noise_floor);
  test.Launched({4, 1}, Stage::kGrid, 3, 1.02);
  test.Launched({1, 1}, Stage::kGrid, 3, 4.02);
  EXPECT_EQ(Of({1, 1}), Verdict::kLoser);
}

TEST_F(LaunchedAnswerTest, OneLaunchIsEnoughForWhatASearchSawLose) {
  Search();
  const Answer answer = Only();
  EXPECT_EQ(answer.best()->split, (Split{4, 1}));
  EXPECT_GE(answer.best()->completed, 3U);
  const SplitResult& loser = *answer.Find({2, 1});
  EXPECT_EQ(loser.verdict, Verdict::kNotRun);
  std::size_t once = 0;
  for (const SplitResult& split : answer.splits) {
    EXPECT_NE(split.verdict, Verdict::kCannotTell);
    once += split.completed == 1 && split.verdict == Verdict::kLoser;
  }
  EXPECT_GT(once, 0U);
}

TEST_F(LaunchedAnswerTest, WhatWasNotRunIsNotMeasured) {
  Search();
  const Answer answer = Only();
  std::size_t not_run = 0;
  for (const SplitResult& result : answer.splits) {
    if (result.verdict != Verdict::kNotRun) continue;
    ++not_run;
    EXPECT_EQ(result.status, PooledStatus::kSkipped);
    EXPECT_EQ(result.median_s, std::nullopt);
    EXPECT_EQ(result.slowdown, std::nullopt);
    EXPECT_TRUE(result.bound_s);
  }
  EXPECT_EQ(not_run, answer.launched->statement.Count(SearchOutcome::kBound));
  const SplitResult& one = *answer.Find({1, 1});
  EXPECT_NEAR(one.bound_s.value(), 0.064, 1e-9);
  ASSERT_TRUE(one.cause);
  EXPECT_EQ(one.cause->text, "uses 1 of 4 cores");
  EXPECT_FALSE(answer.break_even);

  ASSERT_EQ(answer.gains.size(), 4U);
  EXPECT_EQ(answer.gains[0].kind, Gain::Kind::kNotRun);
  EXPECT_EQ(WhyNoGain(answer.gains[0]), "not run");
  EXPECT_EQ(GainFigure(answer.gains[0]), std::nullopt);
  for (const Gain& gain : FindUsualDefaults(answer)) {
    EXPECT_NE(gain.kind, Gain::Kind::kNotRun) << gain.base;
  }

  const Overall overall = FindOverall(FindAnswers(test.rows)).at(0);
  EXPECT_EQ(overall.splits[0].split, (Split{4, 1}));
  EXPECT_NE(overall.recommended(), nullptr);
  EXPECT_TRUE(HasChoice(answer));
  for (const SplitTally& tally : overall.splits) {
    const bool ran = answer.Find(tally.split)->verdict != Verdict::kNotRun;
    EXPECT_EQ(tally.measured, ran ? 1U : 0U);
    EXPECT_EQ(tally.failed + tally.capped,
              answer.Find(tally.split)->verdict == Verdict::kCapped ? 1U : 0U);
  }
}

TEST_F(LaunchedAnswerTest, WhatABudgetCutInTheScreeningIsUnclear) {
  Search(5);
  const Answer answer = Only();
  EXPECT_EQ(answer.launched->statement.chance, std::nullopt);
  std::size_t unmeasured = 0;
  for (const SplitResult& result : answer.splits) {
    EXPECT_TRUE(result.verdict == Verdict::kBest ||
                result.verdict == Verdict::kCapped ||
                result.verdict == Verdict::kCannotTell ||
                result.verdict == Verdict::kNotRun);
    unmeasured += result.verdict == Verdict::kNotRun;
  }
  EXPECT_GT(unmeasured,
            answer.launched->statement.Count(SearchOutcome::kBound));
}

TEST_F(LaunchedAnswerTest, ADisturbedLeaderIsNotSpokenFor) {
  test.Rounds({4, 1}, {1.00, 1.01, 1.02, 1.01});
  test.Rounds({2, 2}, {1.30, 1.31, 1.32, 1.33});
  test.Rounds({1, 1}, {4.00, 4.01, 4.02, 4.03});
  Disturb(test.rows[0]);
  // Three others are left of it.
  EXPECT_EQ(Only().best()->split, (Split{4, 1}));
  EXPECT_TRUE(Only().launched);
  Disturb(test.rows[1]);
  const Answer answer = Only();
  EXPECT_EQ(Of({4, 1}), Verdict::kDisturbed);
  ASSERT_NE(answer.best(), nullptr);
  EXPECT_EQ(answer.best()->split, (Split{2, 2}));
  EXPECT_EQ(Of({1, 1}), Verdict::kLoser);
  // What the race says is of another.
  EXPECT_FALSE(answer.launched);
  EXPECT_TRUE(answer.noise_floor);
  EXPECT_NE(PossiblyBest(answer, answer), nullptr);
}

TEST_F(LaunchedAnswerTest, ADisturbedLoserChangesNothing) {
  test.Rounds({4, 1}, {1.00, 1.01, 1.02});
  test.Rounds({2, 2}, {1.30, 1.31, 1.32});
  Disturb(test.rows.back());
  EXPECT_EQ(Of({2, 2}), Verdict::kDisturbed);
  EXPECT_EQ(Only().best()->split, (Split{4, 1}));
  EXPECT_TRUE(Only().launched);
}

TEST_F(LaunchedAnswerTest, AllDisturbedHasNoStatement) {
  test.Rounds({4, 1}, {1.00, 1.01, 1.02});
  test.Rounds({2, 2}, {1.30, 1.31, 1.32});
  for (Row& row : test.rows) Disturb(row);
  EXPECT_EQ(Only().best(), nullptr);
  EXPECT_FALSE(Only().launched);
}

TEST_F(LaunchedAnswerTest, WhereNothingEndedRatesDecide) {
  test.Cut({4, 1}, Stage::kGrid, 1, 10);
  test.Cut({1, 1}, Stage::kGrid, 1, 30);
  const Answer answer = Only();
  EXPECT_TRUE(answer.ranked_by_rate);
  EXPECT_EQ(answer.best()->split, (Split{4, 1}));
  ASSERT_TRUE(answer.launched);
  EXPECT_EQ(answer.launched->statement.end, SearchEnd::kNothingEnded);
}

// Of a grid what was cut off later than in the first round is a value.
TEST_F(LaunchedAnswerTest, APartialRoundSaysNothing) {
  test.Rounds({4, 1}, {1.00, 1.01, 1.02});
  test.Rounds({2, 2}, {1.01, 1.00, 1.03});
  Row& row = test.Cut({2, 2}, Stage::kGrid, 4, 4);
  row.tasks_done = 0;
  row.tasks_per_s = std::nullopt;
  EXPECT_EQ(Of({2, 2}), Verdict::kTie);
  EXPECT_TRUE(Only().Find({2, 2})->median_s);
  // And one that then ended is none that was stopped.
  row.status = Status::kOk;
  test.rows[4].status = Status::kCapped;
  test.rows[4].cap_s = 4;
  EXPECT_NE(Of({2, 2}), Verdict::kCapped);
}

TEST_F(LaunchedAnswerTest, WhatWasLeftOutBeforeItToldAVersionIsOfTheGroup) {
  Search();
  for (Row& row : test.rows) {
    if (row.status == Status::kSkipped) row.blas_version.clear();
  }
  EXPECT_EQ(Only().splits.size(), 9U);
}

TEST_F(LaunchedAnswerTest, JsonTellsWhatLaunchesSay) {
  Search();
  std::string json = AnswerJson(FindAnswers(test.rows));
  EXPECT_THAT(json, HasSubstr("\"plan\": \"search\""));
  EXPECT_THAT(json, HasSubstr(fmt::format("\"rounds\": {}",
                                          Only().launched->statement.rounds)));
  EXPECT_THAT(json, Not(HasSubstr("\"chance\": null")));
  EXPECT_THAT(json, HasSubstr("\"end\": \"unlikely_missed\""));
  EXPECT_THAT(json, HasSubstr("\"splits\": 9"));
  EXPECT_THAT(json, HasSubstr("\"verdict\": \"not_run\""));
  EXPECT_THAT(json, HasSubstr("\"bound_s\": 0.064"));
  EXPECT_THAT(json, HasSubstr("\"is\": \"not run\""));
  test.rows.clear();
  test.Rounds({4, 1}, {1.00, 1.01, 1.02});
  test.Rounds({2, 2}, {1.30, 1.31, 1.32});
  json = AnswerJson(FindAnswers(test.rows));
  EXPECT_THAT(json, HasSubstr("\"plan\": \"grid\""));
  EXPECT_THAT(json, HasSubstr("\"rounds\": 3"));
  EXPECT_THAT(json, HasSubstr("\"estimated_grid_s\": null"));
  for (Row& row : test.rows) row.round = 0;
  EXPECT_THAT(AnswerJson(FindAnswers(test.rows)),
              HasSubstr("\"launched\": null"));
}

}  // namespace
}  // namespace hybrid
