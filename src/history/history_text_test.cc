#include "history/history_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "history/test_history_folder.h"
#include "key/test_keys.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

using HistoryTextTest = HistoryFolderTest;

TEST_F(HistoryTextTest, TellsStepsAndTrends) {
  const History history = Load();
  const std::string text =
      HistoryText(history, CompareNewest(history, {10}, CompareSettings()));
  EXPECT_THAT(text, HasSubstr("machine-2c-24g-00000001: Simulated"));
  EXPECT_THAT(text,
              HasSubstr("12, 2026-01-01T12:00:00Z to 2026-01-12T12:00:00Z"));
  EXPECT_THAT(text, HasSubstr("c000 to c011 (12 in all)"));
  EXPECT_THAT(text, HasSubstr("the 10 runs from 2026-01-02T12:00:00Z"));
  EXPECT_THAT(text, HasSubstr("\n  between c006 and c007, from run "
                              "2026-01-08T12:00:00Z on\n    gemm n=64 batch=8 "
                              "2×1  1.20× slower  p "));
  EXPECT_THAT(text, HasSubstr("▁▁▁▁▁▁▁█████"));
}

TEST_F(HistoryTextTest, NamesACommandByItself) {
  change_ = [](std::vector<std::vector<Row>>& runs) {
    for (std::vector<Row>& run : runs) {
      for (Row& row : run) {
        static_cast<Key&>(row) = CommandKey("python3 job.py", row.batch, 2);
      }
    }
  };
  const History history = Load();
  const std::string text =
      HistoryText(history, CompareNewest(history, {10}, CompareSettings()));
  EXPECT_THAT(text,
              HasSubstr("\n    python3 job.py batch=8 2×1  1.20× slower"));
  EXPECT_EQ(text.find("n=0"), std::string::npos) << text;
}

TEST_F(HistoryTextTest, SaysWhenTheCommitIsTheSame) {
  change_ = [](std::vector<std::vector<Row>>& runs) {
    for (std::vector<Row>& run : runs) {
      for (Row& row : run) row.git_commit = "same";
    }
  };
  const History history = Load();
  EXPECT_THAT(
      HistoryText(history, CompareNewest(history, {10}, CompareSettings())),
      HasSubstr("so not by the program"));
}

TEST_F(HistoryTextTest, ShowsGapsAndWhatWasLeftOut) {
  change_ = [](std::vector<std::vector<Row>>& runs) {
    for (Row& row : runs[2]) row.status = Status::kCapped;
  };
  WriteFile(folder_.File("m.csv"), "");
  History history = Load();
  history.left_out = {"x.csv: torn"};
  const std::string text =
      HistoryText(history, CompareNewest(history, {10}, CompareSettings()));
  EXPECT_THAT(text, HasSubstr("▁▁×▁▁▁▁█████"));
  EXPECT_THAT(text, HasSubstr("left out  x.csv: torn\n"));
}

TEST_F(HistoryTextTest, SaysWhereThereIsNoStep) {
  simulation_.level = [](std::size_t r, std::size_t c) {
    return c == 0 && r == 11 ? 1.3 : 1.0;
  };
  const History history = Load();
  EXPECT_THAT(
      HistoryText(history, CompareNewest(history, {4}, CompareSettings())),
      HasSubstr("none beyond noise"));
}

}  // namespace
}  // namespace hybrid
