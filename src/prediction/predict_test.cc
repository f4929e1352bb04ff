#include "prediction/predict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

#include "prediction/test_sizes.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;

MeasuredTime Took(double seconds) { return {seconds, false, false}; }
MeasuredTime StoppedAfter(double seconds) { return {seconds, true, false}; }

TEST(RoundsTest, AreTurnsOfAWorkerOrTasksOfACore) {
  EXPECT_EQ(Rounds({4, 2}, 10, 8), 3);
  EXPECT_EQ(Rounds({4, 2}, 12, 8), 3);
  EXPECT_EQ(Rounds({4, 2}, 3, 8), 1);
  EXPECT_EQ(Rounds({1, 8}, 10, 8), 10);
  EXPECT_EQ(Rounds({4, 2, Engine::kProcesses, 3}, 25, 8), 3);
  EXPECT_EQ(Rounds({16, 1, Engine::kProcesses, 2}, 64, 8), 4);
  // Over the cores.
  EXPECT_EQ(Rounds({16, 1}, 32, 8), 4);
  EXPECT_EQ(Rounds({8, 2}, 12, 8), 1.5);
  EXPECT_EQ(Rounds({16, 1}, 4, 8), 1);
}

TEST(RoundsTest, OfWhatNobodyMeasures) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(Rounds({0, 0}, 8, 2), 8);
  EXPECT_EQ(Rounds({kMost, kMost}, kMost, 1), static_cast<double>(kMost));
  EXPECT_EQ(Rounds({kMost, 1}, kMost, kMost), 1);
}

TEST(BatchTellsOfTest, ItselfAndTwoRoundsOnAllCores) {
  EXPECT_TRUE(BatchTellsOf(3, 3, 8));
  EXPECT_TRUE(BatchTellsOf(16, 1000, 8));
  EXPECT_TRUE(BatchTellsOf(1000, 16, 8));
  EXPECT_FALSE(BatchTellsOf(15, 1000, 8));
  EXPECT_FALSE(BatchTellsOf(1000, 15, 8));
}

TEST(PredictTest, APowerOfNBetweenNeighbours) {
  MeasuredTimes times{2, {}};
  times.splits[kWorkers][8] = {
      {64, Took(1)}, {256, Took(16)}, {1024, Took(4096)}};
  times.splits[kSerial][8] = {{64, Took(1.5)}, {256, Took(24)}};
  const auto prediction = Predict(times, {128, 8});
  ASSERT_TRUE(prediction);
  ASSERT_EQ(prediction->times.size(), 2U);
  const PredictedTime& best = prediction->times[0];
  EXPECT_EQ(best.split, kWorkers);
  EXPECT_DOUBLE_EQ(best.seconds, 4);
  EXPECT_EQ(best.n, (MeasuredRange{64, 256}));
  EXPECT_EQ(best.batch, 8U);
  EXPECT_FALSE(best.IsOf({128, 8}));
  EXPECT_DOUBLE_EQ(prediction->times[1].seconds, 6);
  EXPECT_TRUE(prediction->open.empty());
  EXPECT_TRUE(prediction->unknown.empty());
}

TEST(PredictTest, WhatWasMeasuredThereIsTaken) {
  MeasuredTimes times{2, {}};
  times.splits[kWorkers][8] = {{64, Took(1)}, {128, Took(5)}, {256, Took(16)}};
  times.splits[kSerial][8] = {{64, Took(1)}, {256, Took(16)}};
  const auto prediction = Predict(times, {128, 8});
  ASSERT_TRUE(prediction);
  EXPECT_EQ(prediction->times[0].split, kSerial);
  EXPECT_DOUBLE_EQ(prediction->times[0].seconds, 4);
  EXPECT_EQ(prediction->times[1].seconds, 5);
  EXPECT_TRUE(prediction->times[1].IsOf({128, 8}));
}

TEST(PredictTest, NothingBeyondWhatWasMeasured) {
  MeasuredTimes times{2, {}};
  times.splits[kWorkers][8] = {{64, Took(1)}, {256, Took(16)}};
  EXPECT_FALSE(Predict(times, {63, 8}));
  EXPECT_FALSE(Predict(times, {257, 8}));
  EXPECT_FALSE(Predict(times, {128, 3}));
  EXPECT_FALSE(Predict({2, {}}, {128, 8}));
  EXPECT_TRUE(Predict(times, {64, 8}));
  EXPECT_TRUE(Predict(times, {256, 4}));
}

