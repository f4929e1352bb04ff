#include "resumption.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "base/flag_error.h"
#include "families/benchmark_list.h"
#include "measure/test_resume.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ResumptionTest : public ::testing::Test {
 protected:
  ResumptionTest() {
    list_.Add(GemmKey(16, 8), &BatchTrial);
    list_.Add(GemmKey(16, 8, 2), &BatchTrial);
  }

  /// A command line that resumes a file with `repetitions` rows of the first
  /// configuration.
  static CommandLine Line(std::uint64_t repetitions) {
    return {.options = {},
            .google = GoogleFlags({"--benchmark_repetitions=2"}),
            .flags = {},
            .resume = FileWith(repetitions),
            .differences = {}};
  }

  ResumePlan Plan(const CommandLine& line) const {
    return ResumePlanFor(line, list_.benchmarks, {}).value();
  }

  BenchmarkList list_;
};

TEST_F(ResumptionTest, LeavesWhatIsMissing) {
  const ResumePlan plan = Plan(Line(2));
  const std::vector<Benchmark> left = KeepRemaining(list_.benchmarks, plan);
  ASSERT_THAT(left, SizeIs(1));
  EXPECT_EQ(left[0].key.workers, 2U);
  EXPECT_EQ(left[0].attempt, 0U);
  EXPECT_EQ(ResumedText(plan), "resumed   1 of 2 configurations from r.csv\n");
}

TEST_F(ResumptionTest, AttemptsAreNumberedOn) {
  ResumePlan plan = Plan(Line(2));
  plan.remaining = {{1, 3}, {0, 2}};
  const std::vector<Benchmark> left = KeepRemaining(list_.benchmarks, plan);
  ASSERT_THAT(left, SizeIs(2));
  EXPECT_EQ(left[0].key.workers, 2U);
  EXPECT_EQ(left[0].attempt, 3U);
  EXPECT_EQ(left[1].attempt, 2U);
}

TEST_F(ResumptionTest, WhatIsCutOffIsMeasuredFromTheBeginning) {
  const ResumePlan plan = Plan(Line(1));
  EXPECT_THAT(KeepRemaining(list_.benchmarks, plan), SizeIs(2));
  // Yet the file told the flags.
  EXPECT_EQ(ResumedText(plan), "resumed   0 of 2 configurations from r.csv\n");
  EXPECT_THAT(ResumedText(Plan(Line(0))), HasSubstr("from the beginning"));
}

TEST_F(ResumptionTest, DifferencesStopUnlessTheUserGoesOnAnyway) {
  CommandLine line = Line(2);
  line.differences = {"--n is 8"};
  line.resume->contents.rows.back().usable_cores = 2;
  const ResumePlan plan = Plan(line);
  EXPECT_THAT(plan.differences,
              ElementsAre("--n is 8", HasSubstr("usable_cores")));
  EXPECT_THROW(CheckDifferences(plan, line.options), FlagError);
  line.options.resume_anyway = true;
  EXPECT_NO_THROW(CheckDifferences(plan, line.options));
}

TEST_F(ResumptionTest, WorkersAndThisBenchHaveTheirSayToo) {
  RunIdentity run;
  run.git_commit = "abc";
  const ResumePlan plan = Plan(Line(2));
  const ResumePlan same = ComparedWith(run, Site(), plan);
  EXPECT_THAT(same.differences, IsEmpty());
  EXPECT_THAT(same.notes, IsEmpty());
  run.git_commit = "def";
  CommandLine line = Line(2);
  line.resume->contents.rows.back().machine_id = "there";
  const ResumePlan other = ComparedWith(run, Site(), Plan(line));
  EXPECT_THAT(other.differences, ElementsAre(HasSubstr("machine_id")));
  EXPECT_THAT(ResumedText(other), HasSubstr("built from def"));
}

TEST_F(ResumptionTest, WithoutTheFlagThereIsNone) {
  CommandLine line = Line(2);
  line.resume.reset();
  EXPECT_FALSE(ResumePlanFor(line, list_.benchmarks, {}));
}

}  // namespace
}  // namespace hybrid
