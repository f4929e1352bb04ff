#include "report/page_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/answer.h"
#include "analysis/answer_text.h"
#include "analysis/test_rows.h"
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
    EXPECT_NEAR(json.get<double>(), *value, 1e-5 * *value);
  }
}

void ExpectSame(const Json& group, const Answer& answer) {
  EXPECT_EQ(group["n"], answer.key.n);
  EXPECT_EQ(group["batch"], answer.key.batch);
  EXPECT_EQ(group["text"], GroupText(answer));
  EXPECT_EQ(group["use"], UseLines(answer));
  ASSERT_EQ(group["splits"].size(), answer.splits.size());
  EXPECT_EQ(&answer.splits[group["best"].get<std::size_t>()], answer.best());
  EXPECT_EQ(&answer.splits[group["recommended"].get<std::size_t>()],
            answer.recommended());
  for (std::size_t i = 0; i < answer.splits.size(); ++i) {
    const SplitResult& result = answer.splits[i];
    const Json& split = group["splits"][i];
    EXPECT_EQ(split["workers"], result.split.workers);
    EXPECT_EQ(split["samples"].size(), result.samples.size());
    EXPECT_EQ(split["cause"].is_null(), !result.cause.has_value());
    ExpectNear(split["median_s"], result.median_s);
    ExpectNear(split["slowdown"], result.slowdown);
    ExpectNear(split["capped_s"], result.capped_s);
    ExpectNear(split["evidence"]["run_delay"], result.evidence.run_delay);
  }
}

TEST(PageDataTest, GroupsAreTheAnswersOfARecordedRun) {
  const std::vector<Row> rows = ReadCsv(HYBRID_EXAMPLES "/version-2.csv");
  const std::vector<Answer> answers = FindAnswers(rows);
  const Json data = DataOf(rows);
  ASSERT_EQ(data["groups"].size(), answers.size());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    ExpectSame(data["groups"][i], answers[i]);
  }
  EXPECT_EQ(data["answer_text"], AnswerText(answers));
  EXPECT_EQ(data["rows"]["count"], rows.size());
  ASSERT_EQ(data["machines"].size(), 1);
  const Json& machine = data["machines"][0];
  EXPECT_EQ(machine["host"], "vm");
  EXPECT_NEAR(machine["peak_gflops"].get<double>(), 115.907, 0.001);
  EXPECT_EQ(machine["noise_floors"].size(), 3);
  ASSERT_EQ(data["runs"].size(), 1);
  EXPECT_EQ(data["runs"][0]["start_utc"], "2026-11-22T16:08:16Z");
  EXPECT_EQ(data["runs"][0]["end_utc"], "2026-11-22T16:09:14Z");
  EXPECT_TRUE(data["history"]["series"].empty());
}

TEST(PageDataTest, SpeedUpsAreOver1x1) {
  TestRows test;
  test.Ok({1, 1}, {2.0, 2.02, 1.98});
  test.Ok({2, 1}, {1.0, 1.01, 0.99});
  test.Capped({2, 2}, 4.0, 16);  // 4 tasks/s where 1×1 does 32
  test.Error({1, 2}, "worker died");
  const Json group = DataOf(test.rows)["groups"][0];
  EXPECT_EQ(group["splits"][0]["label"], "2×1");
  EXPECT_EQ(group["splits"][0]["verdict"], "best");
  EXPECT_EQ(group["splits"][0]["low_s"], 0.99);
  EXPECT_EQ(group["splits"][0]["high_s"], 1.01);
  EXPECT_NEAR(group["splits"][0]["speedup"].get<double>(), 2, 1e-5);
  EXPECT_EQ(group["splits"][1]["speedup"], 1.0);
  EXPECT_EQ(group["splits"][1]["cause"]["name"], "cores_idle");
  EXPECT_EQ(group["splits"][2]["verdict"], "capped");
  EXPECT_NEAR(group["splits"][2]["speedup"].get<double>(), 0.125, 1e-5);
  EXPECT_EQ(group["splits"][3]["verdict"], "failed");
  EXPECT_TRUE(group["splits"][3]["speedup"].is_null());
  EXPECT_EQ(group["splits"][3]["error"], "worker died");
  EXPECT_EQ(group["gains"][0]["kind"], "measured");
}

TEST(PageDataTest, WhatWasNotMeasuredIsNull) {
  TestRows test;
  test.Error({1, 1}, "worker died");
  const Json group = DataOf(test.rows)["groups"][0];
  EXPECT_TRUE(group["best"].is_null());
  EXPECT_TRUE(group["recommended"].is_null());
  EXPECT_TRUE(group["break_even"].is_null());
  EXPECT_TRUE(group["noise_floor"].is_null());
  EXPECT_TRUE(group["use"].empty());
  EXPECT_TRUE(group["splits"][0]["median_s"].is_null());
}

TEST(PageDataTest, GroupsKnowTheirMachine) {
  TestRows test;
  test.base.cpu_model = "One";
  test.Ok({1, 1}, {1.0, 1.0, 1.0});
  test.base.host = "other";
  test.base.cpu_model = "Other";
  test.Ok({1, 1}, {1.0, 1.0, 1.0});
  const Json data = DataOf(test.rows);
  ASSERT_EQ(data["machines"].size(), 2);
  EXPECT_EQ(data["groups"][1]["machine"], 1);
  EXPECT_EQ(data["machines"][1]["cpu_model"], "Other");
  EXPECT_TRUE(data["machines"][0]["peak_gflops"].is_null());
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
  EXPECT_EQ(data["runs"][0]["run_id"], "first");
  const Json series = data["history"]["series"];
  ASSERT_EQ(series.size(), 1);  // 2×1 completed in one run only
  EXPECT_EQ(series[0]["label"], "gemm n=256 batch=64 1×1");
  const Json& points = series[0]["points"];
  ASSERT_EQ(points.size(), 3);
  EXPECT_EQ(points[0]["run"], 0);
  EXPECT_EQ(points[1]["median_s"], 1.2);
  EXPECT_EQ(points[1]["low_s"], 1.1);
  EXPECT_EQ(points[1]["high_s"], 1.3);
  EXPECT_EQ(points[1]["count"], 3);
  EXPECT_EQ(points[2]["median_s"], 2.0);
}

TEST(PageDataTest, LabelsSayWhatIsNotTheDefault) {
  std::vector<ResultFile> files = ThreeRuns();
  std::vector<Row> more = files[0].rows;
  for (Row& row : more) row.data = Data::kHot;
  files.push_back({"b.csv", more});
  const Json series = PageData(files, "test")["history"]["series"];
  ASSERT_EQ(series.size(), 2);
  EXPECT_EQ(series[0]["label"], "gemm n=256 batch=64 1×1");
  EXPECT_EQ(series[1]["label"], "gemm n=256 batch=64 1×1 data=hot");
}

TEST(PageDataTest, NothingMeasured) {
  const Json data = PageData({}, "test");
  EXPECT_TRUE(data["groups"].empty());
  EXPECT_THAT(data["answer_text"].get<std::string>(),
              HasSubstr("nothing to answer"));
}

}  // namespace
}  // namespace hybrid
