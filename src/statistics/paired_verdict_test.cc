#include "statistics/paired_verdict.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "base/simulated_random.h"

namespace hybrid {
namespace {

constexpr std::size_t kTests = 24;

/// What the rounds of a configuration end with, looked at as often as Looks
/// says, where the new program takes `factor` times as long.
enum class End { kSlower, kFaster, kSame, kOpen };

/// A logarithm of a ratio on a noisy machine: both sides scatter by `noise`,
/// and one in ten launches is disturbed by up to a half.
double LogRatio(double factor, double noise, SimulatedRandom& random) {
  const auto side = [&] {
    return noise * random.Normal() +
           (random.Chance(0.1) ? 0.4 * random.Uniform() : 0);
  };
  return std::log(factor) + side() - side();
}

End EndOf(double factor, double noise, std::uint64_t seed) {
  SimulatedRandom random({seed});
  const Looks looks;
  std::vector<double> log_ratios;
  for (std::size_t round = 1; round <= looks.most_rounds; ++round) {
    log_ratios.push_back(LogRatio(factor, noise, random));
    if (!looks.IsLook(round, kTests)) continue;
    const auto evidence = WeighPairs(log_ratios, looks);
    // As if it were the only one that differs, the hardest case.
    if (evidence->p_differs * kTests <= looks.alpha_of_one() &&
        std::abs(evidence->center) > std::log1p(looks.threshold)) {
      return evidence->center > 0 ? End::kSlower : End::kFaster;
    }
    if (evidence->p_same <= looks.alpha) return End::kSame;
  }
  return End::kOpen;
}

int CountOf(End end, double factor, double noise, int times) {
  int count = 0;
  for (int i = 0; i < times; ++i) {
    count += EndOf(factor, noise, static_cast<std::uint64_t>(i)) == end;
  }
  return count;
}

TEST(LooksTest, AreEvenlySpacedFromTheFirstThatCanTell) {
  const Looks looks;
  const std::size_t fewest = looks.FewestRounds(kTests);
  EXPECT_LE(2 * std::pow(0.5, fewest) * kTests, looks.alpha_of_one());
  EXPECT_GT(2 * std::pow(0.5, fewest - 1) * kTests, looks.alpha_of_one());
  std::size_t count = 0;
  for (std::size_t round = 1; round <= looks.most_rounds; ++round) {
    count += looks.IsLook(round, kTests);
    EXPECT_FALSE(round < fewest && looks.IsLook(round, kTests));
  }
  EXPECT_LE(count, Looks::kMost);
  EXPECT_TRUE(looks.IsLook(fewest, kTests));
  EXPECT_TRUE(looks.IsLook(looks.most_rounds, kTests));
}

TEST(WeighPairsTest, OfTwoCopiesNoneIsHardlyEverCalledSlowerOrFaster) {
  for (const double noise : {0.01, 0.05, 0.15}) {
    EXPECT_LE(CountOf(End::kSlower, 1, noise, 1000) +
                  CountOf(End::kFaster, 1, noise, 1000),
              1)
        << noise;
  }
}

TEST(WeighPairsTest, CalmCopiesAreCalledTheSame) {
  EXPECT_GE(CountOf(End::kSame, 1, 0.02, 500), 475);
}

TEST(WeighPairsTest, FindsASlowdownAndNeverCallsATenthTheSame) {
  EXPECT_GE(CountOf(End::kSlower, 1.05, 0.03, 500), 300);
  EXPECT_GE(CountOf(End::kSlower, 1.10, 0.03, 500), 475);
  EXPECT_GE(CountOf(End::kSlower, 1.20, 0.03, 500), 495);
  for (const double noise : {0.01, 0.05, 0.15}) {
    EXPECT_EQ(CountOf(End::kSame, 1.10, noise, 500), 0) << noise;
  }
}

TEST(MoreRoundsTest, GrowWithTheSquareOfTheIntervalOverWhatIsLeft) {
  const Looks looks;
  PairedEvidence evidence{.center = 0, .pairs = 20};
  const auto more = MoreRounds(evidence, {-0.04, 0.04}, looks, kTests);
  const double times = 0.04 / std::log1p(0.03);
  EXPECT_EQ(more, static_cast<std::size_t>(std::ceil(20 * times * times)) - 20);
  evidence.center = 0.1;
  EXPECT_EQ(MoreRounds(evidence, {0.09, 0.11}, looks, kTests), 1U);
  evidence.pairs = 3;
  EXPECT_EQ(MoreRounds(evidence, {0.09, 0.11}, looks, kTests),
            looks.FewestRounds(kTests) - 3);
  evidence.center = 0.0185;
  EXPECT_FALSE(MoreRounds(evidence, {-1, 1}, looks, kTests));
}

TEST(WeighPairsTest, OfNothingNothingIsKnown) {
  EXPECT_FALSE(WeighPairs({}, {}));
}

}  // namespace
}  // namespace hybrid
