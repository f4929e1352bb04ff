#include "compare/best_split.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "compare/test_results.h"

namespace hybrid {
namespace {

TestResults TwoSplits(double two_workers, double two_threads) {
  return TestResults()
      .Split(2, 1)
      .Ok(Around(two_workers))
      .Split(1, 2)
      .Ok(Around(two_threads));
}

std::vector<BestSplitChange> Changes(const TestResults& before,
                                     const TestResults& now) {
  const std::vector<Answer> old_answers = FindAnswers(before.rows);
  const std::vector<Answer> answers = FindAnswers(now.rows);
  return FindBestSplitChanges(FindGroupPartners(old_answers, answers), {});
}

TEST(BestSplitTest, ChangesBeyondNoise) {
  const auto changes = Changes(TwoSplits(1, 1.2), TwoSplits(1.24, 1));
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(BestSplitText(changes[0]),
            "best split changed: gemm n=256 batch=32: 2×1 -> 1×2 (2×1 now "
            "1.24× the best)");
}

TEST(BestSplitTest, ATieIsNoChange) {
  EXPECT_TRUE(Changes(TwoSplits(1, 1.01), TwoSplits(1.01, 1)).empty());
  EXPECT_TRUE(Changes(TwoSplits(1, 1.2), TwoSplits(1, 1.1)).empty());
}

TEST(BestSplitTest, TheOldOneNoLongerCompletes) {
  const auto changes =
      Changes(TwoSplits(1, 1.2),
              TestResults().Split(2, 1).Capped(9).Split(1, 2).Ok(Around(1.2)));
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(BestSplitText(changes[0]),
            "best split changed: gemm n=256 batch=32: 2×1 -> 1×2 (2×1 no "
            "longer completes)");
}

TEST(BestSplitTest, WhatTheBaselineDidNotMeasureIsNoChange) {
  EXPECT_TRUE(Changes(TestResults().Ok(Around(1)), TwoSplits(1.2, 1)).empty());
}

/// `results` as measured on `host`, behind those of `others`.
TestResults OnHost(const std::string& host, TestResults results,
                   const TestResults& others = TestResults()) {
  for (Row& row : results.rows) row.host = host;
  results.rows.insert(results.rows.begin(), others.rows.begin(),
                      others.rows.end());
  return results;
}

TEST(BestSplitTest, EachMachineIsComparedWithItself) {
  // 2×1 is the best on a and 1×2 on b, before and after.
  const TestResults a = OnHost("a", TwoSplits(1, 1.2));
  const TestResults both = OnHost("b", TwoSplits(1.2, 1), a);
  EXPECT_TRUE(Changes(both, both).empty());
  // One that the baseline lacks is nobody's partner.
  EXPECT_TRUE(Changes(a, both).empty());
  EXPECT_TRUE(Changes(both, OnHost("c", TwoSplits(1.2, 1))).empty());
  EXPECT_EQ(
      Changes(both, OnHost("b", TwoSplits(1, 1.2), OnHost("a", a))).size(), 1);
}

TEST(BestSplitTest, OneMachineMayChangeItsName) {
  EXPECT_EQ(
      Changes(OnHost("a", TwoSplits(1, 1.2)), OnHost("b", TwoSplits(1.24, 1)))
          .size(),
      1);
}

TEST(BestSplitTest, DisturbedRepetitionsDoNotCount) {
  TestResults now;
  now.base.speed_fraction = 0.5;
  now.Split(2, 1).Ok(Around(2));
  now.base.speed_fraction = 1;
  now.Ok(Around(1)).Split(1, 2).Ok(Around(1.2));
  EXPECT_TRUE(Changes(TwoSplits(1, 1.2), now).empty());
}

}  // namespace
}  // namespace hybrid
