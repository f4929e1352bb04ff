#include "compare/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "analysis/noise_floor.h"
#include "compare/test_results.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// What becomes of the one configuration that both sides have.
ComparedConfiguration CompareOne(const TestResults& baseline,
                                 const TestResults& now,
                                 const CompareSettings& settings = {}) {
  const Comparison comparison = CompareResults(baseline, now, settings);
  EXPECT_THAT(comparison.configurations, SizeIs(1));
  return comparison.configurations.front();
}

TEST(ComparisonTest, SlowerFasterAndSame) {
  const TestResults base = TestResults().Ok(Around(1));
  const auto slower = CompareOne(base, TestResults().Ok(Around(1.1)));
  EXPECT_EQ(slower.change, Change::kSlower);
  EXPECT_NEAR(*slower.ratio, 1.1, 1e-12);
  EXPECT_LT(*slower.adjusted_p, 0.001);
  EXPECT_EQ(CompareOne(base, TestResults().Ok(Around(0.9))).change,
            Change::kFaster);
  EXPECT_EQ(CompareOne(base, TestResults().Ok(Around(1))).change,
            Change::kSame);
}

TEST(ComparisonTest, OtherHostsAreAnotherSplit) {
  const auto both = [](double one, double four) {
    TestResults results;
    results.Ok(Around(one));
    results.base.host_count = 4;
    results.Ok(Around(four));
    return results;
  };
  const Comparison comparison =
      CompareResults(both(1, 0.25), both(1, 0.3), CompareSettings());
  ASSERT_THAT(comparison.configurations, SizeIs(2));
  for (const ComparedConfiguration& one : comparison.configurations) {
    EXPECT_EQ(one.change,
              one.key.host_count == 4 ? Change::kSlower : Change::kSame);
  }
}

TEST(ComparisonTest, BelowTheThresholdNothingIsClaimed) {
  const TestResults base = TestResults().Ok(Around(1));
  const TestResults now = TestResults().Ok(Around(1.02, 10, 0.001));
  EXPECT_EQ(CompareOne(base, now).change, Change::kSame);
  EXPECT_EQ(CompareOne(base, now, {.threshold = 0.01}).change, Change::kSlower);
}

/// Ten repetitions of about 1 s, and a noise floor above 5 %.
TestResults WithNoiseFloor() {
  TestResults results;
  results.base.family = Family::kNoise;
  results.base.variant = kNoiseA;
  results.Ok({1, 1.06, 1, 1.06});
  results.base.variant = kNoiseB;
  results.base.repetition = 0;
  results.Ok({1.06, 1, 1.06, 1});
  results.base.family = Family::kHybrid;
  results.base.variant.clear();
  return results.Ok(Around(1));
}

TEST(ComparisonTest, NothingIsClaimedBelowTheNoiseFloorOfEitherSide) {
  const TestResults base = WithNoiseFloor();
  const auto verdict = CompareOne(base, TestResults().Ok(Around(1.05)));
  EXPECT_GT(*verdict.floor, 0.05);
  EXPECT_EQ(verdict.change, Change::kSame);
  EXPECT_EQ(CompareOne(base, TestResults().Ok(Around(1.2))).change,
            Change::kSlower);
}

TEST(ComparisonTest, TheFloorIsInTheSamplesWhereEveryOneIsALaunch) {
  TestResults base = WithNoiseFloor();
  TestResults now = TestResults().Ok(Around(1.05));
  for (TestResults* const side : {&base, &now}) {
    double start_s = 0.001;
    for (Row& row : side->rows) row.start_s = start_s += 0.0001;
  }
  EXPECT_EQ(CompareOne(base, now).change, Change::kSlower);
  // Workers that lived on make one launch of two repetitions.
  now.rows[1].start_s = now.rows[0].start_s;
  EXPECT_EQ(CompareOne(base, now).change, Change::kSame);
}

TEST(ComparisonTest, NamesWhatDisturbedTheFewThatAreLeftOut) {
  const TestResults base = TestResults().Ok(Around(1));
  TestResults now = base;
  // Together with all others it is too little to be worth a word.
  now.base.usable_cores = 2;
  for (Row& row : now.rows) row.foreign_cpu_s = 0;
  now.rows[3].foreign_cpu_s = 0.12;
  const auto verdict = CompareOne(base, now);
  EXPECT_EQ(verdict.now.disturbed, 1U);
  EXPECT_THAT(verdict.now.disturbance, HasSubstr("other programs"));
}

