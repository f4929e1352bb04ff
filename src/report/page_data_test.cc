#include "report/page_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/answer.h"
#include "analysis/answer_text.h"
#include "analysis/paste_text.h"
#include "analysis/split_result.h"
#include "analysis/test_rows.h"
#include "base/json.h"
#include "key/key.h"
#include "key/test_keys.h"
#include "report/result_file.h"
#include "results/csv_reader.h"
#include "results/row.h"
#include "results/warnings_text.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Json DataOf(const std::vector<Row>& rows) {
  return PageData(std::vector<ResultFile>{{"a.csv", rows}}, "test");
}

void ExpectNear(const Json& json, const std::optional<double>& value) {
  ASSERT_EQ(json.is_number(), value.has_value()) << json;
  if (value) {
    EXPECT_NEAR(json.to_number<double>(), *value, 1e-5 * *value);
  }
}

/// Expects that `group` of the page's data is what `answer` says.
void ExpectSaysAnswer(const Json& group, const Answer& answer) {
  EXPECT_EQ(group.at("values").at("n"), answer.key.n);
  EXPECT_EQ(group.at("values").at("batch"), answer.key.batch);
  EXPECT_EQ(group.at("use"),
            JsonArrayOf(PasteLines(*answer.recommended(), Launcher::kShell)));
  ASSERT_EQ(group.at("splits").as_array().size(), answer.splits.size());
  EXPECT_EQ(&answer.splits[group.at("best").to_number<std::size_t>()],
            answer.best());
  EXPECT_EQ(&answer.splits[group.at("recommended").to_number<std::size_t>()],
            answer.recommended());
  for (std::size_t i = 0; i < answer.splits.size(); ++i) {
    const SplitResult& result = answer.splits[i];
    const Json& split = group.at("splits").at(i);
    EXPECT_EQ(split.at("workers"), result.split.workers);
    EXPECT_EQ(split.at("completed"), result.median_s.has_value());
    ExpectNear(split.at("median_s"), result.median_s);
    if (result.cause) {
      EXPECT_EQ(split.at("why").at(0).at("text"), Json(result.cause->text));
    }
  }
}

/// What the page's head says of a machine under `name`.
std::string Fact(const Json& machine, std::string_view name) {
  for (const Json& fact : machine.at("facts").as_array()) {
    if (fact.at("name") == Json(name)) {
      return fact.at("text").as_string().c_str();
    }
  }
  return "no such fact";
}

TEST(PageDataTest, GroupsAreTheAnswersOfARecordedRun) {
  const std::vector<Row> rows = ReadCsv(HYBRID_EXAMPLES "/version-2.csv");
  const std::vector<Answer> answers = FindAnswers(rows);
  const Json data = DataOf(rows);
  ASSERT_EQ(data.at("groups").as_array().size(), answers.size());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    ExpectSaysAnswer(data.at("groups").at(i), answers[i]);
  }
  EXPECT_EQ(data.at("answer_text").as_string(), AnswerText(answers));
  EXPECT_EQ(data.at("rows").at("count"), rows.size());
  ASSERT_EQ(data.at("machines").as_array().size(), 1);
  const Json& machine = data.at("machines").at(0);
  EXPECT_EQ(machine.at("host"), "vm");
  EXPECT_NEAR(machine.at("ceilings").at("d").at("value").to_number<double>(),
              115.907, 0.001);
  EXPECT_EQ(machine.at("ceilings").at("d").at("text"),
            "measured peak 116 GFLOP/s");
  EXPECT_EQ(Fact(machine, "noise floor"),
            "13 % (n=64), 6.7 % (n=256), 4.4 % (n=768)");
  EXPECT_EQ(Fact(machine, "memory"), "not recorded");
  ASSERT_EQ(data.at("runs").as_array().size(), 1);
  EXPECT_EQ(data.at("runs").at(0).at("start_utc"), "2026-11-22T16:08:16Z");
  EXPECT_EQ(data.at("runs").at(0).at("end_utc"), "2026-11-22T16:09:14Z");
  EXPECT_EQ(data.at("runs").at(0).at("name"), "11-22 16:08");
  EXPECT_TRUE(data.at("history").as_array().empty());
}

