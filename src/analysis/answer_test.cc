#include "analysis/answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "analysis/counted_rows.h"
#include "analysis/finding.h"
#include "analysis/noise_floor.h"
#include "analysis/overall.h"
#include "analysis/test_rows.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AnswerTest : public ::testing::Test {
 protected:
  /// The answer of the only group.
  Answer Only() {
    std::vector<Answer> answers = FindAnswers(test.rows);
    EXPECT_EQ(answers.size(), 1U);
    return answers.at(0);
  }

  std::vector<Verdict> Verdicts(const Answer& answer) {
    std::vector<Verdict> verdicts;
    for (const SplitResult& split : answer.splits) {
      verdicts.push_back(split.verdict);
    }
    return verdicts;
  }

  TestRows test;
};

TEST_F(AnswerTest, NoRowsNoAnswers) {
  EXPECT_THAT(FindAnswers({}), IsEmpty());
  test.base.family = Family::kOverhead;
  test.Ok({1, 1}, {1, 1, 1});
  EXPECT_THAT(FindAnswers(test.rows), IsEmpty());
  EXPECT_THAT(FindOverall({}), IsEmpty());
}

TEST_F(AnswerTest, FarBehindButTooNoisyToTellIsNoTie) {
  // As an oversubscribed split measures: mostly slow, at times as fast.
  test.Ok({2, 1}, {0.180, 0.181, 0.195, 0.179, 0.185});
  test.Ok({2, 2}, {2.5, 0.21, 315, 0.33, 30});
  const Answer answer = Only();
  ASSERT_GE(*answer.splits[1].p_value, kTieProbability);
  EXPECT_THAT(Verdicts(answer),
              ElementsAre(Verdict::kBest, Verdict::kTooNoisy));
  const std::vector<Overall> overall = FindOverall(FindAnswers(test.rows));
  EXPECT_EQ(overall[0].splits[1].best_or_tied, 0U);
  EXPECT_EQ(overall[0].splits[1].cannot_tell, 1U);
}

TEST_F(AnswerTest, ClearWinner) {
  test.Ok({2, 2}, {8.0, 8.1, 7.9});
  test.Ok({2, 1}, {1.00, 1.01, 0.99});
  test.Ok({1, 1}, {2.0, 2.02, 1.98});
  const Answer answer = Only();
  EXPECT_THAT(Verdicts(answer),
              ElementsAre(Verdict::kBest, Verdict::kLoser, Verdict::kLoser));
  EXPECT_FALSE(answer.ranked_by_rate);
  const SplitResult& best = *answer.best();
  EXPECT_EQ(best.split, (Split{2, 1}));
  EXPECT_DOUBLE_EQ(*best.median_s, 1.0);
  EXPECT_NEAR(*best.spread, 0.01, 1e-12);
  EXPECT_DOUBLE_EQ(*best.tasks_per_s, 64);
  EXPECT_EQ(best.slowdown, 1);
  EXPECT_EQ(best.p_value, std::nullopt);
  ASSERT_NE(answer.worst(), nullptr);
  EXPECT_EQ(answer.worst()->split, (Split{2, 2}));
  EXPECT_DOUBLE_EQ(*answer.worst()->slowdown, 8);
  EXPECT_TRUE(answer.worst()->oversubscribed);

  ASSERT_EQ(answer.gains.size(), 4U);
  EXPECT_EQ(answer.gains[0].kind, Gain::Kind::kMeasured);
  EXPECT_DOUBLE_EQ(answer.gains[0].ratio, 2);
  EXPECT_EQ(answer.gains[1].ratio, 1);
  EXPECT_EQ(answer.gains[2].split, (Split{1, 2}));
  EXPECT_EQ(answer.gains[2].kind, Gain::Kind::kNotMeasured);
  EXPECT_DOUBLE_EQ(answer.gains[3].ratio, 8);
}

TEST_F(AnswerTest, TieWithinNoise) {
  test.Ok({2, 1}, {1.00, 1.02, 0.98});
  test.Ok({1, 2}, {1.01, 1.03, 0.99});
  const Answer answer = Only();
  EXPECT_THAT(Verdicts(answer), ElementsAre(Verdict::kBest, Verdict::kTie));
  EXPECT_GE(*answer.splits[1].p_value, kTieProbability);
  EXPECT_EQ(answer.worst(), nullptr);
}

