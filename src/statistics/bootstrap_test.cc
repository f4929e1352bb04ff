#include "statistics/bootstrap.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "compare/test_results.h"

namespace hybrid {
namespace {

TEST(BootstrapTest, SurroundsTheRatio) {
  RatioBootstrap bootstrap;
  const Interval interval = bootstrap({Around(1)}, {Around(1.1)});
  EXPECT_LT(interval.low, 1.1);
  EXPECT_GT(interval.high, 1.1);
  EXPECT_GT(interval.low, 1.08);
  EXPECT_LT(interval.high, 1.12);
}

TEST(BootstrapTest, ConstantSamplesHaveNoWidth) {
  RatioBootstrap bootstrap;
  const Interval interval = bootstrap({{2, 2, 2}}, {{3, 3}});
  EXPECT_EQ(interval.low, 1.5);
  EXPECT_EQ(interval.high, 1.5);
}

TEST(BootstrapTest, IsTheSameWhateverWasAskedBefore) {
  RatioBootstrap fresh;
  RatioBootstrap used;
  used({Around(5, 7)}, {Around(3, 9), Around(4, 3)});
  const Interval a = fresh({Around(1)}, {Around(2)});
  const Interval b = used({Around(1)}, {Around(2)});
  EXPECT_EQ(a.low, b.low);
  EXPECT_EQ(a.high, b.high);
}

TEST(BootstrapTest, SidesAreResampledIndependently) {
  // With the same resamples on both sides the ratio would never vary.
  RatioBootstrap bootstrap;
  const Interval interval = bootstrap({Around(1)}, {Around(1)});
  EXPECT_LT(interval.low, 1);
  EXPECT_GT(interval.high, 1);
}

TEST(BootstrapTest, RunsThatDifferWidenIt) {
  RatioBootstrap bootstrap;
  const Runs scattered = {Around(0.9), Around(1), Around(1.1)};
  const Runs base = {Around(1), Around(1), Around(1)};
  const Interval apart = bootstrap(base, scattered);
  const Interval pooled =
      bootstrap({AllSamples(base)}, {AllSamples(scattered)});
  EXPECT_LT(apart.low, pooled.low);
  EXPECT_GT(apart.high, pooled.high);
}

TEST(BootstrapTest, CoversTheTruthAboutAsOftenAsItSays) {
  std::mt19937_64 random(1);
  RatioBootstrap bootstrap;
  int covered = 0;
  constexpr int kTrials = 400;
  for (int i = 0; i < kTrials; ++i) {
    const Interval interval = bootstrap({Lognormal(1, 0.03, 10, random)},
                                        {Lognormal(1.1, 0.03, 10, random)});
    covered += interval.low <= 1.1 && 1.1 <= interval.high;
  }
  EXPECT_GT(covered, 0.92 * kTrials);
  EXPECT_LT(covered, kTrials);
}

}  // namespace
}  // namespace hybrid