/// All lines below a split's figures, one after the other.
std::string WhyOf(const Json& split) {
  std::string all;
  for (const Json& line : split.at("why").as_array()) {
    all += std::string(line.at("text").as_string()) + '\n';
  }
  return all;
}

TEST(PageDataTest, TellsWhatWorkersShareWhereThatIsRecorded) {
  TestRows test;
  test.base.cpus = "0 1";
  test.base.sharing = "an L2 each, one L3";
  test.Ok({2, 1}, {1, 1.01, 1.02});
  test.base.cpus.clear();
  test.base.sharing = "2 L2s for all, one L3";
  test.Ok({2, 2}, {2, 2.01, 2.02});
  test.base.sharing.clear();
  test.Ok({1, 1}, {3, 3.01, 3.02});
  const Json data = DataOf(test.rows);
  for (const Json& split : data.at("groups").at(0).at("splits").as_array()) {
    if (split.at("label") == "1×1") {
      EXPECT_FALSE(split.as_object().contains("place_text"));
      EXPECT_THAT(WhyOf(split), Not(HasSubstr("worker")));
      continue;
    }
    const char* const text =
        split.at("label") == "2×1"
            ? "each worker on cores of its own: an L2 each, one L3"
            : "workers run anywhere: 2 L2s for all, one L3";
    EXPECT_EQ(split.at("place_text"), Json(text));
    EXPECT_THAT(WhyOf(split), HasSubstr(text));
  }
}

TEST(PageDataTest, TellsWhatJumpsBetweenTwoLevels) {
  TestRows test;
  test.Ok({2, 1}, {1, 1.01, 1.02, 1.01, 1, 1.02});
  test.Ok({2, 2}, {2, 2.01, 4.5, 2.02, 4.52, 4.51});
  const std::string levels =
      "bimodal: 2.01 s in 3 and 4.51 s in 3 of 6 repetitions";
  const Json data = DataOf(test.rows);
  for (const Json& split : data.at("groups").at(0).at("splits").as_array()) {
    const bool jumps = split.at("label") == "2×2";
    EXPECT_EQ(split.as_object().contains("levels_text"), jumps);
    EXPECT_EQ(WhyOf(split).find("⚠ " + levels) != std::string::npos, jumps);
  }
}

/// Adds a launch of a search to `test`.
Row& Launch(TestRows& test, Split split, Stage stage, std::uint64_t round) {
  Row& row = test.rows.emplace_back(test.base);
  row.run_id = "run";
  row.workers = split.workers;
  row.blas_threads = split.blas_threads;
  row.stage = stage;
  row.round = row.repetition = round;
  row.start_s = 0.01 + 1e-6 * static_cast<double>(test.rows.size());
  return row;
}