TEST_F(AnswerTest, NothingIsClaimedBelowTheNoiseFloor) {
  test.Ok({2, 1}, {1.000, 1.001, 0.999});
  test.Ok({1, 2}, {1.015, 1.016, 1.014});
  test.Ok({1, 1}, {1.030, 1.031, 1.029});
  EXPECT_THAT(Verdicts(Only()),
              ElementsAre(Verdict::kBest, Verdict::kLoser, Verdict::kLoser));
  EXPECT_EQ(Only().noise_floor, std::nullopt);
  test.base.family = Family::kNoise;
  test.base.variant = kNoiseA;
  test.Ok({1, 1}, {1.02, 1.02, 1.02});
  test.base.variant = kNoiseB;
  test.Ok({1, 1}, {1, 1, 1});
  const Answer answer = Only();
  EXPECT_THAT(Verdicts(answer),
              ElementsAre(Verdict::kBest, Verdict::kTie, Verdict::kLoser));
  EXPECT_LT(*answer.splits[1].p_value, kTieProbability);
  EXPECT_EQ(answer.splits[1].cause->cause, Cause::kWithinNoise);
  EXPECT_EQ(answer.splits[1].cause->text, "below the noise floor of 2.0 %");
  EXPECT_NEAR(answer.noise_floor->floor, 0.02, 1e-9);
}

TEST_F(AnswerTest, FarApartBelowAWideFloorIsNoTie) {
  test.Ok({2, 1}, {1.000, 1.001, 1.002});
  test.Ok({1, 1}, {1.300, 1.301, 1.302});
  test.base.family = Family::kNoise;
  test.base.variant = kNoiseA;
  test.Ok({1, 1}, {1.5, 1.5, 1.5});
  test.base.variant = kNoiseB;
  test.Ok({1, 1}, {1, 1, 1});
  EXPECT_THAT(Verdicts(Only()),
              ElementsAre(Verdict::kBest, Verdict::kTooNoisy));
}

TEST_F(AnswerTest, RecommendsATieThatIsNotOversubscribed) {
  test.Ok({4, 1}, {1.000, 1.001, 1.002});
  test.Ok({2, 1}, {1.001, 1.002, 1.003});
  const Answer answer = Only();
  EXPECT_EQ(answer.best()->split, (Split{4, 1}));
  EXPECT_EQ(answer.recommended()->split, (Split{2, 1}));
}

TEST_F(AnswerTest, AFloorDoesNotReplaceRepetitions) {
  test.Ok({2, 1}, {1.000, 1.001});
  test.Ok({1, 2}, {1.010, 1.011});
  test.base.family = Family::kNoise;
  test.base.variant = kNoiseA;
  test.Ok({1, 1}, {1.02, 1.02, 1.02});
  test.base.variant = kNoiseB;
  test.Ok({1, 1}, {1, 1, 1});
  EXPECT_THAT(Verdicts(Only()),
              ElementsAre(Verdict::kBest, Verdict::kCannotTell));
}

TEST_F(AnswerTest, TheLastAttemptCounts) {
  test.Ok({1, 1}, {2, 2, 2});
  test.Ok({2, 1}, {1, 5, 9});
  test.base.attempt = 1;
  test.Ok({2, 1}, {1, 1, 1});
  EXPECT_EQ(Only().best()->samples.size(), 3U);
  EXPECT_EQ(Only().best()->spread, 0);
}

TEST_F(AnswerTest, GroupsThatDifferInKernelsAloneAreRivals) {
  test.base.kernels_asked = "library";
  test.base.kernels = "generic";
  test.Ok({2, 1}, {5, 5, 5});
  test.base.kernels_asked = "best";
  test.base.kernels = "skx";
  test.Ok({1, 2}, {1, 1, 1});
  test.base.n = 512;
  test.Ok({2, 1}, {8, 8, 8});
  const std::vector<Answer> answers = FindAnswers(test.rows);
  ASSERT_EQ(answers.size(), 3U);
  ASSERT_EQ(answers[0].rivals.size(), 1U);
  EXPECT_EQ(answers[0].rivals[0].kernels_asked, "best");
  EXPECT_EQ(answers[0].rivals[0].split, (Split{1, 2}));
  EXPECT_DOUBLE_EQ(answers[0].rivals[0].slowdown, 0.2);
  EXPECT_DOUBLE_EQ(answers[1].rivals.at(0).slowdown, 5);
  EXPECT_THAT(answers[2].rivals, IsEmpty());
}

