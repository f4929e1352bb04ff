#include "history/steps_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "history/test_history_folder.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

using StepsTextTest = HistoryFolderTest;

TEST_F(StepsTextTest, OneHeadingForEachPairOfCommits) {
  simulation_.configurations = 4;
  simulation_.level = [](std::size_t r, std::size_t c) {
    if (c < 2) return r >= 7 ? 1.2 : 1.0;
    return c == 2 && r >= 4 ? 0.8 : 1.0;
  };
  const std::string text = StepsText(Load());
  const std::string heading =
      "  between c006 and c007, from run 2026-01-08T12:00:00Z on\n"
      "    gemm n=64 batch=8 2×1   1.";
  EXPECT_THAT(text, HasSubstr(heading));
  EXPECT_EQ(text.find("c006"), text.rfind("c006")) << text;
  EXPECT_THAT(text, AllOf(HasSubstr("\n    gemm n=128 batch=9 2×1  1."),
                          HasSubstr("\n  between c003 and c004, from run "
                                    "2026-01-05T12:00:00Z on\n    gemm n=256 "
                                    "batch=10 2×1  1.")));
}

TEST_F(StepsTextTest, NamesTheRunsWhereTheyDiffer) {
  // Every commit was measured several times.
  change_ = [](std::vector<std::vector<Row>>& runs) {
    for (std::size_t r = 0; r < runs.size(); ++r) {
      for (Row& row : runs[r]) row.git_commit = r < 4 ? "old" : "new";
    }
  };
  simulation_.level = [](std::size_t r, std::size_t c) {
    return c < 2 && r >= 4 ? 1.2 : 1.0;
  };
  const std::string text = StepsText(Load());
  EXPECT_THAT(text, HasSubstr("  between old and new, from run 2026-01-05"));
}

TEST_F(StepsTextTest, TellsWhatWasTakenBack) {
  simulation_.level = [](std::size_t r, std::size_t c) {
    return c == 0 && r >= 4 && r < 8 ? 1.3 : 1.0;
  };
  const std::string text = StepsText(Load());
  EXPECT_THAT(text, HasSubstr("slower  p < 0.0001  no longer\n"));
}

TEST_F(StepsTextTest, TellsWhatIsBimodalAndNoStep) {
  simulation_.runs = 7;
  simulation_.level = [](std::size_t r, std::size_t c) {
    return c == 0 && r >= 3 ? 2.0 : 1.0;
  };
  change_ = [](std::vector<std::vector<Row>>& runs) {
    for (std::vector<Row>& rows : runs) {
      for (Row& row : rows) row.oversubscribed = row.n == 64;
    }
  };
  EXPECT_THAT(
      StepsText(Load()),
      AllOf(HasSubstr("  no step: bimodal, and by chance on which level a run "
                      "is\n    gemm n=64 batch=8 2×1  2.0×  "),
            HasSubstr(" ms in 21 and "), HasSubstr(" of 49 repetitions\n"),
            HasSubstr("  none beyond noise among 7 runs\n")));
}

TEST_F(StepsTextTest, PromisesNothingWhereNoStepCanBe) {
  simulation_.level = nullptr;
  simulation_.runs = 3;
  EXPECT_THAT(
      StepsText(Load()),
      AllOf(HasSubstr("can't tell: no configuration completed in 4 runs"),
            Not(HasSubstr("none beyond noise"))));
}

TEST_F(StepsTextTest, CountsWhatHasTooFewRuns) {
  simulation_.level = nullptr;
  change_ = [](std::vector<std::vector<Row>>& runs) {
    for (std::size_t r = 3; r < runs.size(); ++r) {
      for (Row& row : runs[r]) {
        if (row.n == 64) row.status = Status::kCapped;
      }
    }
  };
  EXPECT_THAT(StepsText(Load()),
              HasSubstr("none beyond noise among 12 runs in 2 of 3 "
                        "configurations; the others completed in fewer than "
                        "4\n"));
}

}  // namespace
}  // namespace hybrid
