#include "cluster/low_water.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace hybrid {
namespace {

TEST(LowWaterTest, IsWhatWorkersClaimWhileTheAgentAsks) {
  EXPECT_EQ(LowWater(8, 60e-6, 10e-6), 48U);
  EXPECT_EQ(LowWater(128, 60e-6, 400e-6), 19U);
  EXPECT_EQ(LowWater(2, 60e-6, 100e-6), 1U);
}

TEST(LowWaterTest, LongTasksAreAskedForWhenAWorkerWaits) {
  EXPECT_EQ(LowWater(128, 60e-6, 470e-6), 16U);
  EXPECT_EQ(LowWater(128, 60e-6, 490e-6), 0U);
  EXPECT_EQ(LowWater(128, 60e-6, 1), 0U);
}

TEST(LowWaterTest, IsZeroWhereNothingIsKnown) {
  constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(LowWater(128, 60e-6, 0), 0U);
  EXPECT_EQ(LowWater(128, 0, 0), 0U);
  EXPECT_EQ(LowWater(128, -1, 1e-3), 0U);
  EXPECT_EQ(LowWater(128, kNoNumber, 1e-3), 0U);
  EXPECT_EQ(LowWater(128, 60e-6, kNoNumber), 0U);
  // Nor does it overflow.
  EXPECT_GE(LowWater(std::numeric_limits<std::uint64_t>::max(), 1, 1e-9),
            1'000'000'000U);
}

}  // namespace
}  // namespace hybrid
