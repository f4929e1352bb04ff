// How often Compare errs, on simulated sweeps of 36 configurations with 10
// repetitions each.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>

#include "compare/comparison.h"
#include "compare/test_results.h"

namespace hybrid {
namespace {

constexpr int kPairs = 200;
constexpr std::uint64_t kConfigurations = 36;
constexpr std::size_t kRepetitions = 10;

/// One run of the sweep, of which repetitions scatter by `noise`; the
/// configuration `planted` takes `factor` times as long. With `outliers` every
/// fifth repetition takes up to half as long again.
TestResults SimulatedSweep(std::mt19937_64& random, double noise,
                           bool outliers = false,
                           std::uint64_t planted = kConfigurations,
                           double factor = 1) {
  TestResults sweep;
  for (std::uint64_t i = 0; i < kConfigurations; ++i) {
    sweep.base.n = 64 + i;
    auto times =
        Lognormal(i == planted ? factor : 1, noise, kRepetitions, random);
    for (double& time : times) {
      if (outliers && random() % 5 == 0) {
        time *= 1 + static_cast<double>(random() % 500) / 1000;
      }
    }
    sweep.Ok(times);
  }
  return sweep;
}

bool Claims(const Comparison& comparison) {
  return comparison.regressions() + comparison.Count(Change::kFaster) > 0;
}

/// In how many of kPairs pairs of runs that differ by noise alone a difference
/// is claimed.
int FalseAlarms(double noise, bool outliers) {
  std::mt19937_64 random(36);
  int alarms = 0;
  for (int i = 0; i < kPairs; ++i) {
    const TestResults a = SimulatedSweep(random, noise, outliers);
    const TestResults b = SimulatedSweep(random, noise, outliers);
    alarms += Claims(CompareResults(a, b));
  }
  return alarms;
}

TEST(FalseAlarmsTest, RareWhereNothingChanged) {
  EXPECT_LE(FalseAlarms(0.03, false), kPairs / 20);
}

TEST(FalseAlarmsTest, RareWithMuchNoise) {
  EXPECT_LE(FalseAlarms(0.15, false), kPairs / 20);
}

TEST(FalseAlarmsTest, RareWithOutliers) {
  EXPECT_LE(FalseAlarms(0.03, true), kPairs / 20);
}

TEST(FalseAlarmsTest, ATenthSlowerIsFound) {
  std::mt19937_64 random(10);
  int found = 0;
  for (int i = 0; i < kPairs; ++i) {
    const auto planted = static_cast<std::uint64_t>(i) % kConfigurations;
    const TestResults a = SimulatedSweep(random, 0.03);
    const TestResults b = SimulatedSweep(random, 0.03, false, planted, 1.1);
    const Comparison comparison = CompareResults(a, b);
    const auto& worst = comparison.configurations.front();
    found += worst.change == Change::kSlower && worst.key.n == 64 + planted;
  }
  EXPECT_GE(found, kPairs * 95 / 100);
}

}  // namespace
}  // namespace hybrid