TEST(PageDataTest, OfASearchWhatItDidNotMeasureHasNoFigureButItsBound) {
  TestRows test;
  for (std::uint64_t round = 0; round < 3; ++round) {
    const Stage stage = round == 0 ? Stage::kScreen : Stage::kRace;
    Launch(test, {2, 1}, stage, round).wall_s = 1;
    Launch(test, {1, 2}, stage, round).wall_s = 1.25;
  }
  Row& stopped = Launch(test, {2, 2}, Stage::kScreen, 0);
  stopped.status = Status::kCapped;
  stopped.wall_s = stopped.cap_s = 2;
  Row& skipped = Launch(test, {1, 1}, Stage::kScreen, 0);
  skipped.status = Status::kSkipped;
  skipped.bound_s = 3.1;
  const Json data = DataOf(test.rows);
  const Json& group = data.at("groups").at(0);
  EXPECT_EQ(group.at("searched"), true);
  EXPECT_THAT(group.at("statement").at(0).as_string().c_str(),
              ::testing::HasSubstr("3 of 4 splits in "));
  const auto of = [&group](std::string_view label) -> const Json& {
    const JsonArray& splits = group.at("splits").as_array();
    return *std::find_if(splits.begin(), splits.end(), [&](const Json& split) {
      return split.at("label") == Json(label);
    });
  };
  EXPECT_EQ(of("2×1").at("multiple_text"), "1.00×");
  EXPECT_EQ(of("1×2").at("multiple_text"), "1.25×");
  EXPECT_EQ(of("1×2").at("slower_text"), "+25 %");
  EXPECT_EQ(of("2×2").at("multiple_text"), "≥ 2.0×");
  EXPECT_EQ(of("2×2").at("slower_text"), "≥ 2.0×");
  const Json& not_run = of("1×1");
  EXPECT_EQ(not_run.at("verdict"), "not_run");
  EXPECT_EQ(not_run.at("multiple_text"), "≥ 3.1×");
  EXPECT_EQ(not_run.at("slower_text"), "≥ 3.1× (bound)");
  EXPECT_EQ(not_run.at("time_text"), "not run");
  EXPECT_FALSE(not_run.at("completed").as_bool());
  EXPECT_TRUE(not_run.at("median_s").is_null());
  EXPECT_TRUE(not_run.at("throughput").is_null());
  for (const Json& column : data.at("rows").at("columns").as_array()) {
    if (column.at("name") == "stage" || column.at("name") == "round") {
      EXPECT_EQ(column.at("usual"), true);
    }
  }
}

TEST(PageDataTest, OfACommandThereAreTasksAndNoFlops) {
  TestRows test;
  static_cast<Key&>(test.base) = CommandKey("python3 job.py", 32);
  test.base.kernels.clear();
  test.base.blas_version.clear();
  test.Ok({1, 1}, {2.0, 2.02, 1.98});
  test.Ok({2, 1}, {1.0, 1.01, 0.99});
  const Json data = DataOf(test.rows);
  const Json& group = data.at("groups").at(0);
  EXPECT_EQ(group.at("values").at("command"), "python3 job.py");
  EXPECT_EQ(group.at("values").at("operation"), "command");
  const std::string text = data.at("answer_text").as_string().c_str();
  EXPECT_EQ(text.find("n=0"), std::string::npos) << text;
  EXPECT_EQ(data.at("choices").at(0).at("unit"), "tasks/s");
}

TEST(PageDataTest, SpeedUpsAreOver1x1) {
  TestRows test;
  test.Ok({1, 1}, {2.0, 2.02, 1.98});
  test.Ok({2, 1}, {1.0, 1.01, 0.99});
  test.Capped({2, 2}, 4.0, 16);  // 4 tasks/s where 1×1 does 32
  test.Error({1, 2}, "worker died");
  const Json group = DataOf(test.rows).at("groups").at(0);
  const JsonArray& splits = group.at("splits").as_array();
  EXPECT_EQ(splits[0].at("label"), "2×1");
  EXPECT_EQ(splits[0].at("verdict"), "best");
  EXPECT_EQ(splits[0].at("time_text"), "1.00 s");
  EXPECT_EQ(splits[0].at("spread_text"), "±1.0 %");
  EXPECT_EQ(splits[0].at("range_text"), "990 ms to 1.01 s");
  EXPECT_EQ(splits[0].at("cell_text"), "2.0×");
  EXPECT_NEAR(splits[0].at("speedup").to_number<double>(), 2, 1e-5);
  EXPECT_EQ(splits[1].at("speedup"), 1);
  EXPECT_EQ(splits[1].at("slower_text"), "2.0× slower");
  EXPECT_EQ(splits[1].at("why").at(0).at("text"), "uses 1 of 2 cores");
  EXPECT_EQ(splits[2].at("verdict"), "capped");
  EXPECT_EQ(splits[2].at("cell_text"), "capped");
  EXPECT_EQ(splits[2].at("time_text"), "capped after 4.00 s");
  EXPECT_NEAR(splits[2].at("speedup").to_number<double>(), 0.125, 1e-5);
  EXPECT_EQ(splits[3].at("verdict"), "failed");
  EXPECT_EQ(splits[3].at("speedup_text"), "–");
  EXPECT_EQ(splits[3].at("why"),
            JsonArray({{{"kind", "error"}, {"text", "worker died"}}}));
  EXPECT_EQ(group.at("gains"),
            JsonArray({{{"text", "2.0×"}, {"dim", false}},
                       {{"text", "is best"}, {"dim", true}},
                       {{"text", "failed"}, {"dim", true}},
                       {{"text", "> 4.0×"}, {"dim", false}}}));
  EXPECT_EQ(group.at("advice").at("lead"), "n=256 batch=64: use 2×1");
  EXPECT_EQ(group.at("advice").at("text"), ". 2×1 is 2.0× as fast as 1×1.");
}

