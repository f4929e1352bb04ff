#include "blas/limits.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace hybrid {
namespace {

TEST(LimitsTest, PrimesAbove11AreWhatBlisDoesNotRun) {
  for (const std::uint64_t threads : {1U, 2U, 7U, 11U, 12U, 15U, 25U, 49U}) {
    EXPECT_FALSE(WhyNotThreads(threads)) << threads;
  }
  for (const std::uint64_t threads : {17U, 53U}) {
    EXPECT_TRUE(WhyNotThreads(threads)) << threads;
  }
  EXPECT_EQ(WhyNotThreads(13),
            "BLIS runs 12 threads when told 13 (a prime above 11)");
}

TEST(LimitsTest, EachThreadPacksABlockAndAllShareAPanel) {
  const double block = PackingBytes(2) - PackingBytes(1);
  EXPECT_GT(block, 0);
  EXPECT_EQ(PackingBytes(4) - PackingBytes(2), 2 * block);
  EXPECT_GT(PackingBytes(1), block);
}

}  // namespace
}  // namespace hybrid
