#include "compare/paired.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
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
  /// The rows of `side`, round by round.
  std::vector<std::vector<Row>> ByRound(const TestResults& side) const {
    std::vector<std::vector<Row>> all(rounds);
    for (const Row& row : side.rows) {
      const std::string number = row.run_id.substr(row.run_id.find('-') + 1);
      all.at(std::stoul(number) - 1).push_back(row);
    }
    return all;
  }
  std::map<Key, Pairs> AllPairs() const {
    std::map<Key, Pairs> all;
    for (const auto& [key, pairs] : PairRows(ByRound(base), ByRound(now))) {
      all[key] = pairs.median;
    }
    return all;
  }
  const ComparedConfiguration& Compared() {
    comparison = CompareInPairs(ByRound(base), ByRound(now), {}, looks);
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
  EXPECT_FALSE(Compared().is_open);
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
  EXPECT_TRUE(Compared().is_open);
  EXPECT_THAT(Compared().reason, HasSubstr("12 pairs: an estimated "));
}

TEST_F(PairedTest, WhatNoNumberOfRoundsTellsIsNotMeasuredOn) {
  for (int i = 0; i < 20; ++i) Round(0.01, i % 2 == 0 ? 0.002 : 0.05);
  EXPECT_EQ(Compared().change, Change::kCannotTell);
  EXPECT_THAT(Compared().reason, HasSubstr("too noisy for any number"));
  EXPECT_FALSE(Compared().is_open);
}

TEST_F(PairedTest, TooFewRoundsAreUndecidedForTheGate) {
  Rounds(3, 1.5, 0.001);
  EXPECT_EQ(Compared().change, Change::kCannotTell);
  EXPECT_EQ(comparison.needed, looks.FewestRounds(kPairTimes));
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
  const auto pairs = AllPairs();
  ASSERT_EQ(pairs.size(), 2U);
  EXPECT_THAT(LogRatios(pairs.begin()->second), ElementsAre(std::log(4)));
  EXPECT_THAT(LogRatios(pairs.rbegin()->second),
              ElementsAre(std::log(2), std::log(8)));
}

TEST_F(PairedTest, ARoundInWhichASideWasDisturbedIsLeftOut) {
  Rounds(20, 1, 0.02);
  Round(1, 5);
  now.rows.back().foreign_cpu_s = 10;
  now.rows.back().iterations = 1;
  const auto pairs = AllPairs();
  EXPECT_EQ(LogRatios(pairs.begin()->second).size(), 20U);
  EXPECT_EQ(
      std::count_if(pairs.begin()->second.begin(), pairs.begin()->second.end(),
                    [](const Pair& pair) { return !pair.disturbance.empty(); }),
      1);
  EXPECT_THAT(pairs.begin()->second.back().disturbance,
              HasSubstr("other programs"));
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
  const auto pairs = AllPairs();
  EXPECT_EQ(LogRatios(pairs.begin()->second).size(), 20U);
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
  EXPECT_FALSE(Compared().is_open);
}

TEST_F(PairedTest, WhatJumpsByChanceIsNotMeasuredOn) {
  base.base.oversubscribed = now.base.oversubscribed = true;
  for (int i = 0; i < 20; ++i) {
    Round(i % 2 == 0 ? 0.0137 : 0.0316, i % 3 == 0 ? 0.0137 : 0.0316);
  }
  EXPECT_EQ(Compared().change, Change::kCannotTell);
  EXPECT_THAT(Compared().reason, StartsWith("bimodal: "));
  EXPECT_FALSE(Compared().is_open);
}

// Both sides of a pair find the machine as fast as the other does.
TEST_F(PairedTest, AMachineThatJumpsHidesNoDifference) {
  for (int i = 0; i < 20; ++i) {
    const double level = i % 2 == 0 ? 0.01 : 0.02;
    const double noise = 1 + 0.002 * (i % 5);
    Round(level * noise, level * 1.1);
  }
  EXPECT_EQ(Compared().change, Change::kSlower);
  EXPECT_FALSE(comparison.configurations.front().modes);
}

TEST_F(PairedTest, LaunchesAreComparedByTheirMedianBatch) {
  for (int i = 0; i < 20; ++i) {
    Round(0.01, 0.03);
    now.rows.back().round = base.rows.back().round = 1;
    base.rows.back().batch_median_s = now.rows.back().batch_median_s = 0.009;
  }
  EXPECT_EQ(Compared().change, Change::kSame);
}

