#include "measure/pause.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "key/test_keys.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A batch of `wall_s` in which each of two workers operated all the time.
BatchTiming Busy(double wall_s, double cpu_s) {
  BatchTiming timing;
  timing.wall_s = wall_s;
  timing.tasks_done = 8;
  timing.cpu_s = cpu_s;
  timing.workers.assign(2, {.load_s = 0, .operate_s = wall_s, .tasks = 4});
  return timing;
}

const Key kTwoWorkers = GemmKey(64, 8, 2);

TEST(PauseTest, AWholeBatchIsNone) {
  EXPECT_THAT(PauseText(Busy(1, 2), kTwoWorkers, 2), IsEmpty());
  EXPECT_THAT(PauseText(Busy(1, 1.01), kTwoWorkers, 2), IsEmpty());
}

TEST(PauseTest, WorkersWithoutCpuTimeStoodStill) {
  EXPECT_THAT(PauseText(Busy(1, 0.5), kTwoWorkers, 2),
              HasSubstr("the workers got 25 % of the CPU time"));
}

TEST(PauseTest, NobodyCanUseMoreThanTheCores) {
  EXPECT_THAT(PauseText(Busy(1, 0.9), GemmKey(64, 8, 2, 4), 1), IsEmpty());
  EXPECT_THAT(PauseText(Busy(1, 0.4), GemmKey(64, 8, 2, 4), 1),
              HasSubstr("40 %"));
}

TEST(PauseTest, WhoHasNothingToDoNeedsNoCpuTime) {
  BatchTiming timing = Busy(1, 1);
  timing.workers.resize(8);
  timing.workers[1] = {.load_s = 0, .operate_s = 0.01, .tasks = 1};
  EXPECT_THAT(PauseText(timing, GemmKey(64, 8, 8), 8), IsEmpty());
}

TEST(PauseTest, OnlyOneThreadLoads) {
  BatchTiming timing = Busy(1, 1.5);
  timing.workers.assign(1, {.load_s = 0.9, .operate_s = 0.1, .tasks = 8});
  EXPECT_THAT(PauseText(timing, GemmKey(64, 8, 1, 8), 8), IsEmpty());
}

TEST(PauseTest, BenchItselfWasLate) {
  BatchTiming timing = Busy(2, 4);
  timing.late_s = 0.2;
  EXPECT_THAT(PauseText(timing, kTwoWorkers, 2),
              HasSubstr("stood still for 200 ms"));
  timing.late_s = 0.03;
  EXPECT_THAT(PauseText(timing, kTwoWorkers, 2), IsEmpty());
}

TEST(PauseTest, ATurnOfTheSchedulerIsNoPause) {
  EXPECT_THAT(PauseText(Busy(0.004, 0.00001), kTwoWorkers, 2), IsEmpty());
}

TEST(PauseBudgetTest, EachConfigurationHasItsOwn) {
  ::testing::internal::CaptureStderr();
  PauseBudget budget;
  for (int i = 0; i < PauseBudget::kMost; ++i) {
    EXPECT_TRUE(budget.Spend(kTwoWorkers, "frozen", 1));
  }
  EXPECT_FALSE(budget.Spend(kTwoWorkers, "frozen", 1));
  EXPECT_TRUE(budget.Spend(GemmKey(64, 8, 1), "frozen", 1));
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              AllOf(HasSubstr("bench: gemm n=64 batch=8 2×1"),
                    HasSubstr(": frozen: measured anew\n")));
}

TEST(PauseBudgetTest, SaysTheFirstFewOnly) {
  ::testing::internal::CaptureStderr();
  PauseBudget budget;
  for (std::uint64_t n = 1; n < 20; ++n) {
    EXPECT_TRUE(budget.Spend(GemmKey(n, 8, 1), "frozen", 1));
  }
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::count(said.begin(), said.end(), '\n'),
            PauseBudget::kMostNotes);
  EXPECT_THAT(said, HasSubstr("(further ones are not named)\n"));
  ::testing::internal::CaptureStderr();
  EXPECT_TRUE(PauseBudget().Spend(kTwoWorkers, "frozen", 0.1));
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), IsEmpty());
}

}  // namespace
}  // namespace hybrid
