#include "compare/bimodal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "compare/compare_text.h"
#include "compare/gate.h"
#include "compare/test_results.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using JumpTimes = std::vector<double>;

/// `slow` of ten times take 31.6 ms, the others 13.7 ms.
JumpTimes Jumping(std::size_t slow) {
  JumpTimes times = Around(0.0137);
  const JumpTimes slower = Around(0.0316);
  for (std::size_t i = 0; i < slow; ++i) times[i] = slower[i];
  return times;
}

class BimodalTest : public ::testing::Test {
 protected:
  BimodalTest() { Oversubscribed(true); }

  void Oversubscribed(bool is) {
    base.base.oversubscribed = now.base.oversubscribed = is;
  }
  const ComparedConfiguration& Of(const JumpTimes& before,
                                  const JumpTimes& after,
                                  const CompareSettings& settings = {}) {
    base.Ok(before);
    now.Ok(after);
    comparison = CompareResults(base, now, settings);
    return comparison.configurations.front();
  }

  TestResults base;
  TestResults now{"now"};
  Comparison comparison;
};

// Measured as it is here: 2×2 on two cores, nothing changed.
TEST_F(BimodalTest, WhereTheLaunchesFellIsNoChange) {
  const ComparedConfiguration& c = Of(Jumping(0), Jumping(10));
  EXPECT_EQ(c.change, Change::kCannotTell);
  EXPECT_EQ(c.reason,
            "bimodal: 13.7 ms in 10 and 31.6 ms in 10 of 20 repetitions, by "
            "chance");
  EXPECT_THAT(FindGate(comparison).line, Not(StartsWith("gate: failed")));
}

TEST_F(BimodalTest, IsJudgedWhereAskedFor) {
  EXPECT_EQ(Of(Jumping(0), Jumping(10), {.judge_bimodal = true}).change,
            Change::kSlower);
}

TEST_F(BimodalTest, WhatHasCoresEnoughAndOneLevelASideHasChanged) {
  Oversubscribed(false);
  const ComparedConfiguration& c = Of(Jumping(0), Jumping(10));
  EXPECT_EQ(c.change, Change::kSlower);
  EXPECT_FALSE(c.modes);
}

TEST_F(BimodalTest, WhatHasCoresEnoughMayJumpOnBothSides) {
  Oversubscribed(false);
  const ComparedConfiguration& c = Of(Jumping(1), Jumping(9));
  EXPECT_TRUE(c.modes);
  EXPECT_EQ(c.change, Change::kCannotTell);
}

TEST_F(BimodalTest, OneLevelIsComparedAsEver) {
  EXPECT_EQ(Of(Around(0.01), Around(0.012)).change, Change::kSlower);
}

TEST_F(BimodalTest, IsShownWhateverTheVerdict) {
  Of(Jumping(5), Jumping(5));
  const std::string text = CompareText(comparison, {"a", "b", true});
  EXPECT_THAT(text, HasSubstr("bimodal: 13.7 ms in 10 and 31.6 ms in 10 of 20 "
                              "repetitions"));
}

// A limit between the two levels stops one of them.
TEST_F(BimodalTest, WhatOneSideStoppedIsNoChangeEither) {
  base.Ok(Around(0.0137));
  for (int i = 0; i < 5; ++i) now.Capped(1);
  comparison = CompareResults(base, now);
  EXPECT_EQ(comparison.configurations.front().change, Change::kCannotTell);
  EXPECT_THAT(comparison.configurations.front().reason,
              HasSubstr("oversubscribed, and may be bimodal"));
  comparison = CompareResults(base, now, {.judge_bimodal = true});
  EXPECT_EQ(comparison.configurations.front().change, Change::kSlower);
}

}  // namespace
}  // namespace hybrid
