#include "protocol/latency_histogram.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace hybrid {
namespace {

TEST(LatencyHistogramTest, IsEmptyAtFirst) {
  const LatencyHistogram histogram;
  EXPECT_EQ(histogram.count(), 0U);
  EXPECT_FALSE(histogram.Quantile_s(0.5).has_value());
}

TEST(LatencyHistogramTest, AnyLatencyComesBackWithinABucket) {
  for (double ns = 1; ns < 1e12; ns *= 1.37) {
    LatencyHistogram histogram;
    const auto whole = static_cast<std::int64_t>(ns);
    histogram.Add(whole, 1);
    // A second, longer one, or the maximum would hide an upper error.
    histogram.Add(3 * whole + 100, 1);
    const double seconds = histogram.Quantile_s(0.5).value();
    EXPECT_NEAR(seconds * 1e9 / static_cast<double>(whole), 1, 0.017) << ns;
  }
}

TEST(LatencyHistogramTest, QuantilesCountTasks) {
  LatencyHistogram histogram;
  histogram.Add(9900, 99);  // 99 tasks of 100 ns
  histogram.Add(1000000, 1);
  EXPECT_EQ(histogram.count(), 100U);
  EXPECT_NEAR(histogram.Quantile_s(0.5).value(), 100e-9, 3e-9);
  EXPECT_NEAR(histogram.Quantile_s(0.99).value(), 100e-9, 3e-9);
  EXPECT_NEAR(histogram.Quantile_s(1).value(), 1e-3, 2e-5);
  EXPECT_EQ(histogram.max_ns(), 1000000U);
}

TEST(LatencyHistogramTest, AddsAnotherOne) {
  LatencyHistogram sum;
  sum.Add(100, 1);
  LatencyHistogram other;
  other.Add(5000, 1);
  sum.Add(other);
  EXPECT_EQ(sum.count(), 2U);
  EXPECT_EQ(sum.max_ns(), 5000U);
}

TEST(LatencyHistogramTest, TakesWhatIsBeyondItsRange) {
  LatencyHistogram histogram;
  histogram.Add(std::int64_t{1} << 60, 1);
  histogram.Add(-5, 1);  // a clock that went back
  EXPECT_EQ(histogram.count(), 2U);
  EXPECT_EQ(histogram.Quantile_s(0.5).value(), 0);
  EXPECT_GT(histogram.Quantile_s(1).value(), 1000);
}

}  // namespace
}  // namespace hybrid