TEST(ComparisonTest, DisturbancesSpareTheFastestRepetitions) {
  std::vector<double> disturbed = Around(1.2);
  EXPECT_EQ(CompareOne(TestResults().Ok(Around(1)), TestResults().Ok(disturbed))
                .change,
            Change::kSlower);
  disturbed[3] = 0.99;
  const auto verdict =
      CompareOne(TestResults().Ok(Around(1)), TestResults().Ok(disturbed));
  EXPECT_EQ(verdict.change, Change::kCannotTell);
  EXPECT_THAT(verdict.reason, HasSubstr("the fastest repetitions"));
  EXPECT_FALSE(verdict.lacks_runs);
}

/// A configuration for each factor, which takes that many seconds.
TestResults SweepOf(const std::vector<double>& factors,
                    const std::string& run_id = "run") {
  TestResults results(run_id);
  for (const double factor : factors) {
    ++results.base.n;
    results.base.repetition = 0;
    results.Ok(Around(factor));
  }
  return results;
}

void AddRun(const TestResults& run, TestResults& side) {
  side.rows.insert(side.rows.end(), run.rows.begin(), run.rows.end());
}

TEST(ComparisonTest, WhatARunDoesToAllConfigurationsIsNotClaimed) {
  const TestResults base = SweepOf(std::vector<double>(10, 1.0));
  const auto slower = [&base](const std::vector<double>& factors) {
    return CompareResults(base, SweepOf(factors)).Count(Change::kSlower);
  };
  // One stands out.
  EXPECT_EQ(slower({1, 1.01, 0.99, 1, 1.01, 0.99, 1, 1.01, 1, 1.2}), 1U);
  // It does not where all go their own ways.
  EXPECT_EQ(slower({1, 1.1, 0.9, 1.05, 0.95, 1.12, 0.93, 1.08, 0.97, 1.2}), 0U);
  // All drifted, or so much that it must be the program.
  const std::vector<double> drifted(10, 1.1);
  EXPECT_EQ(slower(drifted), 0U);
  EXPECT_EQ(slower(std::vector<double>(10, 1.4)), 10U);
  const Comparison comparison = CompareResults(base, SweepOf(drifted));
  EXPECT_TRUE(comparison.configurations.front().lacks_runs);
  // Several runs a side show what runs differ by.
  TestResults before = base;
  TestResults after = SweepOf(drifted);
  for (const char* const run : {"b", "c"}) {
    AddRun(SweepOf(std::vector<double>(10, 1.0), run), before);
    AddRun(SweepOf(drifted, std::string(run) + "2"), after);
  }
  EXPECT_EQ(CompareResults(before, after).Count(Change::kSlower), 10U);
}

TEST(ComparisonTest, TooFewRepetitionsAreNamedWithHowManyAreNeeded) {
  const auto verdict = CompareOne(TestResults().Ok({1.00, 1.01, 1.02}),
                                  TestResults().Ok({1.10, 1.11, 1.12}));
  EXPECT_EQ(verdict.change, Change::kCannotTell);
  EXPECT_TRUE(verdict.lacks_repetitions);
  EXPECT_EQ(verdict.reason, "3 and 3 repetitions; 4 a side are needed");
  EXPECT_FALSE(verdict.p_value);
}

TEST(ComparisonTest, MoreConfigurationsNeedMoreRepetitions) {
  EXPECT_EQ(NeededRepetitions(0.05, 1), 4U);
  EXPECT_EQ(NeededRepetitions(0.05, 36), 7U);
  EXPECT_EQ(NeededRepetitions(0.05, 5000), 11U);
}

TEST(ComparisonTest, BeyondTheThresholdButNotBeyondChance) {
  const auto verdict =
      CompareOne(TestResults().Ok({1, 1.2, 0.9, 1.1, 0.95, 1.05, 1.3}),
                 TestResults().Ok({1.1, 0.9, 1.25, 1.15, 1.0, 1.2, 1.05}));
  EXPECT_EQ(verdict.change, Change::kCannotTell);
  EXPECT_THAT(verdict.reason, HasSubstr("too noisy"));
  EXPECT_FALSE(verdict.lacks_repetitions);
}

TEST(ComparisonTest, WhatScattersWildlyIsNotTheSame) {
  const std::vector<double> wild = {0.01, 2, 0.02, 1, 3, 0.5, 4, 1, 0.3, 1};
  const auto verdict =
      CompareOne(TestResults().Ok(wild), TestResults().Ok(wild));
  EXPECT_EQ(verdict.change, Change::kCannotTell);
  EXPECT_THAT(verdict.reason, HasSubstr("the interval is wide"));
}

