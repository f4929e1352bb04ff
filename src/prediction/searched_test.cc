// Files of searches, which stop splits and leave others out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

#include "prediction/grid.h"
#include "prediction/measured_times.h"
#include "prediction/policy.h"
#include "prediction/policy_text.h"
#include "prediction/prediction_text.h"
#include "prediction/test_sizes.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// Searches on two cores.
struct TestSearches : TestSizes {
  TestSearches() { base.flags = "--search=true --budget=60s"; }

  void Launch(Split split, Stage stage, std::uint64_t round, double seconds) {
    Row& row = Start(split, stage, round);
    row.wall_s = row.batch_median_s = seconds;
  }
  void Stop(Split split, double seconds) {
    Row& row = Start(split, Stage::kScreen, 0);
    row.status = Status::kCapped;
    row.wall_s = row.cap_s = seconds;
  }
  void Skip(Split split, std::optional<double> bound_s) {
    Row& row = Start(split, Stage::kScreen, 0);
    row.status = Status::kSkipped;
    row.bound_s = bound_s;
  }
  /// 2×1 takes `seconds`, 1×2 a tenth more; 4×1 was stopped, 1×1 not run.
  void Search(std::uint64_t n, double seconds) {
    base.n = n;
    base.batch = 8;
    for (std::uint64_t round = 0; round < 4; ++round) {
      const Stage stage = round == 0 ? Stage::kScreen : Stage::kRace;
      Launch(kWorkers, stage, round, seconds);
      Launch(kThreads, stage, round, 1.1 * seconds);
    }
    Stop(kTooMany, 2 * seconds);
    Skip(kSerial, 1.9 * seconds);
  }

 private:
  Row& Start(Split split, Stage stage, std::uint64_t round) {
    Row& row = rows.emplace_back(base);
    row.workers = split.workers;
    row.blas_threads = split.blas_threads;
    row.oversubscribed = split == kTooMany;
    row.stage = stage;
    row.round = row.repetition = round;
    row.iterations = 1;
    row.start_s = 0.01 + 1e-6 * static_cast<double>(rows.size());
    return row;
  }
};

TestSearches TwoSizes() {
  TestSearches test;
  test.Search(64, 1);
  test.Search(256, 20);
  return test;
}

TEST(SearchedPredictionTest, WhatWasStoppedIsABoundAndWhatWasSkippedNothing) {
  const Grid grid = FindGrid(TwoSizes().rows);
  EXPECT_THAT(grid.not_run, ::testing::ElementsAre(kSerial));
  const MeasuredTimes times = TimesOf(grid.way.answers);
  EXPECT_FALSE(times.splits.contains(kSerial));
  const MeasuredTime& stopped = times.splits.at(kTooMany).at(8).at(64);
  EXPECT_TRUE(stopped.is_bound);
  EXPECT_EQ(stopped.seconds, 2);
  EXPECT_EQ(times.splits.at(kWorkers).at(8).at(64).seconds, 1);
  const std::string text = PredictionText(grid, {128, 8});
  EXPECT_THAT(text,
              AllOf(HasSubstr("best     2×1"), Not(HasSubstr("1×1")),
                    Not(HasSubstr("--search")), Not(HasSubstr("--budget"))));
}

TEST(SearchedPredictionTest, SaysThatASearchLeftOutWhatItDoesNotKnow) {
  TestSearches test = TwoSizes();
  test.base.n = 64;
  test.Launch(kSerial, Stage::kScreen, 0, 1.9);
  const Grid grid = FindGrid(test.rows);
  EXPECT_THAT(PredictionText(grid, {128, 8}),
              HasSubstr("unknown  1×1: not measured on both sides, as a search "
                        "or a budget left out some"));
}

TEST(SearchedPredictionTest, APolicyIsAChoiceAmongThoseThatRan) {
  const Policy policy = MakePolicy(FindGrid(TwoSizes().rows));
  EXPECT_EQ(policy.not_run, 1U);
  EXPECT_EQ(policy.Find({128, 8})->split, kWorkers);
  const std::string said = "a search or a budget left out 1 split at some";
  EXPECT_THAT(PolicyText(policy, PolicyLanguage::kPython), HasSubstr(said));
  EXPECT_THAT(PolicyText(policy, PolicyLanguage::kC), HasSubstr(said));
  EXPECT_THAT(PolicyText(policy, PolicyLanguage::kJson),
              HasSubstr("\"splits_not_run\": 1"));
}

}  // namespace
}  // namespace hybrid