TEST_F(AnswerTest, TwoRepetitionsCanNotTell) {
  test.Ok({2, 1}, {1.0, 1.0});
  test.Ok({1, 1}, {9.0, 9.0, 9.0});
  const Answer answer = Only();
  EXPECT_THAT(Verdicts(answer),
              ElementsAre(Verdict::kBest, Verdict::kCannotTell));
  EXPECT_EQ(answer.splits[1].p_value, std::nullopt);
  EXPECT_DOUBLE_EQ(*answer.splits[1].slowdown, 9);
  EXPECT_EQ(answer.worst(), nullptr);
}

TEST_F(AnswerTest, OneCappedRepetitionCapsTheSplit) {
  test.Ok({2, 1}, {1.0, 1.0, 1.0});
  test.Ok({2, 2}, {0.5, 0.5});
  test.Capped({2, 2}, 10, 16);
  const Answer answer = Only();
  EXPECT_THAT(Verdicts(answer), ElementsAre(Verdict::kBest, Verdict::kCapped));
  const SplitResult& capped = answer.splits[1];
  EXPECT_EQ(capped.status, PooledStatus::kCapped);
  EXPECT_EQ(capped.median_s, std::nullopt);
  EXPECT_DOUBLE_EQ(*capped.tasks_per_s, 1.6);
  EXPECT_DOUBLE_EQ(*capped.slowdown, 40);
  EXPECT_EQ(answer.worst(), &capped);
  // The batch takes longer than 10 s; 40 s supposes that the rate lasts.
  EXPECT_EQ(answer.gains[3].kind, Gain::Kind::kMoreThan);
  EXPECT_DOUBLE_EQ(answer.gains[3].ratio, 10);
}

TEST_F(AnswerTest, CapBelowTheBestsTimeGivesNoBound) {
  test.Ok({2, 1}, {10, 10, 10});
  test.Capped({2, 2}, 5, 16);
  const Answer answer = Only();
  EXPECT_EQ(answer.gains[3].kind, Gain::Kind::kByRate);
  EXPECT_DOUBLE_EQ(answer.gains[3].ratio, 2);
}

TEST_F(AnswerTest, CappedWithoutATaskIsTheWorst) {
  test.Ok({2, 1}, {1, 1, 1});
  test.Capped({2, 2}, 10, 0);
  test.Capped({1, 2}, 10, 1);
  const Answer answer = Only();
  EXPECT_EQ(answer.worst()->split, (Split{2, 2}));
  EXPECT_EQ(answer.worst()->slowdown, std::nullopt);
}

TEST_F(AnswerTest, AllCappedRanksByRate) {
  test.Capped({1, 1}, 10, 10);
  test.Capped({2, 1}, 10, 20);
  test.Capped({2, 2}, 10, 0);
  const Answer answer = Only();
  EXPECT_TRUE(answer.ranked_by_rate);
  EXPECT_EQ(answer.best()->split, (Split{2, 1}));
  EXPECT_THAT(
      Verdicts(answer),
      ElementsAre(Verdict::kBest, Verdict::kCannotTell, Verdict::kCapped));
  // What can't be told from noise is no gain.
  EXPECT_EQ(answer.gains[0].kind, Gain::Kind::kUnclear);
  EXPECT_EQ(answer.gains[3].kind, Gain::Kind::kNotMeasured);
}

TEST_F(AnswerTest, NothingDoneHasNoBest) {
  test.Capped({1, 1}, 10, 0);
  test.Error({2, 1}, "died");
  const Answer answer = Only();
  EXPECT_EQ(answer.best(), nullptr);
  EXPECT_THAT(Verdicts(answer),
              ElementsAre(Verdict::kCapped, Verdict::kFailed));
}

