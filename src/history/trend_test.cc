#include "history/trend.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <vector>

namespace hybrid {
namespace {

/// One run for each of `medians`; capped where that is 0.
Series SeriesOf(const std::vector<double>& medians) {
  Series series;
  for (std::size_t i = 0; i < medians.size(); ++i) {
    Point& point = series.points.emplace_back();
    point.run = i;
    if (medians[i] > 0) {
      point.median_s = medians[i];
    } else {
      point.status = PooledStatus::kCapped;
    }
  }
  return series;
}

TEST(FindTrendTest, GivesGrowthPerRun) {
  const Trend trend = FindTrend(SeriesOf({1, 1.1, 0, 1.331}));
  EXPECT_EQ(trend.runs, 3U);
  EXPECT_NEAR(trend.slope_per_run.value(), 0.1, 1e-9);
  EXPECT_NEAR(trend.first_to_last.value(), 1.331, 1e-9);
  EXPECT_EQ(trend.last_s, 1.331);
}

TEST(FindTrendTest, NeedsTwoRuns) {
  const Trend trend = FindTrend(SeriesOf({0, 2, 0}));
  EXPECT_EQ(trend.runs, 1U);
  EXPECT_EQ(trend.last_s, 2);
  EXPECT_EQ(trend.slope_per_run, std::nullopt);
  EXPECT_EQ(trend.first_to_last, std::nullopt);
}

TEST(SparklineTest, ScalesFromFastToSlow) {
  EXPECT_EQ(Sparkline(SeriesOf({1, 2, 4, 8}), 4), "▁▃▆█");
  EXPECT_EQ(Sparkline(SeriesOf({8, 1}), 2), "█▁");
}

TEST(SparklineTest, LeavesGaps) {
  Series series = SeriesOf({1, 0, 8, 8});
  series.points.erase(series.points.begin() + 2);
  EXPECT_EQ(Sparkline(series, 4), "▁× █");
  EXPECT_EQ(Sparkline(SeriesOf({0, 0}), 2), "××");
}

TEST(SparklineTest, ShowsNoiseAsFlat) {
  EXPECT_EQ(Sparkline(SeriesOf({1, 1.005, 1.01}), 3), "▄▅▅");
}

TEST(SparklineTest, ShowsTheNewestRuns) {
  EXPECT_EQ(Sparkline(SeriesOf({100, 1, 8}), 3, 2), "▁█");
}

}  // namespace
}  // namespace hybrid
