#include "report/choices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "analysis/answer.h"
#include "analysis/test_rows.h"
#include "base/json.h"
#include "key/key.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;

class ChoicesTest : public ::testing::Test {
 protected:
  void Add(std::uint64_t n, std::uint64_t batch, double two_workers = 1) {
    test.base.n = n;
    test.base.batch = batch;
    test.Ok({1, 1}, {2, 2, 2});
    test.Ok({2, 1}, {two_workers, two_workers, two_workers});
  }

  TestRows test;
};

TEST_F(ChoicesTest, GroupsOfOneChoiceDifferInDetailsAlone) {
  Add(256, 8);
  Add(64, 32);
  Add(64, 8);
  test.base.data = Data::kHot;
  Add(64, 8);
  const std::vector<Choice> choices = FindChoices(FindAnswers(test.rows));
  ASSERT_EQ(choices.size(), 2U);
  EXPECT_THAT(choices[0].groups, ElementsAre(2, 1, 0));
  EXPECT_THAT(choices[1].groups, ElementsAre(3));
}

TEST_F(ChoicesTest, TheHarnessAloneIsNobodysFirstChoice) {
  test.base.operation = "none";
  Add(64, 8);
  test.base.operation = "gemm";
  Add(64, 8);
  const std::vector<Answer> answers = FindAnswers(test.rows);
  const std::vector<Choice> choices = FindChoices(answers);
  ASSERT_EQ(choices.size(), 2U);
  EXPECT_THAT(choices[0].groups, ElementsAre(1));
  EXPECT_EQ(ChoiceJson(choices[0], answers).at("note"), "");
  const Json none = ChoiceJson(choices[1], answers);
  EXPECT_NE(none.at("note"), "");
  EXPECT_TRUE(none.at("headline").is_null());
}

TEST_F(ChoicesTest, TheHeadlineIsTheSplitForAll) {
  Add(64, 8, 2.4);
  Add(128, 8);
  Add(256, 8);
  const std::vector<Answer> answers = FindAnswers(test.rows);
  const Json json = ChoiceJson(FindChoices(answers)[0], answers);
  EXPECT_EQ(json.at("headline").at("split"), "1×1, 2×1");
  EXPECT_EQ(json.at("headline").at("text"),
            "n ≤ 64: 1×1 (1 process × 1 BLAS thread), fastest or tied in its "
            "group; n ≥ 128: 2×1 (2 processes × 1 BLAS thread), fastest or "
            "tied in all 2 groups.");
  EXPECT_EQ(json.at("series"), JsonArray({"1×1", "2×1"}));
}

}  // namespace
}  // namespace hybrid
