#include "ceilings/ceilings.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <vector>

#include "base/scoped_environment.h"
#include "base/test_child.h"
#include "ceilings/peak.h"
#include "ceilings/test_team.h"
#include "machine/meminfo.h"

namespace hybrid {
namespace {

constexpr std::uint64_t kSmallCache = 1024 * 1024;  // tests the code, not DRAM

void ExpectSane(const Ceilings& ceilings) {
  bool supported = false;
  for (const PeakLoop& loop : SupportedPeakLoops()) {
    supported = supported || loop.vector_unit == ceilings.vector_unit;
  }
  EXPECT_TRUE(supported) << ceilings.vector_unit;
  for (const double figure :
       {ceilings.core_peak_gflops, ceilings.peak_gflops,
        ceilings.core_triad_bytes_per_s, ceilings.triad_bytes_per_s}) {
    EXPECT_TRUE(std::isfinite(figure));
    EXPECT_GT(figure, 0);
  }
  EXPECT_GT(ceilings.core_peak_gflops, 0.01);
  EXPECT_LT(ceilings.core_peak_gflops, 1000);
}

TEST(CeilingsTest, OfThisMachine) {
  const ScopedEnvironment environment(HwlocVariables());
  const std::vector<CpuList> cores = ReadTopology().cores;
  const std::optional<Ceilings> ceilings = MeasureCeilings(
      cores, kSmallCache, ReadMeminfo("MemAvailable").value_or(0), Never);
  ASSERT_TRUE(ceilings);
  ExpectSane(*ceilings);
  // Far apart, because other programs run beside tests.
  const auto count = static_cast<double>(cores.size());
  EXPECT_GT(ceilings->peak_gflops, ceilings->core_peak_gflops / 4);
  EXPECT_LT(ceilings->peak_gflops, ceilings->core_peak_gflops * 20 * count);
}

TEST(CeilingsTest, ImpossibleOnesAreKnown) {
  const auto why = [](double one, double all, std::size_t cores) {
    return WhyImpossible({.vector_unit = "AVX2 + FMA",
                          .core_peak_gflops = one,
                          .peak_gflops = all},
                         cores)
        .value_or("");
  };
  EXPECT_EQ(why(80, 53, 2), "2 cores reached 53 GFLOP/s, one of them alone 80");
  EXPECT_NE(why(40, 200, 2), "");
  EXPECT_EQ(why(80, 158, 2), "");
  EXPECT_EQ(why(80, 79, 2), "") << "two virtual cores on one real one";
  EXPECT_EQ(why(80, 80, 1), "");
}

// Of many short slices some go undisturbed.
TEST(CeilingsTest, BusyLoopsMakeNoneThatAreImpossible) {
  const ScopedEnvironment environment(HwlocVariables());
  const std::vector<CpuList> cores = ReadTopology().cores;
  const TestChild first(Burn);
  const TestChild second(Burn);
  const std::optional<Ceilings> ceilings = MeasureCeilings(
      cores, kSmallCache, ReadMeminfo("MemAvailable").value_or(0), Never);
  ASSERT_TRUE(ceilings);
  EXPECT_EQ(WhyImpossible(*ceilings, cores.size()), std::nullopt);
}

TEST(CeilingsTest, OneCoreIsAllCores) {
  const std::vector<CpuList> anywhere(1);
  const std::optional<Ceilings> ceilings =
      MeasureCeilings(anywhere, kSmallCache, 0, Never);
  ASSERT_TRUE(ceilings);
  ExpectSane(*ceilings);
  EXPECT_EQ(ceilings->peak_gflops, ceilings->core_peak_gflops);
  EXPECT_EQ(ceilings->triad_bytes_per_s, ceilings->core_triad_bytes_per_s);
}

TEST(CeilingsTest, WithoutCores) {
  const std::optional<Ceilings> ceilings =
      MeasureCeilings({}, kSmallCache, 0, Never);
  ASSERT_TRUE(ceilings);
  ExpectSane(*ceilings);
}

TEST(CeilingsTest, InterruptedAnywhere) {
  const std::vector<CpuList> anywhere(3);
  // Each slice polls at least once, and there are more than 40 of them.
  for (const int end : {1, 10, 40}) {
    int polls = 0;
    EXPECT_FALSE(MeasureCeilings(anywhere, kSmallCache, 0,
                                 [&] { return ++polls >= end; }));
  }
}

TEST(CeilingsTest, WhatThePollThrowsReachesTheCaller) {
  const std::vector<CpuList> anywhere(2);
  int polls = 0;
  EXPECT_THROW(MeasureCeilings(anywhere, kSmallCache, 0,
                               [&]() -> bool {
                                 if (++polls == 10) {
                                   throw std::runtime_error("poll");
                                 }
                                 return false;
                               }),
               std::runtime_error);
}

}  // namespace
}  // namespace hybrid
