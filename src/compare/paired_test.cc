#include "compare/paired.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "base/simulated_random.h"
#include "compare/gate.h"
#include "compare/test_results.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// Two programs measured in turn.
class PairedTest : public ::testing::Test {
 protected:
  /// A round of the present split, each side in a run of its own.
  void Round(double before_s, double after_s) {
    NextRound();
    base.Ok({before_s});
    now.Ok({after_s});
  }
  void NextRound() {
    ++rounds;
    base.base.run_id = fmt::format("base-{}", rounds);
    now.base.run_id = fmt::format("now-{}", rounds);
  }
  /// So many rounds in which the machine is up to twice as slow from one to
  /// the next, which both sides share, and scatters by `noise`.
  void Rounds(std::size_t count, double factor, double noise) {
    for (std::size_t i = 0; i < count; ++i) {
      const double speed = random.LogUniform(1, 2);
      Round(0.01 * speed * std::exp(noise * random.Normal()),
            0.01 * speed * factor * std::exp(noise * random.Normal()));
    }
  }
  const ComparedConfiguration& Compared() {
    comparison = CompareInPairs(base.rows, now.rows, {}, looks);
    return comparison.configurations.front();
  }

  Looks looks;
  TestResults base;
  TestResults now;
  Comparison comparison;
  std::size_t rounds = 0;
  SimulatedRandom random{{7}};
};

TEST_F(PairedTest, ADriftThatBothShareHidesNoDifference) {
  Rounds(20, 1.1, 0.02);
  EXPECT_EQ(Compared().change, Change::kSlower);
  EXPECT_NEAR(*Compared().ratio, 1.1, 0.03);
  EXPECT_FALSE(IsOpen(Compared()));
  EXPECT_THAT(FindGate(comparison).line, StartsWith("gate: failed"));
  // Side by side as files they tell nothing.
  EXPECT_EQ(CompareResults(base, now).configurations.front().change,
            Change::kCannotTell);
}

TEST_F(PairedTest, CopiesAreTheSame) {
  Rounds(20, 1, 0.02);
  EXPECT_EQ(Compared().change, Change::kSame);
  EXPECT_THAT(FindGate(comparison).line, StartsWith("gate: passed"));
}

TEST_F(PairedTest, WhatIsOpenSaysHowMuchMoreItWouldTake) {
  Rounds(12, 1, 0.08);
  EXPECT_EQ(Compared().change, Change::kCannotTell);
  EXPECT_TRUE(IsOpen(Compared()));
  EXPECT_THAT(Compared().reason, HasSubstr("12 pairs: an estimated "));
}

TEST_F(PairedTest, TooFewRoundsAreUndecidedForTheGate) {
  Rounds(3, 1.5, 0.001);
  EXPECT_EQ(Compared().change, Change::kCannotTell);
  EXPECT_EQ(comparison.needed, looks.FewestRounds(1));
  EXPECT_THAT(FindGate(comparison).line, StartsWith("gate: undecided"));
}

TEST_F(PairedTest, PairsAreOfTheSameRound) {
  Round(1, 2);
  NextRound();
  base.Split(1, 1).Ok({1});
  now.Split(1, 1).Ok({4});
  base.Split(2, 1);
  now.Split(2, 1);
  Round(1, 8);
  // The other side was killed before it wrote.
  NextRound();
  base.Ok({1});
  const auto pairs = PairRows(base.rows, now.rows);
  ASSERT_EQ(pairs.size(), 2U);
  EXPECT_THAT(pairs.begin()->second.log_ratios, ElementsAre(std::log(4)));
  EXPECT_THAT(pairs.rbegin()->second.log_ratios,
              ElementsAre(std::log(2), std::log(8)));
}

TEST_F(PairedTest, ARoundInWhichASideWasDisturbedIsLeftOut) {
  Rounds(20, 1, 0.02);
  Round(1, 5);
  now.rows.back().foreign_cpu_s = 10;
  now.rows.back().iterations = 1;
  const auto pairs = PairRows(base.rows, now.rows);
  EXPECT_EQ(pairs.begin()->second.log_ratios.size(), 20U);
  EXPECT_EQ(pairs.begin()->second.disturbed, 1U);
}

TEST_F(PairedTest, ACappedTimeIsABound) {
  for (int i = 0; i < 20; ++i) {
    NextRound();
    base.Ok({0.01});
    now.Capped(1);
  }
  NextRound();
  base.Ok({2});
  now.Capped(1);
  const auto pairs = PairRows(base.rows, now.rows);
  EXPECT_EQ(pairs.begin()->second.log_ratios.size(), 20U);
  EXPECT_EQ(Compared().change, Change::kSlower);
}

TEST_F(PairedTest, AnErrorFailsWhateverWasMeasured) {
  Rounds(20, 1, 0.02);
  NextRound();
  base.Ok({0.01});
  now.Error("crashed");
  EXPECT_EQ(Compared().change, Change::kFailed);
}

TEST_F(PairedTest, OversubscribedTimesThatJumpAreLeftToChance) {
  base.base.oversubscribed = now.base.oversubscribed = true;
  for (int i = 0; i < 20; ++i) Round(0.0137, i < 18 ? 0.0316 : 0.0137);
  EXPECT_EQ(Compared().change, Change::kCannotTell);
  EXPECT_THAT(Compared().reason, StartsWith("bimodal: "));
  EXPECT_FALSE(IsOpen(Compared()));
}

}  // namespace
}  // namespace hybrid