TEST(ComparisonTest, DisturbedRepetitionsAreLeftOutOnBothSides) {
  TestResults base;
  base.Ok(Around(1));
  base.base.speed_fraction = 0.6;
  base.Ok({3, 3, 3});
  TestResults now;
  now.Ok(Around(1));
  now.base.throttled_s = 0.1;
  now.Ok({0.1, 0.1});
  const Comparison comparison = CompareResults(base, now);
  EXPECT_EQ(comparison.completed, 25U);
  EXPECT_EQ(comparison.disturbed, 5U);
  EXPECT_EQ(comparison.configurations[0].ratio, 1.0);
  EXPECT_EQ(comparison.configurations[0].change, Change::kSame);
}

TEST(ComparisonTest, TooManyDisturbedRepetitions) {
  TestResults now;
  now.base.speed_fraction = 0.5;
  now.Ok(Around(2, 9));
  now.base.speed_fraction = 1;
  now.Ok({2});
  const auto verdict = CompareOne(TestResults().Ok(Around(1)), now);
  EXPECT_EQ(verdict.change, Change::kCannotTell);
  EXPECT_TRUE(verdict.lacks_repetitions);
  EXPECT_EQ(verdict.reason,
            "disturbed: only 1 of 10 repetitions undisturbed: cores down to 50 "
            "% of their speed");
  EXPECT_FALSE(verdict.ratio);
}

TEST(ComparisonTest, WhatIsLeftMayBeTooFewForATest) {
  TestResults now;
  now.base.speed_fraction = 0.5;
  now.Ok(Around(2, 7));
  now.base.speed_fraction = 1;
  now.Ok({2, 2, 2});
  const auto verdict = CompareOne(TestResults().Ok({1, 1, 1}), now);
  EXPECT_EQ(verdict.change, Change::kCannotTell);
  EXPECT_TRUE(verdict.lacks_repetitions);
  EXPECT_EQ(verdict.reason,
            "too many repetitions were disturbed (cores down to 50 % of their "
            "speed): 3 and 3 of 10 are left, 4 a side are needed");
}

TEST(ComparisonTest, WhatIsDisturbedInTheBaselineHasNoVerdictEither) {
  TestResults base;
  base.base.speed_fraction = 0.5;
  const auto verdict =
      CompareOne(base.Ok(Around(2)), TestResults().Ok(Around(1)));
  EXPECT_EQ(verdict.change, Change::kCannotTell);
  EXPECT_EQ(verdict.reason,
            "disturbed: none of 10 repetitions undisturbed: cores down to 50 % "
            "of their speed in the baseline");
}

TEST(ComparisonTest, WhatTheCoresOwnSpeedExplainsIsNotClaimed) {
  TestResults base;
  base.base.peak_gflops = 100;
  base.base.speed_fraction = 1;
  TestResults now = base;
  now.base.peak_gflops = 91;
  const auto excused = CompareOne(TestResults(base).Ok(Around(1)),
                                  TestResults(now).Ok(Around(1.1)));
  EXPECT_EQ(excused.change, Change::kCannotTell);
  EXPECT_EQ(excused.reason, "the cores themselves ran 9.9 % slower");
  EXPECT_EQ(CompareOne(TestResults(base).Ok(Around(1)),
                       TestResults(now).Ok(Around(1.3)))
                .change,
            Change::kSlower);
  // Slower cores excuse no speed-up.
  EXPECT_EQ(CompareOne(TestResults(base).Ok(Around(1)),
                       TestResults(now).Ok(Around(0.9)))
                .change,
            Change::kFaster);
}

TEST(ComparisonTest, OnlyTheLastAttemptOfARunCounts) {
  TestResults now;
  now.Ok(Around(2));
  now.base.attempt = 1;
  now.Ok(Around(1));
  EXPECT_EQ(CompareOne(TestResults().Ok(Around(1)), now).change, Change::kSame);
}

TEST(ComparisonTest, StatusesThatBecomeWorse) {
  const TestResults base = TestResults().Ok(Around(1));
  const auto failed =
      CompareOne(base, TestResults().Ok({1}).Error("worker 1 died"));
  EXPECT_EQ(failed.change, Change::kFailed);
  EXPECT_EQ(failed.reason, "worker 1 died");
  const auto capped = CompareOne(base, TestResults().Capped(4));
  EXPECT_EQ(capped.change, Change::kSlower);
  EXPECT_EQ(capped.reason, "capped after 4.00 s");
  EXPECT_NEAR(*capped.ratio, 4, 1e-9);
  EXPECT_EQ(
      CompareOne(TestResults().Capped(4), TestResults().Error("x")).change,
      Change::kFailed);
}