TEST(PageDataTest, ThroughputIsFlopsWhereTheOperationHasThem) {
  TestRows test;
  test.Ok({1, 1}, {2.0, 2.5, 1.6}, Phases(0.25, 0.5));
  test.base.operation = "none";
  test.Ok({1, 1}, {2.0, 2.5, 1.6});
  const Json data = DataOf(test.rows);
  const Json& gemm = data.at("groups").at(0).at("splits").at(0);
  EXPECT_EQ(gemm.at("throughput").at("text"), "1.07 GFLOP/s");
  EXPECT_EQ(gemm.at("throughput").at("range_text"), "0.859 to 1.34 GFLOP/s");
  EXPECT_EQ(gemm.at("phases").at(0), (Json{{"phase", "load"},
                                           {"seconds", 0.5},
                                           {"share_text", "25 %"},
                                           {"time_text", "500 ms"}}));
  EXPECT_EQ(data.at("choices").at(0).at("unit"), "GFLOP/s");
  const Json& none = data.at("groups").at(1).at("splits").at(0);
  EXPECT_EQ(none.at("throughput").at("text"), "32.0 tasks/s");
  EXPECT_EQ(data.at("choices").at(1).at("unit"), "tasks/s");
}

TEST(PageDataTest, TheAdviceNamesResultsThatNobodyVerified) {
  TestRows test;
  test.base.operation = kCommandOperation;
  test.base.protocol = "once";
  test.base.verified_by = kVerifiedByNobody;
  test.Ok({1, 1}, {2.0, 2.01, 2.02});
  test.Ok({2, 1}, {1.0, 1.01, 1.02});
  const Json group = DataOf(test.rows).at("groups").at(0);
  EXPECT_EQ(group.at("advice").at("text"),
            ". 2×1 is 1.99× as fast as 1×1; nobody verified the results.");
}

TEST(PageDataTest, WhatWasNotMeasuredIsNull) {
  TestRows test;
  test.Error({1, 1}, "worker died");
  const Json group = DataOf(test.rows).at("groups").at(0);
  EXPECT_TRUE(group.at("best").is_null());
  EXPECT_TRUE(group.at("recommended").is_null());
  EXPECT_EQ(group.at("pays_off"), "–");
  EXPECT_EQ(group.at("advice").at("lead"), "");
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
  EXPECT_EQ(Fact(data.at("machines").at(1), "CPU"), "Other");
  EXPECT_EQ(Fact(data.at("machines").at(0), "ceilings"), "not measured");
  EXPECT_TRUE(data.at("machines").at(0).at("ceilings").as_object().empty());
}

/// A file of three runs, of which the second made its first attempt again and
/// the third had a newer BLIS.
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
  test.base.blas_version = "1.0";
  test.Ok({1, 1}, {2.0, 2.1, 1.9});
  test.Capped({2, 1}, 4.0, 16);
  return {{"a.csv", test.rows}};
}

