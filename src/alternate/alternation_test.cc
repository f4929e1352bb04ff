#include "alternate/alternation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/scoped_environment.h"
#include "base/test_folder.h"

namespace hybrid {
namespace {

class AlternationTest : public ::testing::Test {
 protected:
  AlternationTest() {
    settings_.baseline = {HYBRID_BENCH,
                          {"--n=64", "--batch=8", "--workers=1,2",
                           "--blas_threads=1", "--benchmark_min_time=0.01"}};
    settings_.now = settings_.baseline;
    settings_.folder = folder_.File("c");
  }
  Alternation Run() {
    lines_.clear();
    return Alternate(
        settings_, [this](const std::string& line) { lines_.push_back(line); });
  }

  TestFolder folder_;
  AlternationSettings settings_;
  std::vector<std::string> lines_;
};

TEST_F(AlternationTest, MeasuresBothInRoundsAndGoesOnLater) {
  settings_.most_rounds = 2;
  Alternation result = Run();
  EXPECT_EQ(result.rounds, 2U);
  EXPECT_EQ(result.open, 2U);
  EXPECT_EQ(lines_.size(), 2U);
  EXPECT_EQ(result.comparison.baseline.runs, 2U);
  EXPECT_EQ(result.comparison.now.runs, 2U);
  EXPECT_EQ(result.comparison.configurations.size(), 2U);
  settings_.most_rounds = 3;
  result = Run();
  EXPECT_EQ(result.rounds, 3U);
  EXPECT_EQ(lines_.size(), 1U);
}

TEST_F(AlternationTest, EndsWhenAllIsDecided) {
  const ScopedEnvironment fault(
      ScopedEnvironment::Variables{{"HYBRID_TEST_FAULT", "slow_100"}});
  settings_.now.flags.push_back("--worker=" HYBRID_FAULTY_WORKER);
  const Alternation result = Run();
  EXPECT_LT(result.rounds, settings_.most_rounds);
  EXPECT_EQ(result.open, 0U);
  EXPECT_EQ(result.comparison.Count(Change::kSlower), 2U);
  const ComparedConfiguration& worst = result.comparison.configurations.front();
  EXPECT_GT(*worst.ratio, 1.2);
}

TEST_F(AlternationTest, EndsWithinTheBudget) {
  settings_.budget_s = 1e-9;
  const Alternation result = Run();
  EXPECT_EQ(result.rounds, 1U);
  EXPECT_TRUE(result.out_of_time);
}

TEST_F(AlternationTest, WhatNoBenchmarkMatchesIsAnError) {
  settings_.now.flags.push_back("--benchmark_filter=nothing");
  EXPECT_THROW(Run(), AlternationError);
}

}  // namespace
}  // namespace hybrid
