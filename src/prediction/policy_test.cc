#include "prediction/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <optional>

#include "prediction/prediction_error.h"
#include "prediction/test_sizes.h"

namespace hybrid {
namespace {

std::optional<Split> SplitOf(const Policy& policy, std::uint64_t n,
                             std::uint64_t batch) {
  const PolicyRule* const rule = policy.Find({n, batch});
  return rule == nullptr ? std::nullopt : std::optional(rule->split);
}

TEST(PolicyTest, ChangesAtTheGeometricMean) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 1}, {kThreads, 2}});
  test.Add(256, 8, {{kWorkers, 20}, {kThreads, 10}});
  test.Add(300, 8, {{kWorkers, 20}, {kThreads, 10}});
  const Policy policy = MakePolicy(FindGrid(test.rows));
  ASSERT_EQ(policy.rules.size(), 2U);
  EXPECT_EQ(policy.rules[0].n, (MeasuredRange{64, 128}));
  EXPECT_EQ(policy.rules[1].n, (MeasuredRange{129, 300}));
  EXPECT_EQ(policy.rules[1].batch, (MeasuredRange{4, kAnyBatch}));
  EXPECT_EQ(policy.n, (MeasuredRange{64, 300}));
  EXPECT_EQ(SplitOf(policy, 63, 8), std::nullopt);
  EXPECT_EQ(SplitOf(policy, 64, 8), kWorkers);
  EXPECT_EQ(SplitOf(policy, 128, 8), kWorkers);
  EXPECT_EQ(SplitOf(policy, 129, 8), kThreads);
  EXPECT_EQ(SplitOf(policy, 300, 8), kThreads);
  EXPECT_EQ(SplitOf(policy, 301, 8), std::nullopt);
  EXPECT_EQ(SplitOf(policy, 64, 4), kWorkers);
  EXPECT_EQ(SplitOf(policy, 64, 1'000'000), kWorkers);
  EXPECT_EQ(SplitOf(policy, 64, 3), std::nullopt);
  ASSERT_EQ(policy.points.size(), 3U);
  EXPECT_EQ(policy.points[1].size, (TaskSize{256, 8}));
  EXPECT_EQ(policy.points[1].split, kThreads);
  EXPECT_EQ(policy.points[1].seconds, 10);
  EXPECT_TRUE(policy.points[1].measured);
  EXPECT_EQ(policy.days, "2026-11-22");
}

TEST(PolicyTest, TakesTheSplitThatTiesHaveInCommon) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 1}, {kThreads, 2}});
  test.base.n = 128;
  // No different by Welch's test.
  test.Ok(kThreads, {3.9, 4.0, 4.1});
  test.Ok(kWorkers, {3.95, 4.05, 4.1});
  test.Add(256, 8, {{kWorkers, 10}, {kThreads, 20}});
  const Policy policy = MakePolicy(FindGrid(test.rows));
  ASSERT_EQ(policy.rules.size(), 1U);
  EXPECT_EQ(policy.rules[0].split, kWorkers);
  EXPECT_EQ(policy.points[1].seconds, 4.05);
}

TEST(PolicyTest, BatchesMeetAtTheGeometricMeanWhereOneTellsOfTheOther) {
  TestSizes test;
  test.Add(64, 1, {{kWorkers, 2}, {kThreads, 1}});
  test.Add(64, 8, {{kWorkers, 1}, {kThreads, 2}});
  test.Add(64, 32, {{kWorkers, 2}, {kThreads, 1}});
  const Policy policy = MakePolicy(FindGrid(test.rows));
  ASSERT_EQ(policy.rules.size(), 3U);
  EXPECT_EQ(policy.rules[0].batch, (MeasuredRange{1, 1}));
  EXPECT_EQ(policy.rules[1].batch, (MeasuredRange{4, 16}));
  EXPECT_EQ(policy.rules[2].batch, (MeasuredRange{17, kAnyBatch}));
  EXPECT_EQ(SplitOf(policy, 64, 2), std::nullopt);
}