TEST(ComparisonTest, StatusesThatBecomeBetterOrStay) {
  const TestResults now = TestResults().Ok(Around(1));
  EXPECT_EQ(CompareOne(TestResults().Capped(4), now).change, Change::kFaster);
  EXPECT_EQ(CompareOne(TestResults().Error("x"), now).change, Change::kFaster);
  EXPECT_EQ(CompareOne(TestResults().Capped(4), TestResults().Capped(4)).change,
            Change::kCannotTell);
  EXPECT_EQ(
      CompareOne(TestResults().Error("x"), TestResults().Error("x")).change,
      Change::kCannotTell);
}

TEST(ComparisonTest, ACappedRepetitionThatNoiseExplainsIsNoClaim) {
  // The cap is where the baseline's slowest repetition is.
  const auto near = CompareOne(TestResults().Ok({0.3, 0.5, 1.1, 0.4, 0.9}),
                               TestResults().Ok({0.4, 0.5}).Capped(1.2));
  EXPECT_EQ(near.change, Change::kCannotTell);
  EXPECT_EQ(near.reason,
            "capped after 1.20 s, 2 repetitions had completed, which its noise "
            "may explain");
  // Something else slowed it down.
  TestResults now;
  now.base.speed_fraction = 0.3;
  const auto disturbed = CompareOne(TestResults().Ok(Around(1)), now.Capped(4));
  EXPECT_EQ(disturbed.change, Change::kCannotTell);
  EXPECT_TRUE(disturbed.lacks_repetitions);
}

TEST(ComparisonTest, MissingOnOneSide) {
  TestResults base = TestResults().Ok(Around(1));
  TestResults now = base;
  base.base.n = 64;
  base.Ok(Around(1));
  now.base.n = 128;
  now.Ok(Around(1));
  const Comparison comparison = CompareResults(base, now);
  EXPECT_EQ(comparison.Count(Change::kOnlyInBaseline), 1U);
  EXPECT_EQ(comparison.Count(Change::kOnlyInNew), 1U);
  EXPECT_EQ(comparison.in_common(), 1U);
}

TEST(ComparisonTest, WorstFirst) {
  TestResults base;
  TestResults now;
  const std::vector<double> ratios = {1, 1.2, 0.8, 1.5};
  for (std::size_t i = 0; i < ratios.size(); ++i) {
    base.base.n = now.base.n = 64 * (i + 1);
    base.Ok(Around(1));
    now.Ok(Around(ratios[i]));
  }
  base.base.n = now.base.n = 1024;
  base.Ok(Around(1));
  now.Error("x");
  const Comparison comparison = CompareResults(base, now);
  std::vector<std::uint64_t> order;
  for (const auto& c : comparison.configurations) {
    order.push_back(c.key.n);
  }
  EXPECT_THAT(order, ElementsAre(1024, 256, 128, 192, 64));
  EXPECT_EQ(comparison.regressions(), 3U);
}

TEST(ComparisonTest, TheOrderOfRowsDoesNotMatter) {
  TestResults base;
  TestResults now;
  std::mt19937_64 random(3);
  for (const std::uint64_t n : {64U, 128U, 256U}) {
    base.base.n = now.base.n = n;
    base.Ok(Lognormal(1, 0.05, 10, random));
    now.Ok(Lognormal(1.1, 0.05, 10, random));
  }
  const Comparison forth = CompareResults(base, now);
  std::reverse(base.rows.begin(), base.rows.end());
  std::reverse(now.rows.begin(), now.rows.end());
  const Comparison back = CompareResults(base, now);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& a = forth.configurations[i];
    const auto& b = back.configurations[i];
    EXPECT_EQ(a.key.n, b.key.n);
    EXPECT_EQ(a.interval->low, b.interval->low);
    EXPECT_EQ(a.adjusted_p, b.adjusted_p);
    EXPECT_EQ(a.change, b.change);
  }
}

TEST(ComparisonTest, SaysHowToMeasureWhatComparesWithAnOldBaseline) {
  TestResults base;
  TestResults now;
  base.base.blas = "blis-typed";
  EXPECT_EQ(NothingInCommonText(CompareResults(base.Ok({1}), now.Ok({1}))),
            "the files have no configuration in common: blas is blis-typed in "
            "the baseline and blis in the new results; measure with "
            "--blas=blis-typed");
}

TEST(ComparisonTest, SaysInWhatTheAxesDiffer) {
  TestResults base;
  TestResults now;
  now.base.n = 64;
  now.base.kernels_asked = "library";
  EXPECT_EQ(NothingInCommonText(CompareResults(base.Ok({1}), now.Ok({1}))),
            "the files have no configuration in common: kernels is best in the "
            "baseline and library in the new results; n is 256 in the baseline "
            "and 64 in the new results");
  EXPECT_EQ(NothingInCommonText(CompareResults(TestResults(), now)),
            "the baseline's files hold no results to compare");
}

}  // namespace
}  // namespace hybrid
