#include "history/series.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "history/test_history.h"
#include "results/csv_reader.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::vector<Row>> TwoRuns() {
  Simulation simulation;
  simulation.runs = 2;
  simulation.configurations = 1;
  simulation.repetitions = 3;
  std::vector<std::vector<Row>> runs = Simulate(simulation, 1);
  for (std::vector<Row>& run : runs) {
    for (std::size_t i = 0; i < run.size(); ++i) {
      run[i].wall_s = 1 + 0.1 * static_cast<double>(i);
    }
  }
  return runs;
}

Point FirstPoint(const std::vector<std::vector<Row>>& rows) {
  return MakeSeries(GroupRuns(Flatten(rows)))[0].points[0];
}

TEST(SeriesTest, ARunIsOneRunIdByTime) {
  std::vector<Row> rows = Flatten(TwoRuns());
  std::reverse(rows.begin(), rows.end());
  const std::vector<HistoryRun> runs = GroupRuns(rows);
  ASSERT_THAT(runs, SizeIs(2));
  EXPECT_EQ(runs[0].run_id, "run-000");
  EXPECT_EQ(runs[0].git_commit, "c000");
  EXPECT_EQ(runs[0].rows, 3U);
  EXPECT_EQ(runs[1].run_id, "run-001");
  EXPECT_THAT(GroupRuns({}), IsEmpty());
}

TEST(SeriesTest, HasMedianAndExtremesOfEachRun) {
  const std::vector<Series> series = MakeSeries(GroupRuns(Flatten(TwoRuns())));
  ASSERT_THAT(series, SizeIs(1));
  ASSERT_THAT(series[0].points, SizeIs(2));
  EXPECT_EQ(series[0].points[1].run, 1U);
  EXPECT_EQ(series[0].points[1].median_s, 1.1);
  EXPECT_EQ(series[0].points[1].low_s, 1);
  EXPECT_EQ(series[0].points[1].high_s, 1.2);
  EXPECT_THAT(series[0].points[1].samples, SizeIs(3));
}

TEST(SeriesTest, TheLastAttemptCounts) {
  std::vector<std::vector<Row>> rows = TwoRuns();
  rows[0][2].attempt = 1;
  EXPECT_THAT(FirstPoint(rows).samples, ElementsAre(1.2));
}

TEST(SeriesTest, CappedAndFailedRunsArePointsWithoutMedian) {
  std::vector<std::vector<Row>> rows = TwoRuns();
  rows[0][2].status = Status::kCapped;
  Point point = FirstPoint(rows);
  EXPECT_EQ(point.status, PooledStatus::kCapped);
  EXPECT_EQ(point.median_s, std::nullopt);
  EXPECT_THAT(point.samples, IsEmpty());
  rows[0][1].status = Status::kError;
  rows[0][1].wall_s.reset();
  point = FirstPoint(rows);
  EXPECT_EQ(point.status, PooledStatus::kFailed);
  EXPECT_EQ(point.median_s, std::nullopt);
}

TEST(SeriesTest, DisturbedRepetitionsAreLeftOutAndCounted) {
  std::vector<std::vector<Row>> rows = TwoRuns();
  rows[0].push_back(rows[0][2]);
  rows[0][2].speed_fraction = 0.5;
  Point point = FirstPoint(rows);
  EXPECT_THAT(point.samples, ElementsAre(1, 1.1, 1.2));
  EXPECT_EQ(point.disturbed, 1U);
  rows[0][0].speed_fraction = 0.5;
  rows[0][1].speed_fraction = 0.5;
  point = FirstPoint(rows);
  EXPECT_EQ(point.status, PooledStatus::kDisturbed);
  EXPECT_EQ(point.median_s, std::nullopt);
  EXPECT_EQ(point.disturbed, 3U);
}

TEST(SeriesTest, ARunThatDidNotMeasureItHasNoPoint) {
  std::vector<std::vector<Row>> rows = TwoRuns();
  for (Row& row : rows[0]) row.n = 128;
  const std::vector<Series> series = MakeSeries(GroupRuns(Flatten(rows)));
  ASSERT_THAT(series, SizeIs(2));
  EXPECT_EQ(series[0].key.n, 64U);
  EXPECT_THAT(series[0].points, SizeIs(1));
  EXPECT_EQ(series[0].points[0].run, 1U);
}

TEST(SeriesTest, TakesRecordedResults) {
  const std::vector<HistoryRun> runs =
      GroupRuns(ReadCsv(HYBRID_EXAMPLES "/version-2.csv"));
  ASSERT_THAT(runs, SizeIs(1));
  EXPECT_EQ(runs[0].git_commit, "22d66a3c3261-dirty");
  EXPECT_THAT(runs[0].floors, SizeIs(3));
  // Noise gives floors and no points.
  EXPECT_THAT(runs[0].points, SizeIs(36));
}

}  // namespace
}  // namespace hybrid
