#include "history/history_json.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "history/test_history_folder.h"

namespace hybrid {
namespace {

using HistoryJsonTest = HistoryFolderTest;

TEST_F(HistoryJsonTest, HoldsEverything) {
  const History history = Load();
  const Json json = ParseJson(
      HistoryJson(history, CompareNewest(history, {10}, CompareSettings())));
  EXPECT_EQ(json.at("runs").as_array().size(), 12U);
  EXPECT_EQ(json.at("runs").at(7).at("git_commit"), "c007");
  EXPECT_EQ(json.at("window"), 10);
  EXPECT_TRUE(json.at("comparison").is_object());
  const JsonArray& all = json.at("series").as_array();
  ASSERT_EQ(all.size(), 3U);
  const Json& series = all.at(0);
  EXPECT_EQ(series.at("label"), "gemm n=64 batch=8 2×1");
  EXPECT_EQ(series.at("points").as_array().size(), 12U);
  EXPECT_EQ(series.at("points").at(3).at("run"), 3);
  EXPECT_EQ(series.at("points").at(0).at("count"), 7);
  ASSERT_EQ(series.at("steps").as_array().size(), 1U);
  EXPECT_EQ(series.at("steps").at(0).at("run"), 7);
  EXPECT_EQ(series.at("steps").at(0).at("commit"), "c007");
  EXPECT_NEAR(series.at("steps").at(0).at("ratio").to_number<double>(), 1.2,
              0.02);
  EXPECT_EQ(all.at(1).at("steps").as_array().size(), 0U);
  EXPECT_TRUE(series.at("bimodal").is_null());
}

TEST_F(HistoryJsonTest, WhatIsBimodalIsNoStep) {
  simulation_.runs = 7;
  simulation_.level = [](std::size_t r, std::size_t c) {
    return c == 0 && r >= 3 ? 2.0 : 1.0;
  };
  change_ = [](std::vector<std::vector<Row>>& runs) {
    for (std::vector<Row>& rows : runs) {
      for (Row& row : rows) row.oversubscribed = true;
    }
  };
  const History history = Load();
  const Json json = ParseJson(
      HistoryJson(history, CompareNewest(history, {10}, CompareSettings())));
  const Json& series = json.at("series").at(0);
  EXPECT_TRUE(series.at("steps").as_array().empty());
  const Json& modes = series.at("bimodal").at("modes_s");
  EXPECT_NEAR(modes.at(0).to_number<double>(), 0.001, 0.0001);
  EXPECT_NEAR(modes.at(1).to_number<double>(), 0.002, 0.0001);
}

}  // namespace
}  // namespace hybrid
