#include "compare/conditions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "compare/test_results.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

/// The conditions of the first configuration, which tell its verdict.
class ConditionsTest : public ::testing::Test {
 protected:
  TimeConditions Of(const std::vector<double>& before,
                    const std::vector<double>& after,
                    const CompareSettings& settings = {}) {
    comparison_ = CompareResults(TestResults("1").Ok(before),
                                 TestResults("2").Ok(after), settings);
    return FindConditions(comparison_.jury(), first());
  }

  const ComparedConfiguration& first() const {
    return comparison_.configurations.front();
  }

  static const Condition& Find(const Conditions& conditions, Rule rule) {
    return *std::find_if(conditions.begin(), conditions.end(),
                         [rule](const Condition& c) { return c.rule == rule; });
  }

  Comparison comparison_;
};

TEST_F(ConditionsTest, OfADifferenceAllAreMet) {
  const TimeConditions all = Of(Around(1), Around(1.12));
  EXPECT_EQ(first().change, Change::kSlower);
  EXPECT_TRUE(VerdictOf(all).differs());
  EXPECT_TRUE(AllMet(all.differs));
  const Condition& size = Find(all.differs, Rule::kBeyondThreshold);
  EXPECT_NEAR(*size.value, std::log(1.12), 1e-9);
  EXPECT_DOUBLE_EQ(*size.limit, std::log1p(0.03));
  EXPECT_EQ(Find(all.differs, Rule::kBeyondChance).value, first().adjusted_p);
  EXPECT_FALSE(AllMet(all.same.front()));
}

TEST_F(ConditionsTest, WhatIsTheSameIsSoByItsInterval) {
  const TimeConditions all = Of(Around(1), Around(1.001));
  EXPECT_EQ(first().change, Change::kSame);
  EXPECT_FALSE(VerdictOf(all).differs());
  EXPECT_TRUE(VerdictOf(all).same());
  EXPECT_EQ(VerdictOf(all).lacking(), nullptr);
  EXPECT_TRUE(AllMet(all.same.front()));
}

// What is the reason is what is lacking.
TEST_F(ConditionsTest, TheReasonIsTheConditionThatIsNotMet) {
  struct Case {
    std::vector<double> before;
    std::vector<double> after;
    Rule lacking;
    std::string reason;
  };
  std::vector<double> spared = Around(1.12);
  spared.front() = 0.99;
  std::vector<double> jumping = Around(1, 20);
  std::vector<double> jumping_more = jumping;
  for (std::size_t i = 0; i < 3; ++i) jumping[i] *= 2;
  for (std::size_t i = 0; i < 17; ++i) jumping_more[i] *= 2;
  for (const Case& one : {
           Case{Around(1, 3), Around(1.12, 3), Rule::kEnoughRepetitions,
                "3 and 3 repetitions; 4 a side are needed"},
           Case{Around(1), spared, Rule::kFastestAgrees,
                "the fastest repetitions do not differ as much"},
           Case{Around(1, 10, 0.3), Around(1.12, 10, 0.3),
                Rule::kWithinThreshold, "the difference is not beyond chance"},
           Case{Around(1, 10, 0.5), Around(1, 10, 0.5), Rule::kIntervalNotWide,
                "the interval is wide"},
           Case{jumping, jumping_more, Rule::kOneLevel, "bimodal"},
       }) {
    const TimeConditions all = Of(one.before, one.after);
    const TimesVerdict verdict = VerdictOf(all);
    EXPECT_EQ(first().change, Change::kCannotTell);
    EXPECT_THAT(first().reason, HasSubstr(one.reason));
    ASSERT_NE(verdict.lacking(), nullptr) << one.reason;
    EXPECT_EQ(Name(verdict.lacking()->rule), Name(one.lacking));
    EXPECT_FALSE(verdict.lacking()->met);
  }
}

TEST_F(ConditionsTest, BimodalOnesAreJudgedWhereThatIsAsked) {
  std::vector<double> jumping = Around(1, 12);
  for (std::size_t i = 0; i < jumping.size(); i += 3) jumping[i] *= 2;
  const Condition asked = Find(
      Of(jumping, jumping, {.judge_bimodal = true}).differs, Rule::kOneLevel);
  EXPECT_TRUE(asked.met);
  EXPECT_NEAR(*asked.value, std::log(2), 0.05);
  EXPECT_FALSE(Find(Of(jumping, jumping).differs, Rule::kOneLevel).met);
}

TEST_F(ConditionsTest, RunsAreAskedOnlyWhereTheirScatterIsKnown) {
  const auto count = [](const Conditions& conditions) {
    return std::count_if(conditions.begin(), conditions.end(),
                         [](const Condition& c) {
                           return c.rule == Rule::kBeyondRunScatter ||
                                  c.rule == Rule::kBeyondThresholdBesideShift ||
                                  c.rule == Rule::kIntervalClearOfShift;
                         });
  };
  EXPECT_EQ(count(Of(Around(1), Around(1.12)).differs), 0);
  Jury jury = comparison_.jury();
  jury.run_scatter = RunScatter{.shift = 0.05, .deviation = 0.03};
  const Conditions differs = FindConditions(jury, first()).differs;
  EXPECT_EQ(count(differs), 3);
  const Condition& scatter = Find(differs, Rule::kBeyondRunScatter);
  EXPECT_NEAR(*scatter.value, std::log(1.12) - 0.05, 1e-9);
  EXPECT_DOUBLE_EQ(*scatter.limit, 0.09);
  EXPECT_FALSE(scatter.met);
}

TEST_F(ConditionsTest, ACapIsTwiceAsFarAsTheSlowest) {
  const auto of = [](double cap, std::vector<double> beside = {}) {
    PooledRows capped;
    capped.capped_times = {cap};
    capped.samples = std::move(beside);
    PooledRows completed;
    completed.samples = {1, 1, 1.1};
    return CapConditions(capped, completed, 0.03);
  };
  EXPECT_TRUE(AllMet(of(1.22)));
  const Conditions near = of(1.2);
  EXPECT_FALSE(Find(near, Rule::kCapBeyondNoise).met);
  EXPECT_TRUE(Find(near, Rule::kCapBeyondThreshold).met);
  EXPECT_FALSE(AllMet(of(1.22, {1.1})));
  EXPECT_TRUE(AllMet(of(1.22, {1.2})));
  EXPECT_FALSE(AllMet(CapConditions({}, {}, 0.03)));
}

}  // namespace
}  // namespace hybrid
