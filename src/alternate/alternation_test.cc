#include "alternate/alternation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "alternate/alternation_error.h"
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
  EXPECT_EQ(result.comparison.baseline.rounds, 2U);
  // Either side of each pair is a process of its own.
  EXPECT_EQ(result.comparison.now.runs, 4U);
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

TEST_F(AlternationTest, SidesThatDifferOnPurposeAreCompared) {
  settings_.most_rounds = 2;
  settings_.baseline.flags.push_back("--pin=none");
  settings_.now.flags.push_back("--pin=cores");
  EXPECT_EQ(Run().open, 2U);
  EXPECT_EQ(Run().comparison.configurations.size(), 2U);
}

TEST_F(AlternationTest, WhatOneSideLacksIsMeasuredOnce) {
  settings_.most_rounds = 2;
  settings_.now.flags.at(2) = "--workers=2,3";
  const Alternation result = Run();
  EXPECT_EQ(result.open, 1U);
  EXPECT_EQ(result.comparison.Count(Change::kOnlyInNew), 1U);
  EXPECT_EQ(result.comparison.baseline.runs, 3U);
}

TEST_F(AlternationTest, ProgramsWithGoogleBenchmarkAreMeasuredInTurn) {
  settings_.most_rounds = 3;
  settings_.baseline = {HYBRID_GOOGLE_BENCHMARKS,
                        {"--benchmark_filter=Sum/64|Known|Failing",
                         "--benchmark_min_time=0.001"}};
  settings_.now = settings_.baseline;
  Alternation result = Run();
  EXPECT_EQ(result.rounds, 3U);
  EXPECT_EQ(result.comparison.configurations.size(), 3U);
  settings_.most_rounds = 4;
  result = Run();
  EXPECT_EQ(lines_.size(), 1U);
  const ComparedConfiguration& compared =
      result.comparison.configurations.front();
  EXPECT_EQ(compared.paired->pairs.size(), 4U) << compared.name;
}

TEST_F(AlternationTest, ProgramsAreOfOneKind) {
  settings_.now = {HYBRID_GOOGLE_BENCHMARKS, {}};
  EXPECT_THROW(Run(), AlternationError);
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