TEST_F(AnswerTest, OneErrorFailsTheSplit) {
  test.Ok({2, 1}, {1, 1, 1});
  test.Ok({1, 2}, {0.1, 0.1, 0.1});
  test.Error({1, 2}, "worker 0 died");
  test.Ok({1, 1}, {2, 2, 2});
  const Answer answer = Only();
  EXPECT_EQ(answer.best()->split, (Split{2, 1}));
  const SplitResult& failed = answer.splits.back();
  EXPECT_EQ(failed.verdict, Verdict::kFailed);
  EXPECT_EQ(failed.error, "worker 0 died");
  EXPECT_EQ(failed.median_s, std::nullopt);
  EXPECT_EQ(failed.slowdown, std::nullopt);
  EXPECT_EQ(answer.gains[2].kind, Gain::Kind::kFailed);
}

TEST_F(AnswerTest, DisturbedRepetitionsAreLeftOutAndCounted) {
  test.Ok({1, 1}, {2, 2, 2});
  test.Ok({2, 1}, {1.0, 1.01, 0.99});
  test.Ok({2, 1}, {9, 9}, Steal(0.06));
  const SplitResult best = *Only().best();
  EXPECT_EQ(best.split, (Split{2, 1}));
  EXPECT_EQ(best.median_s, 1.0);
  EXPECT_EQ(best.high_s, 1.01);
  EXPECT_EQ(best.disturbed, 2U);
  EXPECT_THAT(best.warnings,
              ElementsAre("2 of 5 repetitions left out: steal 6.0 % of its CPU "
                          "time"));
}

TEST_F(AnswerTest, WithTooFewUndisturbedRepetitionsThereIsNoVerdict) {
  test.Ok({1, 1}, {2, 2, 2});
  test.Ok({2, 1}, {1.0, 1.01});
  test.Ok({2, 1}, {1.0, 1.0, 1.0}, Steal(0.06));
  const Answer answer = Only();
  EXPECT_EQ(answer.best()->split, (Split{1, 1}));
  EXPECT_THAT(Verdicts(answer),
              ElementsAre(Verdict::kBest, Verdict::kDisturbed));
  const SplitResult& disturbed = answer.splits[1];
  EXPECT_EQ(disturbed.median_s, std::nullopt);
  EXPECT_EQ(disturbed.slowdown, std::nullopt);
  EXPECT_EQ(disturbed.cause->cause, Cause::kDisturbed);
  EXPECT_EQ(disturbed.cause->text,
            "disturbed: only 2 of 5 repetitions undisturbed: steal 6.0 % of "
            "its CPU time");
  EXPECT_EQ(answer.gains[1].kind, Gain::Kind::kDisturbed);
  const Overall overall = FindOverall(FindAnswers(test.rows))[0];
  EXPECT_EQ(overall.splits.back().disturbed, 1U);
  EXPECT_EQ(overall.splits.back().best_or_tied, 0U);
}

TEST_F(AnswerTest, WhereAllIsDisturbedThereIsNoBest) {
  test.Ok({2, 1}, {1, 1, 1}, Steal(0.06));
  test.Error({1, 1}, "died");
  const Answer answer = Only();
  EXPECT_EQ(answer.best(), nullptr);
  EXPECT_THAT(Verdicts(answer),
              ElementsAre(Verdict::kDisturbed, Verdict::kFailed));
}

// On a busy machine those that were stopped would be all that is left.
TEST_F(AnswerTest, WhatWasStoppedIsNotBestWhereOthersWentThrough) {
  test.Ok({2, 1}, {1, 1, 1}, Steal(0.06));
  test.Capped({1, 2}, 10, 3);
  const Answer answer = Only();
  EXPECT_EQ(answer.best(), nullptr);
  EXPECT_THAT(Verdicts(answer), ::testing::UnorderedElementsAre(
                                    Verdict::kDisturbed, Verdict::kCapped));
}

TEST_F(AnswerTest, AnErrorWithoutAReportCountsInItsGroup) {
  test.base.blas_version.clear();
  test.Error({1, 2}, "no worker started");
  test.base.blas_version = "0.9.0";
  test.Ok({2, 1}, {1, 1, 1});
  test.Ok({1, 2}, {0.1, 0.1, 0.1});
  EXPECT_THAT(Verdicts(Only()), ElementsAre(Verdict::kBest, Verdict::kFailed));
}

