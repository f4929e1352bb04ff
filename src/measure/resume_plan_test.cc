#include "measure/resume_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "measure/test_resume.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

ResumePlan Plan(ResumeFile file, const Machine& machine = {}) {
  return PlanResume(std::move(file),
                    std::vector<Wanted>{{"one", GemmKey(16, 8), 2},
                                        {"two", GemmKey(16, 8, 2), 2}},
                    machine);
}

TEST(ResumePlanTest, LeavesWhatIsMissingAndTheSameRun) {
  const ResumePlan plan = Plan(FileWith(2));
  ASSERT_THAT(plan.remaining, SizeIs(1));
  EXPECT_EQ(plan.remaining[0].index, 1U);
  EXPECT_EQ(plan.remaining[0].attempt, 0U);
  EXPECT_EQ(plan.done, 1U);
  EXPECT_EQ(plan.run_id(), "earlier");
  EXPECT_EQ(plan.position().kept, plan.position().size);
  EXPECT_THAT(plan.rows(), SizeIs(2));
  EXPECT_THAT(plan.differences, IsEmpty());
  EXPECT_THAT(plan.notes, IsEmpty());
}

TEST(ResumePlanTest, SpeedsAreOfWantedConfigurationsThatStay) {
  ResumeFile file = FileWith(2);
  Row other = file.contents.rows.back();
  other.n = 17;
  file.contents.rows.push_back(other);
  file.contents.row_ends.push_back(95);
  const ResumePlan plan = Plan(std::move(file));
  ASSERT_THAT(plan.speeds, SizeIs(2));
  EXPECT_EQ(plan.speeds[0].key, GemmKey(16, 8));
  EXPECT_EQ(plan.speeds[0].wall_s, 2);
}

TEST(ResumePlanTest, WhatIsCutOffIsNotKept) {
  const ResumePlan plan = Plan(FileWith(1));
  EXPECT_THAT(plan.remaining, SizeIs(2));
  EXPECT_EQ(plan.done, 0U);
  EXPECT_THAT(plan.rows(), IsEmpty());
  EXPECT_THAT(plan.speeds, IsEmpty());
  EXPECT_LT(0, plan.position().kept);
  // Yet the run is the file's.
  EXPECT_EQ(plan.run_id(), "earlier");
}

TEST(ResumePlanTest, WhatIsNotWholeInMidFileGetsAnotherAttempt) {
  ResumeFile file = FileWith(1);
  Row other = file.contents.rows.back();
  other.workers = 2;
  for (other.repetition = 0; other.repetition < 2; ++other.repetition) {
    file.contents.rows.push_back(other);
    file.contents.row_ends.push_back(95 + other.repetition);
  }
  const ResumePlan plan = Plan(std::move(file));
  ASSERT_THAT(plan.remaining, SizeIs(1));
  EXPECT_EQ(plan.remaining[0].index, 0U);
  EXPECT_EQ(plan.remaining[0].attempt, 1U);
  EXPECT_THAT(plan.notes, ElementsAre(HasSubstr("attempt 2")));
}

TEST(ResumePlanTest, AnotherMachineIsADifference) {
  Machine machine;
  machine.usable_cores = 4;
  EXPECT_THAT(Plan(FileWith(2), machine).differences,
              ElementsAre(HasSubstr("usable_cores")));
}

TEST(ResumePlanTest, OfAFileWithoutRowsAllRemains) {
  const ResumePlan plan = Plan(FileWith(0));
  EXPECT_THAT(plan.remaining, SizeIs(2));
  EXPECT_EQ(plan.run_id(), "");
}

}  // namespace
}  // namespace hybrid
