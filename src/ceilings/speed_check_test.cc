#include "ceilings/speed_check.h"

#include <gtest/gtest.h>

#include <vector>

#include "ceilings/test_team.h"

namespace hybrid {
namespace {

Ceilings MeasureHere(const std::vector<CpuList>& cores) {
  return MeasureCeilings(cores, 1 << 20, 64 << 20, Never).value();
}

TEST(SpeedCheckTest, IsAShareOfThePeak) {
  const std::vector<CpuList> cores = ReadTopology().cores;
  const Ceilings ceilings = MeasureHere(cores);
  SpeedCheck check(cores, ceilings, Never);
  double best = 0;
  for (int i = 0; i < 20; ++i) best = std::max(best, check.Measure().value());
  // Wide: others may be at work here.
  EXPECT_GT(best, 0.1);
  EXPECT_LE(best, 1);
}

// A peak that was measured beside something else.
TEST(SpeedCheckTest, NothingIsFasterThanThePeak) {
  const std::vector<CpuList> cores = ReadTopology().cores;
  Ceilings ceilings = MeasureHere(cores);
  ceilings.peak_gflops /= 50;
  SpeedCheck check(cores, ceilings, Never);
  EXPECT_EQ(check.Measure().value(), 1);
  const double peak = check.peak_gflops();
  EXPECT_GT(peak, ceilings.peak_gflops);
  EXPECT_LE(check.Measure().value(), 1);
  EXPECT_GE(check.peak_gflops(), peak);
}

TEST(SpeedCheckTest, SeesCoresThatAreShared) {
  // As many members on one core as a hypervisor may put there: each gets its
  // part of the time.
  const std::vector<CpuList> cores = ReadTopology().cores;
  const std::vector<CpuList> crowd(8, cores.front());
  Ceilings alone = MeasureHere({cores.front()});
  alone.peak_gflops *= static_cast<double>(crowd.size());
  SpeedCheck check(crowd, alone, Never);
  EXPECT_LT(check.Measure().value(), 0.7);
}

TEST(SpeedCheckTest, StopsWhenInterrupted) {
  const std::vector<CpuList> cores = ReadTopology().cores;
  SpeedCheck check(cores, {.vector_unit = "none", .peak_gflops = 1},
                   [] { return true; });
  EXPECT_FALSE(check.Measure().has_value());
}

}  // namespace
}  // namespace hybrid