TEST_F(AnswerTest, ACompletedRepetitionWithoutATimeFailsTheSplit) {
  test.Ok({2, 1}, {1, 1, 0});
  EXPECT_THAT(Verdicts(Only()), ElementsAre(Verdict::kFailed));
  test.rows.back().wall_s.reset();
  EXPECT_THAT(Verdicts(Only()), ElementsAre(Verdict::kFailed));
}

TEST_F(AnswerTest, PoolsRuns) {
  for (const char* run : {"a", "b", "c"}) {
    test.base.run_id = run;
    test.Ok({2, 1}, {1.0});
    test.Ok({1, 1}, {2.0});
  }
  const Answer answer = Only();
  EXPECT_EQ(answer.best()->samples.size(), 3U);
  EXPECT_EQ(answer.splits[1].verdict, Verdict::kLoser);
}

TEST_F(AnswerTest, KeepsApartWhatIsNotComparable) {
  test.Ok({2, 1}, {1});
  const Row first = test.base;
  const auto vary = [&]<typename Of, typename T>(T Of::*field, auto value) {
    test.base = first;
    test.base.*field = value;
    test.Ok({2, 1}, {1});
  };
  vary(&Row::host, "other");
  vary(&Row::operation, "none");
  vary(&Row::data, Data::kHot);
  vary(&Row::collect, Collect::kShared);
  vary(&Row::kernels_asked, "haswell");
  vary(&Row::blas_version, "1.0");
  vary(&Row::pin, Pin::kNone);
  vary(&Row::n, 512U);
  vary(&Row::batch, 8U);
  vary(&Row::usable_cores, 4U);
  EXPECT_EQ(FindAnswers(test.rows).size(), 11U);
}

TEST_F(AnswerTest, OneCoreHasOneBase) {
  test.base.usable_cores = 1;
  test.Ok({1, 1}, {1, 1, 1});
  const Answer answer = Only();
  ASSERT_EQ(answer.gains.size(), 1U);
  EXPECT_EQ(answer.worst(), nullptr);
}

TEST_F(AnswerTest, OverallPrefersMostOftenBestThenLeastSlowdown) {
  // 2×1 and 1×2 are best once each; 1×2 loses less.
  test.Ok({2, 1}, {1, 1, 1});
  test.Ok({1, 2}, {1.5, 1.5, 1.5});
  test.Ok({1, 1}, {2, 2, 2});
  test.base.n = 1000;
  test.Ok({2, 1}, {9, 9, 9});
  test.Ok({1, 2}, {3, 3, 3});
  test.Capped({1, 1}, 10, 10);
  const std::vector<Overall> machines = FindOverall(FindAnswers(test.rows));
  ASSERT_EQ(machines.size(), 1U);
  const Overall& overall = machines[0];
  EXPECT_EQ(overall.groups, 2U);
  ASSERT_EQ(overall.splits.size(), 3U);
  EXPECT_EQ(overall.recommended()->split, (Split{1, 2}));
  EXPECT_DOUBLE_EQ(*overall.splits[0].slowdown, 1.5);
  EXPECT_DOUBLE_EQ(*overall.splits[1].slowdown, 3);
  EXPECT_EQ(overall.splits[2].split, (Split{1, 1}));
  EXPECT_EQ(overall.splits[2].capped, 1U);
  EXPECT_DOUBLE_EQ(*overall.splits[2].slowdown, 2);
}

TEST_F(AnswerTest, OverallDistrustsSplitsThatAreCappedElsewhere) {
  test.Ok({2, 1}, {1, 1, 1});
  test.Capped({2, 2}, 10, 1);
  test.base.n = 1000;
  test.Ok({2, 1}, {50, 50, 50});
  test.Ok({2, 2}, {1, 1, 1});
  EXPECT_EQ(FindOverall(FindAnswers(test.rows))[0].recommended()->split,
            (Split{2, 1}));
}

TEST_F(AnswerTest, OverallRecommendsNothingWithoutAComparison) {
  test.Ok({2, 1}, {1, 1, 1});
  EXPECT_EQ(FindOverall(FindAnswers(test.rows))[0].recommended(), nullptr);
}

}  // namespace
}  // namespace hybrid
