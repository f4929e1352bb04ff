#include "compare/side_runs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "compare/key_rows.h"
#include "compare/test_results.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(SideRunsTest, ByRunWithWhatWasLeftOut) {
  TestResults first("late");
  first.base.time_utc = "2026-01-03T00:00:00Z";
  first.Ok({1, 1.1, 1.2, 5});
  first.rows.back().throttled_s = 0.5;
  TestResults second("early");
  second.Ok({2, 2.1});
  std::vector<Row> rows = first.rows;
  rows.insert(rows.end(), second.rows.begin(), second.rows.end());
  const Key key = GroupByKey(rows).begin()->first;
  const auto runs = SideRunsOf(rows, key, {{"late", "l.csv"}});
  ASSERT_THAT(runs, SizeIs(2));
  EXPECT_EQ(runs[0].id, "early");
  EXPECT_EQ(runs[0].file, "");
  EXPECT_THAT(runs[0].times_s, ElementsAre(2, 2.1));
  EXPECT_EQ(runs[1].id, "late");
  EXPECT_EQ(runs[1].file, "l.csv");
  EXPECT_EQ(runs[1].date, "2026-01-03T00:00:00Z");
  EXPECT_THAT(runs[1].times_s, ElementsAre(1, 1.1, 1.2));
  ASSERT_THAT(runs[1].left_out, SizeIs(1));
  EXPECT_EQ(runs[1].left_out[0].time_s, 5);
  EXPECT_THAT(runs[1].left_out[0].reason, HasSubstr("throttled"));
}

TEST(SideRunsTest, WithWhatWasCapped) {
  const TestResults results = TestResults().Ok({1}).Capped(4);
  const auto runs =
      SideRunsOf(results.rows, GroupByKey(results.rows).begin()->first, {});
  ASSERT_THAT(runs, SizeIs(1));
  EXPECT_THAT(runs[0].capped_s, ElementsAre(4));
  EXPECT_THAT(SideRunsOf(results.rows, Key(), {}), IsEmpty());
}

TEST(SideRunsTest, OfBenchmarks) {
  BenchmarkRun run;
  run.file = "a.json";
  run.context.date = "2026-11-28";
  run.benchmarks.emplace_back().name = "Other";
  MeasuredBenchmark& one = run.benchmarks.emplace_back();
  one.name = "Copy";
  one.real_times_s = {1e-9, 2e-9};
  const auto runs = SideRunsOf(std::vector{run, BenchmarkRun()}, "Copy");
  ASSERT_THAT(runs, SizeIs(1));
  EXPECT_EQ(runs[0].file, "a.json");
  EXPECT_EQ(runs[0].date, "2026-11-28");
  EXPECT_THAT(runs[0].times_s, ElementsAre(1e-9, 2e-9));
}

}  // namespace
}  // namespace hybrid
