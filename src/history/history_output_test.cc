#include "history/history_output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "history/test_history.h"
#include "results/csv_writer.h"
#include "results/results_error.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

class HistoryOutputTest : public ::testing::Test {
 protected:
  /// Twelve runs; the first configuration is slower from the eighth on.
  HistoryOutputTest() {
    simulation_.runs = 12;
    simulation_.configurations = 3;
    simulation_.repetition_noise = 0.005;
    simulation_.run_noise = 0.003;
    simulation_.level = [](std::size_t r, std::size_t c) {
      return c == 0 && r >= 7 ? 1.2 : 1.0;
    };
  }

  History Load() {
    rows_ = Simulate(simulation_, 1);
    if (change_) change_(rows_);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      CsvWriter(folder_.File("m/" + std::to_string(100 + i) + ".csv"))
          .Append(rows_[i]);
    }
    return LoadHistory(folder_.File("m"));
  }

  TestFolder folder_;
  Simulation simulation_;
  std::function<void(std::vector<std::vector<Row>>&)> change_;
  std::vector<std::vector<Row>> rows_;
};

TEST_F(HistoryOutputTest, TellsStepsAndTrends) {
  const History history = Load();
  const std::string text =
      HistoryText(history, CompareNewest(history, 10, CompareSettings()));
  EXPECT_THAT(text, HasSubstr("machine-2c-24g-00000001: Simulated"));
  EXPECT_THAT(text,
              HasSubstr("12, 2026-01-01T12:00:00Z to 2026-01-12T12:00:00Z"));
  EXPECT_THAT(text, HasSubstr("c000 to c011 (12 in all)"));
  EXPECT_THAT(text, HasSubstr("the 10 runs from 2026-01-02T12:00:00Z"));
  EXPECT_THAT(text, HasSubstr("gemm n=64 batch=8 2×1: 1.20× slower from run "
                              "2026-01-08T12:00:00Z on, commit c007"));
  EXPECT_THAT(text, HasSubstr("(before: c006)"));
  EXPECT_THAT(text, HasSubstr("▁▁▁▁▁▁▁█████"));
}

TEST_F(HistoryOutputTest, SaysWhenTheCommitIsTheSame) {
  change_ = [](std::vector<std::vector<Row>>& runs) {
    for (std::vector<Row>& run : runs) {
      for (Row& row : run) row.git_commit = "same";
    }
  };
  const History history = Load();
  EXPECT_THAT(
      HistoryText(history, CompareNewest(history, 10, CompareSettings())),
      HasSubstr("so not by the program"));
}

TEST_F(HistoryOutputTest, ShowsGapsAndWhatWasLeftOut) {
  change_ = [](std::vector<std::vector<Row>>& runs) {
    for (Row& row : runs[2]) row.status = Status::kCapped;
  };
  WriteFile(folder_.File("m.csv"), "");
  History history = Load();
  history.unreadable = {"x.csv: torn"};
  const std::string text =
      HistoryText(history, CompareNewest(history, 10, CompareSettings()));
  EXPECT_THAT(text, HasSubstr("▁▁×▁▁▁▁█████"));
  EXPECT_THAT(text, HasSubstr("left out  x.csv: torn\n"));
}

TEST_F(HistoryOutputTest, ComparesTheNewestRunWithTheWindow) {
  simulation_.level = [](std::size_t r, std::size_t c) {
    return c == 0 && r == 11 ? 1.3 : 1.0;
  };
  const History history = Load();
  const NewestRun newest = CompareNewest(history, 4, CompareSettings());
  EXPECT_EQ(newest.window, 4U);
  EXPECT_EQ(newest.comparison.baseline.runs, 4U);
  EXPECT_EQ(newest.comparison.now.runs, 1U);
  EXPECT_EQ(newest.comparison.regressions(), 1U);
  EXPECT_EQ(CompareNewest(history, 99, CompareSettings()).window, 11U);
  EXPECT_THAT(HistoryText(history, newest), HasSubstr("none beyond noise"));
}

TEST_F(HistoryOutputTest, NeedsTwoRunsToCompare) {
  simulation_.runs = 1;
  const History history = Load();
  EXPECT_THROW(CompareNewest(history, 10, CompareSettings()), ResultsError);
}

TEST_F(HistoryOutputTest, JsonHasTheReportsSeries) {
  const History history = Load();
  const std::vector<std::size_t> numbers = {2, 3, 4,  5,  6,  7,
                                            8, 9, 10, 11, 12, 13};
  const JsonArray series = SeriesJson(history, numbers);
  ASSERT_EQ(series.size(), 3U);
  EXPECT_EQ(series.at(0).at("label"), "gemm n=64 batch=8 2×1");
  EXPECT_EQ(series.at(0).at("points").as_array().size(), 12U);
  EXPECT_EQ(series.at(0).at("points").at(0).at("run"), 2);
  EXPECT_EQ(series.at(0).at("points").at(0).at("count"), 7);
  ASSERT_EQ(series.at(0).at("steps").as_array().size(), 1U);
  EXPECT_EQ(series.at(0).at("steps").at(0).at("run"), 9);
  EXPECT_EQ(series.at(0).at("steps").at(0).at("commit"), "c007");
  EXPECT_NEAR(series.at(0).at("steps").at(0).at("ratio").to_number<double>(),
              1.2, 0.02);
  EXPECT_EQ(series.at(1).at("steps").as_array().size(), 0U);
}

TEST_F(HistoryOutputTest, JsonHoldsEverything) {
  const History history = Load();
  const Json json = ParseJson(
      HistoryJson(history, CompareNewest(history, 10, CompareSettings())));
  EXPECT_EQ(json.at("runs").as_array().size(), 12U);
  EXPECT_EQ(json.at("runs").at(7).at("git_commit"), "c007");
  EXPECT_EQ(json.at("window"), 10);
  EXPECT_TRUE(json.at("comparison").is_object());
  EXPECT_EQ(json.at("series").as_array().size(), 3U);
}

}  // namespace
}  // namespace hybrid
