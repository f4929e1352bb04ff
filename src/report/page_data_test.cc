#include "report/page_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/answer.h"
#include "analysis/answer_text.h"
#include "analysis/test_rows.h"
#include "base/json.h"
#include "results/csv_reader.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

Json DataOf(const std::vector<Row>& rows) {
  return PageData(std::vector<ResultFile>{{"a.csv", rows}}, "test");
}

void ExpectNear(const Json& json, const std::optional<double>& value) {
  ASSERT_EQ(json.is_number(), value.has_value()) << json;
  if (value) {
    EXPECT_NEAR(json.to_number<double>(), *value, 1e-5 * *value);
  }
}

void ExpectSame(const Json& group, const Answer& answer) {
  EXPECT_EQ(group.at("n"), answer.key.n);
  EXPECT_EQ(group.at("batch"), answer.key.batch);
  EXPECT_EQ(group.at("text").as_string(), GroupText(answer));
  EXPECT_EQ(group.at("use"), JsonArrayOf(UseLines(answer)));
  ASSERT_EQ(group.at("splits").as_array().size(), answer.splits.size());
  EXPECT_EQ(&answer.splits[group.at("best").to_number<std::size_t>()],
            answer.best());
  EXPECT_EQ(&answer.splits[group.at("recommended").to_number<std::size_t>()],
            answer.recommended());
  for (std::size_t i = 0; i < answer.splits.size(); ++i) {
    const SplitResult& result = answer.splits[i];
    const Json& split = group.at("splits").at(i);
    EXPECT_EQ(split.at("workers"), result.split.workers);
    EXPECT_EQ(split.at("samples").as_array().size(), result.samples.size());
    EXPECT_EQ(split.at("cause").is_null(), !result.cause.has_value());
    ExpectNear(split.at("median_s"), result.median_s);
    ExpectNear(split.at("slowdown"), result.slowdown);
    ExpectNear(split.at("capped_s"), result.capped_s);
    ExpectNear(split.at("evidence").at("run_delay"), result.evidence.run_delay);
  }
}

TEST(PageDataTest, GroupsAreTheAnswersOfARecordedRun) {
  const std::vector<Row> rows = ReadCsv(HYBRID_EXAMPLES "/version-2.csv");
  const std::vector<Answer> answers = FindAnswers(rows);
  const Json data = DataOf(rows);
  ASSERT_EQ(data.at("groups").as_array().size(), answers.size());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    ExpectSame(data.at("groups").at(i), answers[i]);
  }
  EXPECT_EQ(data.at("answer_text").as_string(), AnswerText(answers));
  EXPECT_EQ(data.at("rows").at("count"), rows.size());
  ASSERT_EQ(data.at("machines").as_array().size(), 1);
  const Json& machine = data.at("machines").at(0);
  EXPECT_EQ(machine.at("host"), "vm");
  EXPECT_NEAR(machine.at("peak_gflops").to_number<double>(), 115.907, 0.001);
  EXPECT_EQ(machine.at("noise_floors").as_array().size(), 3);
  ASSERT_EQ(data.at("runs").as_array().size(), 1);
  EXPECT_EQ(data.at("runs").at(0).at("start_utc"), "2026-11-22T16:08:16Z");
  EXPECT_EQ(data.at("runs").at(0).at("end_utc"), "2026-11-22T16:09:14Z");
  EXPECT_TRUE(data.at("history").at("series").as_array().empty());
}

TEST(PageDataTest, SpeedUpsAreOver1x1) {
  TestRows test;
  test.Ok({1, 1}, {2.0, 2.02, 1.98});
  test.Ok({2, 1}, {1.0, 1.01, 0.99});
  test.Capped({2, 2}, 4.0, 16);  // 4 tasks/s where 1×1 does 32
  test.Error({1, 2}, "worker died");
  const Json group = DataOf(test.rows).at("groups").at(0);
  EXPECT_EQ(group.at("splits").at(0).at("label"), "2×1");
  EXPECT_EQ(group.at("splits").at(0).at("verdict"), "best");
  EXPECT_EQ(group.at("splits").at(0).at("low_s"), 0.99);
  EXPECT_EQ(group.at("splits").at(0).at("high_s"), 1.01);
  EXPECT_NEAR(group.at("splits").at(0).at("speedup").to_number<double>(), 2,
              1e-5);
  EXPECT_EQ(group.at("splits").at(1).at("speedup"), 1);
  EXPECT_EQ(group.at("splits").at(1).at("cause").at("name"), "cores_idle");
  EXPECT_EQ(group.at("splits").at(2).at("verdict"), "capped");
  EXPECT_NEAR(group.at("splits").at(2).at("speedup").to_number<double>(), 0.125,
              1e-5);
  EXPECT_EQ(group.at("splits").at(3).at("verdict"), "failed");
  EXPECT_TRUE(group.at("splits").at(3).at("speedup").is_null());
  EXPECT_EQ(group.at("splits").at(3).at("error"), "worker died");
  EXPECT_EQ(group.at("gains").at(0).at("kind"), "measured");
}