TEST(PageDataTest, HistoryHasAPointPerRunInOrderOfTime) {
  const Json data = PageData(ThreeRuns(), "test");
  EXPECT_EQ(data.at("runs").at(0).at("run_id"), "first");
  const JsonArray& all = data.at("history").as_array();
  ASSERT_EQ(all.size(), 1);  // 2×1 completed in one run only
  const Json& series = all[0];
  EXPECT_EQ(series.at("split"), "1×1");
  // The groups of both versions of BLIS.
  EXPECT_EQ(series.at("groups"), JsonArray({0, 1}));
  const JsonArray& points = series.at("points").as_array();
  ASSERT_EQ(points.size(), 3);
  EXPECT_EQ(points[0].at("run"), 0);
  EXPECT_EQ(points[1].at("median_s"), 1.2);
  EXPECT_EQ(points[1].at("low_s"), 1.1);
  EXPECT_EQ(points[1].at("time_text"), "1.20 s");
  EXPECT_EQ(points[1].at("range_text"), "1.10 s to 1.30 s");
  EXPECT_EQ(points[2].at("median_s"), 2);
  EXPECT_TRUE(series.at("steps").as_array().empty());
}

TEST(PageDataTest, HistoryKeepsApartWhatIsNotTheSameGroup) {
  std::vector<ResultFile> files = ThreeRuns();
  std::vector<Row> more = files[0].rows;
  for (Row& row : more) row.data = Data::kHot;
  files.push_back({"b.csv", more});
  const Json data = PageData(files, "test");
  const JsonArray& all = data.at("history").as_array();
  ASSERT_EQ(all.size(), 2);
  const auto data_of = [&](std::size_t series) {
    const auto group = all[series].at("groups").at(0).to_number<std::size_t>();
    return data.at("groups").at(group).at("values").at("data");
  };
  EXPECT_EQ(data_of(0), "fresh");
  EXPECT_EQ(data_of(1), "hot");
}

TEST(PageDataTest, StepsOfTheHistoryAreTold) {
  TestRows test;
  for (int run = 0; run < 10; ++run) {
    test.base.run_id = std::to_string(run);
    test.base.time_utc = "2026-01-1" + std::to_string(run) + "T08:00:00Z";
    test.base.git_commit = "commit-of-run-" + std::to_string(run);
    const double time = (run < 5 ? 1 : 1.3) + 0.001 * (run % 3);
    test.Ok({1, 1}, {time, 1.002 * time, 0.998 * time, 1.001 * time});
  }
  const Json data = DataOf(test.rows);
  const Json& step = data.at("history").at(0).at("steps").at(0);
  EXPECT_EQ(step.at("run"), 5);
  EXPECT_EQ(step.at("label"), "+30 % commit-of-");
  EXPECT_EQ(step.at("change_text"), "1.30× the time, slower");
  EXPECT_EQ(step.at("commit"), "commit-of-run-5");
  EXPECT_EQ(step.at("commit_before"), "commit-of-run-4");
  EXPECT_EQ(step.at("configuration"),
            "gemm n=256 batch=64 1×1 kernels=library");
}

TEST(PageDataTest, WarningsStayWhole) {
  TestRows test;
  const std::vector<std::string> warnings = {
      "turbo is off: figures are those of the base clock; switch it on",
      "CPU quota 1.50"};
  test.base.warnings = JoinWarnings(warnings);
  test.Ok({1, 1}, {1.0});
  EXPECT_EQ(DataOf(test.rows).at("runs").at(0).at("warnings"),
            JsonArrayOf(warnings));
}

TEST(PageDataTest, NothingMeasured) {
  const Json data = PageData({}, "test");
  EXPECT_TRUE(data.at("groups").as_array().empty());
  EXPECT_THAT(data.at("answer_text").as_string().c_str(),
              HasSubstr("nothing to answer"));
}

}  // namespace
}  // namespace hybrid
