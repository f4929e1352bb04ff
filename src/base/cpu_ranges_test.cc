#include "base/cpu_ranges.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

TEST(CpuRangesTest, AsTasksetTakesThem) {
  EXPECT_EQ(CpuRanges({0, 1, 2, 7, 64, 65}), "0-2,7,64-65");
  EXPECT_EQ(CpuRanges({5}), "5");
  EXPECT_EQ(CpuRanges({}), "");
}

}  // namespace
}  // namespace hybrid
