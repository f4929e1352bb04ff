#include "compare/why.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/json.h"
#include "compare/compare_json.h"
#include "compare/compare_text.h"
#include "compare/gate.h"
#include "compare/paired.h"
#include "compare/test_launches.h"
#include "compare/test_results.h"
#include "compare/why_json.h"
#include "compare/why_text.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

/// Why the verdict on the first configuration is what it is.
Why WhyFirst(const std::vector<Row>& before, const std::vector<Row>& after) {
  const Comparison comparison = Compare(before, after, {});
  const ComparedConfiguration& first = comparison.configurations.front();
  return Explain(comparison, first, SideRunsOf(before, first.key, {}),
                 SideRunsOf(after, first.key, {}));
}

/// A run of each of `times`, of ten repetitions about it.
std::vector<Row> RunsOfTimes(const std::string& name,
                             const std::vector<double>& times) {
  std::vector<Row> rows;
  for (const double time : times) {
    const TestResults run =
        TestResults(name + std::to_string(rows.size())).Ok(Around(time));
    rows.insert(rows.end(), run.rows.begin(), run.rows.end());
  }
  return rows;
}

TEST(WhyTest, TellsWhatEachConditionAsked) {
  const Why why = WhyFirst(RunsOfTimes("a", {1}), RunsOfTimes("b", {1.12}));
  EXPECT_THAT(WhyText(why),
              AllOf(HasSubstr("why gemm n=256 batch=32 2×1: slower\n"),
                    HasSubstr("run a0, 2026-01-02T03:04:05Z"),
                    HasSubstr("10 repetitions in 1 run"),
                    HasSubstr("12.0 %  > 3.0 %  yes"),
                    Not(HasSubstr("else the same")), Not(HasSubstr("<-"))));
}

TEST(WhyTest, MarksTheConditionThatDecided) {
  const Why why = WhyFirst(TestResults("1").Ok(Around(1, 3)).rows,
                           TestResults("2").Ok(Around(1.12, 3)).rows);
  EXPECT_THAT(WhyText(why), AllOf(HasSubstr("≤ 0.05  no   <- nor the same"),
                                  HasSubstr("else the same if all hold"),
                                  HasSubstr("no   <- so no difference")));
  EXPECT_EQ(WhyJson(why).at("no_difference_for"), "beyond chance");
  EXPECT_EQ(WhyJson(why).at("not_same_for"), "enough repetitions");
}

TEST(WhyTest, SplitsTheVarianceOnce) {
  const std::string text = WhyText(WhyFirst(RunsOfTimes("a", {1, 1.1, 0.9}),
                                            RunsOfTimes("b", {1.2, 1.3, 1.1})));
  const std::size_t place = text.find("variance");
  EXPECT_EQ(text.find("variance", place + 1), std::string::npos) << text;
  EXPECT_THAT(text, AllOf(HasSubstr("baseline: run 10.6 %, repetition 0.7 %"),
                          HasSubstr("with twice the runs"),
                          HasSubstr("30 repetitions in 3 runs")));
}

TEST(WhyTest, MoreRunsNarrowMoreThanMoreRepetitions) {
  const Why why = WhyFirst(RunsOfTimes("a", {1, 1.1, 0.9}),
                           RunsOfTimes("b", {1.2, 1.3, 1.1}));
  const double now = *ErrorOfRatio(why, 1, 1);
  EXPECT_NEAR(*ErrorOfRatio(why, 4, 1), now / 2, 1e-12);
  EXPECT_NEAR(*ErrorOfRatio(why, 1, 100), now, 0.01 * now);
  EXPECT_NEAR(now,
              std::hypot(*why.variance.between_runs / std::sqrt(3),
                         *why.variance.within_runs / std::sqrt(30)) *
                  std::sqrt(2),
              1e-12);
}

TEST(WhyTest, OneRunASideDoesNotTellTheRunsPart) {
  const Why why = WhyFirst(RunsOfTimes("a", {1}), RunsOfTimes("b", {1}));
  EXPECT_FALSE(ErrorOfRatio(why, 1, 1));
  EXPECT_THAT(WhyText(why), AllOf(HasSubstr("run not known, repetition "),
                                  HasSubstr("with one run a side")));
  const JsonObject json = WhyJson(why);
  EXPECT_TRUE(json.at("variance").at("between_runs").is_null());
  EXPECT_TRUE(json.at("error_of_ratio").at("now").is_null());
}

TEST(WhyTest, LaunchesAreCalledSo) {
  const TestLaunches before = TestLaunches("a").Grid({2, 1}, Around(1, 8));
  const TestLaunches after = TestLaunches("b").Grid({2, 1}, Around(1, 8));
  EXPECT_THAT(WhyText(WhyFirst(before.rows, after.rows)),
              AllOf(HasSubstr("8 launches in 1 run"), HasSubstr(", launch ")));
}

TEST(WhyTest, CapsHaveConditionsOfTheirOwn) {
  const Why why = WhyFirst(TestResults("1").Ok(Around(1)).rows,
                           TestResults("2").Capped(4).rows);
  EXPECT_THAT(WhyText(why),
              AllOf(HasSubstr("capped after 4.00 s"),
                    HasSubstr("a cap is a difference if all hold"),
                    HasSubstr("the cap is beyond the median by"),
                    Not(HasSubstr("variance"))));
  EXPECT_EQ(WhyJson(why).at("cap_differs_if_all").as_array().size(), 3U);
}

