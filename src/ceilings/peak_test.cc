#include "ceilings/peak.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string_view>

#include "base/text_file.h"
#include "ceilings/peak_loop.h"
#include "ceilings/test_team.h"

namespace hybrid {
namespace {

using testing::Contains;

/// The sum after so many iterations: an element's distance from 1 shrinks by
/// kFactor each time.
template <typename Real>
double ExpectedSum(int elements, long iterations) {
  const double shrunk =
      std::exp(static_cast<double>(iterations) *
               std::log1p(double{internal::kFactor<Real>} - 1));
  double sum = 0;
  for (int i = 0; i < elements; ++i) {
    sum += 1 + (double{internal::StartOf<Real>(i)} - 1) * shrunk;
  }
  return sum;
}

template <typename Real>
void ExpectEveryMultiplyAdd(double tolerance) {
  for (const PeakLoop& loop : SupportedPeakLoops(kPrecisionOf<Real>)) {
    SCOPED_TRACE(loop.vector_unit);
    for (const long iterations : {0L, 1L, 1000L, 1'000'000L}) {
      const double expected = ExpectedSum<Real>(loop.elements, iterations);
      EXPECT_NEAR(loop.run(iterations), expected, tolerance * expected)
          << iterations;
    }
  }
}

TEST(PeakLoopTest, DoesEveryMultiplyAddThatItCounts) {
  ExpectEveryMultiplyAdd<double>(1e-9);
  ExpectEveryMultiplyAdd<float>(1e-3);
}

TEST(PeakLoopTest, VectorsHoldTwiceAsManyFloats) {
  const std::vector<PeakLoop> doubles = SupportedPeakLoops(Precision::kDouble);
  const std::vector<PeakLoop> floats = SupportedPeakLoops(Precision::kSingle);
  ASSERT_EQ(floats.size(), doubles.size());
  for (std::size_t i = 0; i < floats.size(); ++i) {
    EXPECT_EQ(floats[i].vector_unit, doubles[i].vector_unit);
    if (floats[i].vector_unit == "scalar") continue;
    EXPECT_EQ(floats[i].elements, 2 * doubles[i].elements);
  }
}

TEST(PeakLoopTest, AMultiplyAddCountsTwo) {
  const PeakLoop loop = {"", 96, nullptr};
  EXPECT_EQ(loop.FlopsPerIteration(), 192);
}

TEST(PeakLoopTest, UnitsAreSupportedByCpuAndSystem) {
  const std::vector<PeakLoop> loops = SupportedPeakLoops();
  ASSERT_FALSE(loops.empty());
#if defined(__x86_64__) && defined(__linux__)
  // The kernel drops the flags of what it does not support.
  const std::map<std::string, std::string_view> flags = {{"AVX-512", "avx512f"},
                                                         {"AVX2 + FMA", "fma"},
                                                         {"AVX", "avx"},
                                                         {"SSE2", "sse2"}};
  const auto cpuinfo = text_file::Read("/proc/cpuinfo");
  ASSERT_TRUE(cpuinfo);
  const auto line = text_file::FindField(*cpuinfo, "flags");
  ASSERT_TRUE(line);
  for (const PeakLoop& loop : loops) {
    ASSERT_TRUE(flags.contains(loop.vector_unit)) << loop.vector_unit;
    EXPECT_THAT(text_file::Words(*line), Contains(flags.at(loop.vector_unit)));
  }
#endif
}

TEST(MeasurePeakTest, IsThatOfASupportedUnit) {
  const std::vector<CpuList> anywhere(1);
  CoreTeam team(anywhere, Never);
  for (const Precision precision : {Precision::kDouble, Precision::kSingle}) {
    const std::optional<Peak> peak = MeasurePeak(team, precision);
    ASSERT_TRUE(peak);
    // From a busy emulated machine to two of the widest units at 10 GHz.
    EXPECT_GT(peak->gflops, 0.01);
    EXPECT_LT(peak->gflops, 2000);
    std::vector<std::string> units;
    for (const PeakLoop& loop : SupportedPeakLoops(precision)) {
      units.push_back(loop.vector_unit);
    }
    EXPECT_THAT(units, Contains(peak->vector_unit));
  }
}

TEST(MeasurePeakTest, InterruptedAnywhere) {
  // Each slice polls at least once, and there are at least 9.
  for (const int end : {1, 2, 5, 9}) {
    int polls = 0;
    const std::vector<CpuList> anywhere(2);
    CoreTeam team(anywhere, [&] { return ++polls >= end; });
    EXPECT_FALSE(MeasurePeak(team));
  }
}

}  // namespace
}  // namespace hybrid