TEST(PolicyTest, PredictsWhatWasNotMeasured) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 1}, {kThreads, 2}});
  test.Add(128, 8, {{kWorkers, 4}, {kThreads, 8}});
  test.Add(256, 8, {{kWorkers, 40}, {kThreads, 20}});
  test.Add(128, 3, {{kWorkers, 4}, {kThreads, 8}});
  test.Add(128, 16, {{kWorkers, 16}, {kThreads, 8}});
  const Policy policy = MakePolicy(FindGrid(test.rows));
  // All but those that no other batch tells of.
  ASSERT_EQ(policy.points.size(), 7U);
  const PolicyPoint& point = policy.points[4];
  EXPECT_EQ(point.size, (TaskSize{64, 16}));
  EXPECT_EQ(point.split, kWorkers);
  EXPECT_EQ(point.seconds, 2);
  EXPECT_FALSE(point.measured);
  EXPECT_EQ(SplitOf(policy, 100, 16), kThreads);
  EXPECT_EQ(SplitOf(policy, 90, 16), kWorkers);
  // Of three tasks one n is known.
  EXPECT_EQ(SplitOf(policy, 128, 3), kWorkers);
  EXPECT_EQ(SplitOf(policy, 127, 3), std::nullopt);
}

TEST(PolicyTest, PredictsWhereTheBestMayHaveBeenDisturbed) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 2}, {kThreads, 1}});
  test.Add(128, 8, {{kWorkers, 8}, {kSerial, 9}});
  test.Ok(kThreads, {4, 4, 4}, Steal(0.5));
  test.Add(256, 8, {{kWorkers, 32}, {kThreads, 16}, {kSerial, 40}});
  test.Add(512, 8, {{kWorkers, 128}, {kThreads, 64}, {kSerial, 160}});
  const Policy policy = MakePolicy(FindGrid(test.rows));
  EXPECT_EQ(SplitOf(policy, 128, 8), kThreads);
  ASSERT_EQ(policy.points.size(), 4U);
  EXPECT_FALSE(policy.points[1].measured);
  EXPECT_EQ(policy.points[1].seconds, 4);
}

TEST(PolicyTest, OfACommandWithoutAnN) {
  TestSizes test;
  test.base.operation = kCommandOperation;
  test.base.command = "./job";
  test.Add(0, 8, {{kWorkers, 1}, {kSerial, 2}});
  const Policy policy = MakePolicy(FindGrid(test.rows));
  EXPECT_EQ(SplitOf(policy, 0, 9), kWorkers);
  EXPECT_EQ(SplitOf(policy, 1, 9), std::nullopt);
}

TEST(PolicyTest, OfNumbersThatNobodyMeasures) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  TestSizes test;
  test.Add(1, 0, {{kWorkers, 1}, {kSerial, 2}});
  test.Add(kMost - 1, kMost, {{kWorkers, 1}, {kSerial, 2}});
  test.Add(kMost, kMost, {{kWorkers, 2}, {kSerial, 1}});
  const Policy policy = MakePolicy(FindGrid(test.rows));
  EXPECT_EQ(SplitOf(policy, kMost - 1, kMost), kWorkers);
  EXPECT_EQ(SplitOf(policy, kMost, kMost), kSerial);
  EXPECT_EQ(SplitOf(policy, 1, 0), kWorkers);
}

TEST(PolicyTest, RefusesWhereThereIsNoChoiceAndTooMany) {
  TestSizes one;
  one.Add(64, 8, {{kWorkers, 1}});
  EXPECT_THROW(MakePolicy(FindGrid(one.rows)), PredictionError);
  TestSizes many;
  for (std::uint64_t n = 1; n <= 257; ++n) {
    many.Add(n, 8, {{kWorkers, 1}, {kSerial, 2}});
  }
  try {
    MakePolicy(FindGrid(many.rows));
    ADD_FAILURE();
  } catch (const PredictionError& error) {
    EXPECT_STREQ(error.what(),
                 "257 n × 1 batches are more than the 256 sizes that a policy "
                 "is for: take part of them with --filter, such as "
                 "--filter=batch:8/");
  }
}

}  // namespace
}  // namespace hybrid
