#include "analysis/advice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "analysis/test_rows.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Constructed groups, and what is to be used in them.
class AdviceTest : public ::testing::Test {
 protected:
  /// A group in which `fast` take a second each and `slow` two.
  void Group(std::uint64_t n, std::uint64_t batch,
             const std::vector<Split>& fast, const std::vector<Split>& slow) {
    test_.base.n = n;
    test_.base.batch = batch;
    double jitter = 0;
    for (const Split& split : fast) {
      test_.Ok(split, {1 + jitter, 1.01 + jitter, 1.02 + jitter, 1.03});
      jitter += 1e-4;
    }
    for (const Split& split : slow) test_.Ok(split, {2, 2.01, 2.02, 2.03});
  }

  /// Each rule as "n ≤ 64: 2×1".
  std::vector<std::string> Rules() {
    answers_ = FindAnswers(test_.rows);
    std::vector<const Answer*> all;
    for (const Answer& answer : answers_) all.push_back(&answer);
    advice_ = FewestRules(all);
    std::vector<std::string> texts;
    for (const AdviceRule& rule : advice_.rules) {
      texts.push_back(WhereText(rule, advice_) + ": " + SplitText(rule.split));
    }
    return texts;
  }

  TestRows test_;
  std::vector<Answer> answers_;
  Advice advice_;
};

TEST_F(AdviceTest, NothingOfNothing) {
  EXPECT_THAT(Rules(), IsEmpty());
  EXPECT_THAT(advice_.unranked, IsEmpty());
}

TEST_F(AdviceTest, OneSplitThatIsBestOrTiedEverywhereIsOneRule) {
  Group(64, 8, {{1, 2}, {2, 1}}, {{1, 1}});
  Group(256, 8, {{2, 1}}, {{1, 1}, {1, 2}});
  Group(256, 32, {{2, 1}, {1, 2}}, {{1, 1}});
  EXPECT_THAT(Rules(), ElementsAre(": 2×1"));
  EXPECT_THAT(advice_.rules[0].groups, SizeIs(3));
}

TEST_F(AdviceTest, ThreadsThatTheLibraryLeftIdleAreNotAdvised) {
  Group(64, 8, {{1, 2}, {1, 1}}, {{2, 2}});
  EXPECT_THAT(Rules(), ElementsAre(": 1×2"));
  for (Row& row : test_.rows) row.threads_seen = 1;
  EXPECT_THAT(Rules(), ElementsAre(": 1×1"));
}

TEST_F(AdviceTest, RangesOfNWhereNoneSuitsAll) {
  for (const std::uint64_t batch : {8U, 32U}) {
    Group(16, batch, {{1, 1}}, {{1, 2}, {2, 1}});
    Group(64, batch, {{1, 1}}, {{1, 2}, {2, 1}});
    Group(256, batch, {{2, 1}}, {{1, 1}, {1, 2}});
    Group(1024, batch, {{1, 2}}, {{1, 1}, {2, 1}});
  }
  EXPECT_THAT(Rules(),
              ElementsAre("n ≤ 64: 1×1", "n = 256: 2×1", "n ≥ 1024: 1×2"));
}

TEST_F(AdviceTest, RangesOfTheBatchWhereThatTakesFewer) {
  for (const std::uint64_t n : {64U, 128U, 256U}) {
    Group(n, 1, {{1, 2}}, {{1, 1}, {2, 1}});
    Group(n, 32, {{2, 1}}, {{1, 1}, {1, 2}});
  }
  EXPECT_THAT(Rules(), ElementsAre("batch ≤ 1: 1×2", "batch ≥ 32: 2×1"));
}

TEST_F(AdviceTest, BothWhereItMustBe) {
  Group(64, 8, {{1, 1}}, {{1, 2}, {2, 1}});
  Group(64, 32, {{1, 1}}, {{1, 2}, {2, 1}});
  Group(256, 8, {{1, 2}}, {{1, 1}, {2, 1}});
  Group(256, 32, {{2, 1}}, {{1, 1}, {1, 2}});
  EXPECT_THAT(Rules(), ElementsAre("n ≤ 64: 1×1", "n ≥ 256, batch ≤ 8: 1×2",
                                   "n ≥ 256, batch ≥ 32: 2×1"));
}

TEST_F(AdviceTest, AnOversubscribedTieIsNotUsedWhereAnotherIs) {
  // 2×2 is tied everywhere, but what a group avoids no rule may recommend.
  Group(64, 8, {{2, 2}, {1, 2}}, {{1, 1}});
  Group(256, 8, {{2, 2}, {2, 1}}, {{1, 1}, {1, 2}});
  EXPECT_THAT(Rules(), ElementsAre("n ≤ 64: 1×2", "n ≥ 256: 2×1"));
}

TEST_F(AdviceTest, OfTiesTheOneThatIsLeastBehindAtWorst) {
  test_.base.n = 64;
  test_.Ok({2, 1}, {1, 1.04, 1.08, 1.12});
  test_.Ok({1, 2}, {1.02, 1.06, 1.1, 1.14});
  test_.base.n = 256;
  test_.Ok({2, 1}, {1.08, 1.12, 1.16, 1.2});
  test_.Ok({1, 2}, {1, 1.04, 1.08, 1.12});
  EXPECT_THAT(Rules(), ElementsAre(": 1×2"));
}

TEST_F(AdviceTest, GroupsWithoutABestAreCountedApart) {
  Group(64, 8, {{1, 1}}, {{2, 1}});
  test_.base.n = 128;
  test_.Error({1, 1}, "it broke");
  test_.Error({2, 1}, "it broke");
  EXPECT_THAT(Rules(), ElementsAre(": 1×1"));
  ASSERT_THAT(advice_.unranked, SizeIs(1));
  EXPECT_EQ(advice_.unranked[0]->key.n, 128U);
}

TEST_F(AdviceTest, NothingIsSaidWhereADisturbedSplitMayBeTheFastest) {
  Group(64, 8, {{1, 1}}, {{2, 1}});
  Group(128, 8, {{1, 2}}, {{2, 1}});
  test_.Ok({1, 1}, {0.5, 0.5, 0.5}, [](Row& row) {
    row.cpu_s = *row.wall_s;
    row.steal_s = 0.5 * *row.wall_s;
  });
  EXPECT_THAT(Rules(), ElementsAre(": 1×1"));
  ASSERT_THAT(advice_.doubted, SizeIs(1));
  EXPECT_EQ(advice_.doubted[0]->key.n, 128U);
}

}  // namespace
}  // namespace hybrid