// Of a race, whose launches together tell what three of one split can't.
TEST(WhyTest, TheBestOfAGroupIsToldBeside) {
  const auto search = [](const std::string& run) {
    return TestLaunches(run)
        .Bound(0.11)
        .Search({4, 1}, Around(1, 4))
        .Search({2, 2}, Around(1.3, 4));
  };
  const Comparison comparison = CompareLaunches(search("a"), search("b"));
  for (const ComparedConfiguration& c : comparison.configurations) {
    const Why why = Explain(comparison, c, {}, {});
    EXPECT_EQ(why.best.has_value(), c.key.workers == 4);
    if (why.best) {
      EXPECT_THAT(WhyText(why), HasSubstr("the best split of both sides, 4×1"));
    }
  }
}

/// Rounds in which a side takes `before` and the other `factors` times that,
/// of which the first was disturbed.
Comparison InPairs(double before, const std::vector<double>& factors) {
  std::vector<std::vector<Row>> baseline;
  std::vector<std::vector<Row>> now;
  for (const double factor : factors) {
    const std::string round = std::to_string(now.size());
    baseline.push_back(TestResults("a" + round).Ok({before}).rows);
    now.push_back(TestResults("b" + round).Ok({before * factor}).rows);
  }
  now.front().front().throttled_s = 0.1;
  return CompareInPairs(baseline, now, {}, {});
}

TEST(WhyTest, OfPairsEachIsToldAndTheirConditionsDecide) {
  std::vector<double> factors = Around(1.2, 20);
  factors.front() = 3;
  const Comparison comparison = InPairs(0.01, factors);
  const Why why =
      Explain(comparison, comparison.configurations.front(), {}, {});
  ASSERT_TRUE(why.conditions);
  EXPECT_TRUE(VerdictOf(*why.conditions).differs());
  EXPECT_THAT(WhyText(why),
              AllOf(HasSubstr("2×1: slower\n"),
                    HasSubstr("1: 10.0 ms -> 30.0 ms, +200.0 % (left out: "
                              "throttled for 100 ms)"),
                    HasSubstr("the center of 19 pairs"),
                    HasSubstr("0.6 % from pair to pair"),
                    HasSubstr("each at alpha 1.0 % of 5.0 %"),
                    HasSubstr("≤ 0.01  yes")));
  const Json paired = WhyJson(why).at("paired");
  EXPECT_EQ(paired.at("pairs").as_array().size(), 20U);
  EXPECT_EQ(paired.at("counted"), 19);
  EXPECT_NEAR(paired.at("center").as_double(), 0.2, 0.01);
}

TEST(WhyTest, OfPairsThatTellNothingYetHowManyMoreWould) {
  std::vector<double> factors;
  for (std::size_t i = 0; i < 12; ++i) factors.push_back(i % 2 ? 1.2 : 0.85);
  const Comparison comparison = InPairs(0.01, factors);
  const ComparedConfiguration& first = comparison.configurations.front();
  EXPECT_TRUE(first.is_open);
  const Why why = Explain(comparison, first, {}, {});
  EXPECT_THAT(
      WhyText(why),
      AllOf(HasSubstr("p of a difference beyond the threshold"),
            HasSubstr("no   <- nor the same"), HasSubstr("more would tell")));
  EXPECT_EQ(WhyJson(why).at("not_same_for"), "shown to be the same");
  EXPECT_TRUE(WhyJson(why).at("paired").at("more_rounds").is_number());
}

TEST(WhyTest, StandsInPlaceOfTheOthersAndTheGateIsLast) {
  const TestResults before =
      TestResults("1").Ok(Around(1)).Split(1, 1).Ok(Around(2));
  const TestResults after =
      TestResults("2").Ok(Around(1.12)).Split(1, 1).Ok(Around(3));
  const Comparison comparison = CompareResults(before, after);
  OutputSettings settings{"a", "b"};
  settings.gate = FindGate(comparison, false);
  settings.why = Explain(comparison, comparison.configurations.back(), {}, {});
  EXPECT_THAT(
      CompareText(comparison, settings),
      AllOf(HasSubstr("\ngemm n=256 batch=32 2×1 "), Not(HasSubstr("1×1  ")),
            HasSubstr("\n2 configurations: 2 slower\n"),
            EndsWith(settings.gate->line + "\n")));
  const JsonObject json = ComparisonJson(comparison, settings);
  EXPECT_EQ(json.at("configurations").as_array().size(), 2U);
  const Json& why = json.at("why");
  EXPECT_EQ(why.at("verdict"), "slower");
  EXPECT_TRUE(why.at("no_difference_for").is_null());
  const Json& size = why.at("differs_if_all").at(0);
  EXPECT_EQ(size.at("condition"), "beyond threshold");
  EXPECT_NEAR(size.at("value").as_double(), 0.12, 1e-9);
  EXPECT_NEAR(size.at("limit").as_double(), 0.03, 1e-9);
  EXPECT_EQ(size.at("relation"), ">");
  EXPECT_EQ(size.at("met"), true);
}

}  // namespace
}  // namespace hybrid