/// Rounds of launches with their fastest batches.
class PairedFastestTest : public PairedTest {
 protected:
  void Launches(double fastest, double median, double noise) {
    for (int i = 0; i < 20; ++i) {
      Round(0.01, 0.01);
      Row& before = base.rows.back();
      Row& after = now.rows.back();
      before.round = after.round = 1;
      before.batch_min_s = 0.009;
      after.batch_min_s = 0.009 * fastest * (1 + 0.0005 * (i % 5));
      before.batch_median_s = 0.01 * std::exp(noise * random.Normal());
      after.batch_median_s = 0.01 * median * std::exp(noise * random.Normal());
    }
  }
};

TEST_F(PairedFastestTest, TheFastestBatchesTellWhereMediansScatter) {
  Launches(1.05, 1.05, 0.2);
  EXPECT_EQ(Compared().change, Change::kSlower);
  EXPECT_NEAR(*Compared().ratio, 1.05, 0.005);
  EXPECT_EQ(Compared().paired->time, PairTime::kFastest);
}

TEST_F(PairedFastestTest, ScatterAloneIsTheSame) {
  Launches(1, 1, 0.2);
  EXPECT_EQ(Compared().change, Change::kSame);
}

TEST_F(PairedFastestTest, MediansAloneCanBeSlowerToo) {
  Launches(1, 1.2, 0.01);
  EXPECT_EQ(Compared().change, Change::kSlower);
  EXPECT_NEAR(*Compared().ratio, 1.2, 0.02);
  EXPECT_THAT(Compared().reason, StartsWith("by the median batches"));
}

TEST_F(PairedFastestTest, WhereASideLacksThemMediansCount) {
  Launches(2, 1, 0.005);
  for (Row& row : base.rows) row.batch_min_s.reset();
  EXPECT_EQ(Compared().change, Change::kSame);
  EXPECT_EQ(Compared().paired->time, PairTime::kMedian);
}

TEST_F(PairedTest, WhatDiffersOnPurposeIsCompared) {
  base.base.pin = Pin::kNone;
  now.base.pin = Pin::kCores;
  Rounds(20, 1.1, 0.02);
  EXPECT_EQ(Compared().change, Change::kSlower);
  EXPECT_EQ(Compared().key.pin, Pin::kCores);
  EXPECT_EQ(comparison.configurations.size(), 1U);
  EXPECT_EQ(DifferenceText(comparison.differences.front()),
            "pin: none in the baseline, cores in the new results");
  EXPECT_FALSE(comparison.refused());
}

TEST_F(PairedTest, OtherLibrariesOnPurposeAreNotRefused) {
  base.base.blas = "openblas";
  base.base.blas_version = "0.3.21";
  base.base.kernels = base.base.library_kernels = "Zen";
  Rounds(20, 1.1, 0.02);
  EXPECT_EQ(Compared().change, Change::kSlower);
  EXPECT_FALSE(comparison.refused());
}

BenchmarkRun RunOf(const std::vector<double>& times_s) {
  BenchmarkRun run;
  MeasuredBenchmark& sort = run.benchmarks.emplace_back();
  sort.name = "Sort";
  sort.real_times_s = times_s;
  return run;
}

TEST(PairedBenchmarksTest, AreComparedByName) {
  std::vector<BenchmarkRun> before;
  std::vector<BenchmarkRun> after;
  for (int i = 0; i < 20; ++i) {
    const double drift = 1 + 0.1 * i;
    before.push_back(RunOf({drift, drift * 9, drift}));
    after.push_back(RunOf({drift * 1.2}));
  }
  const Comparison comparison =
      CompareBenchmarksInPairs(before, after, {}, Looks());
  const ComparedConfiguration& compared = comparison.configurations.front();
  EXPECT_EQ(compared.name, "Sort");
  EXPECT_EQ(compared.change, Change::kSlower);
  EXPECT_NEAR(*compared.ratio, 1.2, 1e-6);
  EXPECT_EQ(compared.paired->evidence.pairs, 20U);
}

}  // namespace
}  // namespace hybrid