TEST(PredictTest, AnotherBatchByItsRounds) {
  MeasuredTimes times{4, {}};
  times.splits[kWorkers][8] = {{64, Took(1)}, {256, Took(16)}};    // 4 rounds
  times.splits[kWorkers][40] = {{64, Took(10)}, {256, Took(10)}};  // 20 rounds
  // Nearer to 8, as a factor: 6 rounds.
  const auto prediction = Predict(times, {128, 11});
  ASSERT_TRUE(prediction);
  EXPECT_DOUBLE_EQ(prediction->times[0].seconds, 4 * 6 / 4.0);
  EXPECT_EQ(prediction->times[0].batch, 8U);
  // Of another split that was measured with the larger batch alone.
  times.splits[kTooMany][40] = {{64, Took(2)}, {256, Took(2)}};  // 10 rounds
  EXPECT_DOUBLE_EQ(Predict(times, {128, 11})->times[0].seconds, 2 * 3 / 10.0);
}

TEST(PredictTest, TheSameBatchFirst) {
  MeasuredTimes times{2, {}};
  times.splits[kWorkers][8] = {{64, Took(1)}, {256, Took(16)}};
  times.splits[kWorkers][32] = {{128, Took(100)}};
  EXPECT_DOUBLE_EQ(Predict(times, {128, 8})->times[0].seconds, 4);
  // Where that lies on one side only, another.
  times.splits[kWorkers][8].erase(256);
  EXPECT_DOUBLE_EQ(Predict(times, {128, 8})->times[0].seconds, 25);
}

TEST(PredictTest, AStoppedNeighbourIsABound) {
  MeasuredTimes times{2, {}};
  times.splits[kWorkers][8] = {{64, Took(1)}, {256, Took(16)}};  // 4 at 128
  times.splits[kSerial][8] = {{64, Took(2)}, {256, StoppedAfter(9)}};
  times.splits[kTooMany][8] = {{64, Took(2)}, {256, StoppedAfter(10)}};
  const auto prediction = Predict(times, {128, 8});
  ASSERT_TRUE(prediction);
  EXPECT_EQ(prediction->times.size(), 1U);
  // √18 = 4.24 is less than 10 % above 4, √20 = 4.47 more.
  ASSERT_EQ(prediction->open.size(), 1U);
  EXPECT_EQ(prediction->open[0].split, kSerial);
  EXPECT_DOUBLE_EQ(prediction->open[0].seconds, std::sqrt(18));
  // Bounds alone are no prediction.
  times.splits.erase(kWorkers);
  EXPECT_FALSE(Predict(times, {128, 8}));
}

TEST(PredictTest, WhatIsNotOnBothSidesIsUnknown) {
  MeasuredTimes times{2, {}};
  times.splits[kWorkers][8] = {{64, Took(1)}, {256, Took(16)}};
  times.splits[kSerial][8] = {{64, Took(2)}};
  times.splits[kTooMany][3] = {{64, Took(2)}, {256, Took(2)}};
  EXPECT_THAT(Predict(times, {128, 8})->unknown,
              ElementsAre(kSerial, kTooMany));
}

TEST(PredictTest, TiesAreWithinTenPercent) {
  MeasuredTimes times{2, {}};
  times.splits[kWorkers][8] = {{64, Took(1)}};
  times.splits[kThreads][8] = {{64, Took(1.1)}};
  times.splits[kSerial][8] = {{64, Took(1.11)}};
  const auto prediction = Predict(times, {64, 8});
  ASSERT_EQ(prediction->ties().size(), 2U);
  EXPECT_EQ(prediction->ties()[1].split, kThreads);
  EXPECT_EQ(prediction->pick().split, kWorkers);
}

TEST(PredictTest, ASecondChoiceGivesWayToWhatIsAsFast) {
  MeasuredTimes times{2, {}};
  times.splits[kTooMany][8] = {{64, {1, false, true}}};
  times.splits[kWorkers][8] = {{64, Took(1.02)}};
  EXPECT_EQ(Predict(times, {64, 8})->pick().split, kWorkers);
  times.splits[kWorkers][8] = {{64, Took(1.04)}};
  EXPECT_EQ(Predict(times, {64, 8})->pick().split, kTooMany);
}

TEST(PredictTest, OfACommandWithoutAnN) {
  MeasuredTimes times{2, {}};
  times.splits[kWorkers][8] = {{0, Took(1)}};
  EXPECT_DOUBLE_EQ(Predict(times, {0, 16})->times[0].seconds, 2);
  EXPECT_FALSE(Predict(times, {1, 16}));
}

}  // namespace
}  // namespace hybrid
