#include "output/progress.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

TEST(ProgressTest, CountsAndEstimatesByWeight) {
  Progress progress({{"a", 1}, {"b", 3}, {"c", 36}});
  EXPECT_EQ(progress.Count(), "[0/3]");
  EXPECT_EQ(progress.TimeLeft(), "");
  progress.Finish("a", 2);
  EXPECT_EQ(progress.Count(), "[1/3]");
  EXPECT_EQ(progress.TimeLeft(), "~1:18 left (estimated)");
  progress.Finish("c", 74);
  EXPECT_EQ(progress.TimeLeft(), "~0:06 left (estimated)");
  progress.Finish("b", 80);
  EXPECT_EQ(progress.TimeLeft(), "");
}

TEST(ProgressTest, CountsOnWhereAnEarlierRunEnded) {
  Progress progress({{"a", 1}, {"b", 1}}, 8);
  EXPECT_EQ(progress.Count(), "[ 8/10]");
  progress.Finish("a", 2);
  EXPECT_EQ(progress.Count(), "[ 9/10]");
  EXPECT_EQ(progress.TimeLeft(), "~0:02 left (estimated)");
}

TEST(ProgressTest, UnknownAndRepeatedNamesDoNotCount) {
  Progress progress({{"a", 1}, {"b", 1}});
  progress.Finish("x", 1);
  progress.Finish("a", 1);
  progress.Finish("a", 1);
  EXPECT_EQ(progress.Count(), "[1/2]");
}

TEST(ProgressTest, WeightGrowsWithTheWorkAndShrinksWithTheCores) {
  Key key;
  key.n = 1000;
  key.batch = 64;
  const double serial = ExpectedWeight(key, 4, 5, MinTime(), false);
  key.workers = 4;
  EXPECT_NEAR(serial / ExpectedWeight(key, 4, 5, MinTime(), false), 4, 0.1);
  key.workers = 64;  // more workers than cores gain nothing
  EXPECT_NEAR(serial / ExpectedWeight(key, 4, 5, MinTime(), false), 4, 0.1);
}

TEST(ProgressTest, PartsCountAsTime) {
  Progress progress({{"a", 1}, {"a", 1}, {"b", 2}});
  EXPECT_EQ(progress.Count(), "[0/2]");
  progress.Advance("a", 0.5, 10);
  EXPECT_EQ(progress.Count(), "[0/2]");
  EXPECT_EQ(progress.TimeLeft(), "~0:30 left (estimated)");
  // No more than all of it.
  progress.Advance("a", 0.9, 20);
  progress.Finish("a", 20);
  EXPECT_EQ(progress.Count(), "[1/2]");
  EXPECT_EQ(progress.TimeLeft(), "~0:20 left (estimated)");
}

TEST(ProgressTest, LaunchesWeighForEachRepetition) {
  Key key;
  key.n = 8;
  key.batch = 1;
  EXPECT_NEAR(ExpectedWeight(key, 4, 10, {0.02, std::nullopt}, true) /
                  ExpectedWeight(key, 4, 5, {0.02, std::nullopt}, true),
              2, 1e-9);
}

TEST(ProgressTest, IterationsWeighWhatTheyCount) {
  Key key;
  key.n = 1000;
  key.batch = 64;
  const double one = ExpectedWeight(key, 4, 5, {.iterations = 1}, false);
  EXPECT_NEAR(ExpectedWeight(key, 4, 5, {.iterations = 10}, false) / one, 10,
              0.1);
}

}  // namespace
}  // namespace hybrid