TEST(PageDataTest, WhatWasNotMeasuredIsNull) {
  TestRows test;
  test.Error({1, 1}, "worker died");
  const Json group = DataOf(test.rows).at("groups").at(0);
  EXPECT_TRUE(group.at("best").is_null());
  EXPECT_TRUE(group.at("recommended").is_null());
  EXPECT_TRUE(group.at("break_even").is_null());
  EXPECT_TRUE(group.at("noise_floor").is_null());
  EXPECT_TRUE(group.at("use").as_array().empty());
  EXPECT_TRUE(group.at("splits").at(0).at("median_s").is_null());
}

TEST(PageDataTest, GroupsKnowTheirMachine) {
  TestRows test;
  test.base.cpu_model = "One";
  test.Ok({1, 1}, {1.0, 1.0, 1.0});
  test.base.host = "other";
  test.base.cpu_model = "Other";
  test.Ok({1, 1}, {1.0, 1.0, 1.0});
  const Json data = DataOf(test.rows);
  ASSERT_EQ(data.at("machines").as_array().size(), 2);
  EXPECT_EQ(data.at("groups").at(1).at("machine"), 1);
  EXPECT_EQ(data.at("machines").at(1).at("cpu_model"), "Other");
  EXPECT_TRUE(data.at("machines").at(0).at("peak_gflops").is_null());
}

/// Three runs, the second one with a first attempt that was made again, and a
/// newer BLIS in the third.
std::vector<ResultFile> ThreeRuns() {
  TestRows test;
  test.base.kernels_asked = kBestKernels;
  test.base.run_id = "second";
  test.base.time_utc = "2026-01-02T00:00:00Z";
  test.Ok({1, 1}, {9.0, 9.0, 9.0});
  test.base.attempt = 1;
  test.Ok({1, 1}, {1.1, 1.2, 1.3});
  test.base.attempt = 0;
  test.base.run_id = "first";
  test.base.time_utc = "2026-01-01T00:00:00Z";
  test.Ok({1, 1}, {1.0, 1.1, 0.9});
  test.Ok({2, 1}, {0.5, 0.5, 0.5});
  test.base.run_id = "third";
  test.base.time_utc = "2026-01-03T00:00:00Z";
  test.base.blis_version = "1.0";
  test.Ok({1, 1}, {2.0, 2.1, 1.9});
  test.Capped({2, 1}, 4.0, 16);
  return {{"a.csv", test.rows}};
}

TEST(PageDataTest, HistoryHasAPointPerRunInOrderOfTime) {
  const Json data = PageData(ThreeRuns(), "test");
  EXPECT_EQ(data.at("runs").at(0).at("run_id"), "first");
  const Json series = data.at("history").at("series");
  ASSERT_EQ(series.as_array().size(), 1);  // 2×1 completed in one run only
  EXPECT_EQ(series.at(0).at("label"), "gemm n=256 batch=64 1×1");
  const Json& points = series.at(0).at("points");
  ASSERT_EQ(points.as_array().size(), 3);
  EXPECT_EQ(points.at(0).at("run"), 0);
  EXPECT_EQ(points.at(1).at("median_s"), 1.2);
  EXPECT_EQ(points.at(1).at("low_s"), 1.1);
  EXPECT_EQ(points.at(1).at("high_s"), 1.3);
  EXPECT_EQ(points.at(1).at("count"), 3);
  EXPECT_EQ(points.at(2).at("median_s"), 2.0);
}

TEST(PageDataTest, LabelsSayWhatIsNotTheDefault) {
  std::vector<ResultFile> files = ThreeRuns();
  std::vector<Row> more = files[0].rows;
  for (Row& row : more) row.data = Data::kHot;
  files.push_back({"b.csv", more});
  const Json series = PageData(files, "test").at("history").at("series");
  ASSERT_EQ(series.as_array().size(), 2);
  EXPECT_EQ(series.at(0).at("label"), "gemm n=256 batch=64 1×1");
  EXPECT_EQ(series.at(1).at("label"), "gemm n=256 batch=64 1×1 data=hot");
}

TEST(PageDataTest, NothingMeasured) {
  const Json data = PageData({}, "test");
  EXPECT_TRUE(data.at("groups").as_array().empty());
  EXPECT_THAT(data.at("answer_text").as_string().c_str(),
              HasSubstr("nothing to answer"));
}

}  // namespace
}  // namespace hybrid
