#include "measure/worker_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "machine/test_machines.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Key SplitKey(std::uint64_t workers, std::uint64_t blas_threads, Pin pin) {
  Key key;
  key.workers = workers;
  key.blas_threads = blas_threads;
  key.pin = pin;
  return key;
}

TEST(WorkerSettingsTest, AutoPinsExactlyWhatFits) {
  EXPECT_EQ(ResolvePin(SplitKey(2, 1, Pin::kAuto), TwoCores()), Pin::kCores);
  EXPECT_EQ(ResolvePin(SplitKey(2, 2, Pin::kAuto), TwoCores()), Pin::kNone);
  EXPECT_EQ(ResolvePin(SplitKey(2, 1, Pin::kNone), TwoCores()), Pin::kNone);
}

TEST(WorkerSettingsTest, PoolsArePlacedAsTheyArePinned) {
  const WorkerSettings workers;
  EXPECT_THAT(
      MakePoolSettings(SplitKey(2, 1, Pin::kAuto), TwoCores(), workers).cpus,
      ElementsAre(ElementsAre(0), ElementsAre(1)));
  const PoolSettings crowded =
      MakePoolSettings(SplitKey(2, 2, Pin::kAuto), TwoCores(), workers);
  EXPECT_THAT(crowded.cpus, IsEmpty());
  EXPECT_TRUE(crowded.oversubscribed);
  EXPECT_THAT(CpusOf(SplitKey(1, 2, Pin::kAuto), TwoCores()),
              ElementsAre(ElementsAre(0, 1)));
  EXPECT_THAT(CpusOf(SplitKey(2, 2, Pin::kAuto), TwoCores()), IsEmpty());
  EXPECT_EQ(CpusText({{0, 1}, {2, 4}}), "0-1 2,4");
  EXPECT_THAT(CpusOf(SplitKey(2, 2, Pin::kCores), TwoCores()), IsEmpty());
  EXPECT_THROW(
      MakePoolSettings(SplitKey(2, 2, Pin::kCores), TwoCores(), workers),
      PoolError);
}

TEST(WorkerSettingsTest, OneThreadRunsTheSerialBuildWhereThereIsOne) {
  WorkerSettings workers{.executables = {.openmp = "openmp", .serial = ""},
                         .environment = {}};
  const auto program = [&](std::uint64_t blas_threads) {
    return MakePoolSettings(SplitKey(1, blas_threads, Pin::kNone), TwoCores(),
                            workers)
        .worker_executable;
  };
  EXPECT_EQ(program(1), "openmp");
  workers.executables.serial = "serial";
  EXPECT_EQ(program(1), "serial");
  EXPECT_EQ(program(2), "openmp");
}

}  // namespace
}  // namespace hybrid
