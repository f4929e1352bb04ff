#include "kernels/speed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/test_child.h"
#include "base/test_folder.h"
#include "kernels/choice.h"
#include "kernels/test_settings.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Whatever BLIS chooses by itself.
const std::vector<Kernels> kAny{{"", ""}};

TEST(SpeedTest, MeasuresEachOfTheKernels) {
  for (const std::uint32_t blas_threads : {1U, 2U}) {
    const SpeedContest contest =
        MeasureSpeeds(kAny, "", {40, blas_threads}, With(HYBRID_WORKER), 0.05);
    EXPECT_THAT(contest.failed, IsEmpty());
    ASSERT_THAT(contest.speeds, SizeIs(1));
    EXPECT_GT(contest.speeds[0].gflops, 0);
    EXPECT_GE(contest.speeds[0].turns_s.size(), kFewestTurns);
  }
}

TEST(SpeedTest, MeasuresFloatsWhereTheyAreAskedFor) {
  const SpeedContest contest = MeasureSpeeds(
      kAny, "", {40, 1, Precision::kSingle}, With(HYBRID_WORKER), 0.05);
  EXPECT_THAT(contest.failed, IsEmpty());
  ASSERT_THAT(contest.speeds, SizeIs(1));
  EXPECT_GT(contest.speeds[0].gflops, 0);
}

// However slow it is: the winner has to be compared with it.
TEST(SpeedTest, BlissOwnChoiceTakesPartInEveryRound) {
  const KernelsCatalog catalog = FindKernels(With(HYBRID_WORKER));
  const Kernels* const portable = catalog.Find("generic");
  if (catalog.usable.size() < 2 || portable == nullptr) {
    GTEST_SKIP() << "there is nothing slower";
  }
  const SpeedContest contest = MeasureSpeeds(
      catalog.usable, "generic", {200, 1}, With(HYBRID_WORKER), 0.3);
  std::size_t rounds = 0;
  std::size_t of_portable = 0;
  for (const KernelsSpeed& speed : contest.speeds) {
    rounds = std::max(rounds, speed.turns_s.size());
    if (speed.kernels == *portable) of_portable = speed.turns_s.size();
    EXPECT_GE(speed.turns_s.size(), 2U) << "several turns for each";
  }
  EXPECT_EQ(of_portable, rounds);
}

// The same kernels against themselves, beside busy loops on all cores. So many
// that a worker, which sleeps most of the time, has used up its fair share of a
// core all the same: the scheduler would run it before two of them.
constexpr unsigned kBusyLoopsPerCore = 8;

TEST(SpeedTest, LoadMakesNoWinner) {
  const KernelsCatalog catalog = FindKernels(With(HYBRID_WORKER));
  const BusyLoops load(kBusyLoopsPerCore);
  const Kernels own = *catalog.Find(catalog.library);
  for (const std::uint32_t blas_threads : {1U, 2U}) {
    SpeedContest contest =
        MeasureSpeeds(std::vector{own, own, own}, own.name, {64, blas_threads},
                      With(HYBRID_WORKER), 0.4);
    ASSERT_THAT(contest.speeds, SizeIs(3));
    contest.speeds[1].kernels.name = "b";
    contest.speeds[2].kernels.name = "c";
    EXPECT_TRUE(contest.beside_others);
    const KernelsChoice choice = PickWinner(contest, own.name).value();
    EXPECT_EQ(choice.kernels.name, own.name);
    EXPECT_FALSE(choice.gain.has_value());
  }
}

TEST(SpeedTest, AWorkerThatIsKilledOnceHasASuccessor) {
  const TestFolder folder;
  for (const char* const fault :
       {"sigkill_before_ready", "sigkill_mid_batch"}) {
    const SettingsFor settings = [&](const Key& key) {
      PoolSettings one = With(HYBRID_FAULTY_WORKER, fault)(key);
      one.environment.kept.push_back("HYBRID_TEST_FAULT_ONCE=" +
                                     folder.File(fault));
      return one;
    };
    const SpeedContest contest =
        MeasureSpeeds(kAny, "", {40, 1}, settings, 0.05);
    EXPECT_THAT(contest.speeds, SizeIs(1)) << fault;
    EXPECT_THAT(contest.failed, IsEmpty()) << fault;
  }
}

class FailingKernelsTest : public ::testing::TestWithParam<const char*> {};

// Whenever the kernels fail, and with any number of threads.
TEST_P(FailingKernelsTest, AreLeftOutWithTheReason) {
  for (const std::uint32_t blas_threads : {1U, 2U}) {
    const SpeedContest contest =
        MeasureSpeeds(kAny, "", {40, blas_threads},
                      With(HYBRID_FAULTY_WORKER, GetParam()), 0.05);
    EXPECT_THAT(contest.speeds, IsEmpty()) << blas_threads;
    EXPECT_THAT(contest.failed, ElementsAre(Field(&UnusableKernels::reason,
                                                  HasSubstr("worker 0 of 1"))))
        << blas_threads;
  }
}

INSTANTIATE_TEST_SUITE_P(Faults, FailingKernelsTest,
                         ::testing::Values("exit3_before_ready",
                                           "exit3_mid_batch",
                                           "sigkill_mid_batch",
                                           "segv_mid_batch", "wrong_product"));

}  // namespace
}  // namespace hybrid
