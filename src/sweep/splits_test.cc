#include "sweep/splits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <vector>

#include "base/contains.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using ::testing::Not;

constexpr std::uint64_t kLargeBatch = 1000;
const Axis kAuto{.is_auto = true, .values = {}};

Axis List(std::vector<std::uint64_t> values) {
  return {.is_auto = false, .values = std::move(values)};
}

std::vector<Split> Auto(int cores, std::uint64_t batch = kLargeBatch) {
  return SplitsOf(kAuto, kAuto, cores, batch);
}

TEST(SplitsTest, OfFewCores) {
  EXPECT_THAT(Auto(1), ElementsAre(Split{1, 1}, Split{1, 2}, Split{2, 1}));
  EXPECT_THAT(Auto(2), ElementsAre(Split{1, 1}, Split{1, 2}, Split{2, 1},
                                   Split{1, 4}, Split{2, 2}, Split{4, 1}));
  EXPECT_THAT(Auto(6),
              ElementsAre(Split{1, 1}, Split{1, 2}, Split{2, 1}, Split{1, 4},
                          Split{2, 2}, Split{4, 1}, Split{1, 6}, Split{2, 3},
                          Split{3, 2}, Split{6, 1}, Split{1, 12}, Split{12, 1},
                          Split{6, 6}));
}

TEST(SplitsTest, EveryDivisorOfTheCoresIsIn) {
  for (std::uint64_t cores = 1; cores <= 256; ++cores) {
    const std::vector<Split> splits = Auto(static_cast<int>(cores));
    for (std::uint64_t divisor = 1; divisor <= cores; ++divisor) {
      if (cores % divisor != 0) continue;
      EXPECT_TRUE(Contains(splits, Split{divisor, cores / divisor}))
          << divisor << " of " << cores;
    }
  }
  EXPECT_THAT(Auto(24), IsSupersetOf({Split{12, 2}, Split{8, 3}, Split{6, 4}}));
}

TEST(SplitsTest, SmallBatchesHaveWorkersForWholeRounds) {
  EXPECT_THAT(Auto(24, 10), IsSupersetOf({Split{10, 2}, Split{5, 4},
                                          Split{4, 6}, Split{3, 8}}));
  EXPECT_THAT(Auto(24, 24), Not(::testing::Contains(Split{5, 4})));
  EXPECT_THAT(Auto(4, 1), ::testing::Contains(Split{1, 4}));
}

TEST(SplitsTest, OfTooManyThreadsOnlyThreeSplitsAreIn) {
  for (std::uint64_t cores = 1; cores <= 128; ++cores) {
    for (const std::uint64_t batch : {3U, 20U, 1000U}) {
      std::set<Split> too_many;
      for (const Split& split : Auto(static_cast<int>(cores), batch)) {
        if (split.workers * split.blas_threads > cores) too_many.insert(split);
      }
      std::set<Split> traps{{1, 2 * cores}, {2 * cores, 1}};
      if (cores > 1) traps.insert({cores, cores});
      EXPECT_EQ(too_many, traps) << cores;
    }
  }
}

/// The splits that `auto` brought before it knew divisors: the powers of two
/// and the cores, up to twice the cores, and cores × cores.
std::size_t FormerSplits(std::uint64_t cores) {
  std::set<std::uint64_t> values{cores};
  for (std::uint64_t power = 1; power <= 2 * cores; power *= 2) {
    values.insert(power);
  }
  std::size_t count = 1;
  for (const std::uint64_t workers : values) {
    for (const std::uint64_t threads : values) {
      if (workers * threads <= 2 * cores) ++count;
    }
  }
  return count;
}

TEST(SplitsTest, TheSweepOfManyCoresIsHardlyLonger) {
  for (std::uint64_t cores = 24; cores <= 128; ++cores) {
    for (std::uint64_t batch = 1; batch <= cores; ++batch) {
      EXPECT_LE(10 * Auto(static_cast<int>(cores), batch).size(),
                11 * FormerSplits(cores))
          << cores << " cores, batch " << batch;
    }
  }
}

TEST(SplitsTest, NoneTwice) {
  for (int cores = 1; cores <= 128; ++cores) {
    const std::vector<Split> splits = Auto(cores, 17);
    EXPECT_EQ(std::set<Split>(splits.begin(), splits.end()).size(),
              splits.size());
  }
}

TEST(SplitsTest, TwoListsAreTheirProduct) {
  EXPECT_THAT(SplitsOf(List({1, 3}), List({9, 2}), 2, 8),
              ElementsAre(Split{1, 2}, Split{3, 2}, Split{1, 9}, Split{3, 9}));
}

TEST(SplitsTest, AListForOneAxisStaysAsGiven) {
  EXPECT_THAT(SplitsOf(List({5, 2}), kAuto, 12, kLargeBatch),
              ElementsAre(Split{2, 1}, Split{2, 2}, Split{5, 1}, Split{2, 4},
                          Split{5, 2}, Split{2, 6}));
  EXPECT_THAT(SplitsOf(kAuto, List({3}), 12, kLargeBatch),
              ElementsAre(Split{1, 3}, Split{2, 3}, Split{4, 3}));
  EXPECT_THAT(SplitsOf(kAuto, List({3}), 12, 3),
              ElementsAre(Split{1, 3}, Split{2, 3}, Split{3, 3}, Split{4, 3}));
  // Also one that fits nowhere.
  EXPECT_THAT(SplitsOf(List({50}), kAuto, 2, 8), ElementsAre(Split{50, 1}));
  EXPECT_THAT(SplitsOf(List({2}), kAuto, 2, 8),
              ElementsAre(Split{2, 1}, Split{2, 2}));
}

TEST(SplitsTest, HostsMultiplyFewestThreadsInAllFirst) {
  constexpr Engine kProcesses = Engine::kProcesses;
  const std::vector<std::uint64_t> hosts{1, 4};
  const std::vector<Engine> engines{kProcesses};
  EXPECT_THAT(
      SplitsOf(hosts, engines, List({1, 2}), List({1, 2}), 2, 64),
      ElementsAre(Split{1, 1}, Split{1, 2}, Split{2, 1}, Split{2, 2},
                  Split{1, 1, kProcesses, 4}, Split{1, 2, kProcesses, 4},
                  Split{2, 1, kProcesses, 4}, Split{2, 2, kProcesses, 4}));
}

// As if each host had a batch of its own.
TEST(SplitsTest, RoundsAreThoseOfAHostsPartOfTheBatch) {
  const std::vector<std::uint64_t> hosts{4};
  const std::vector<Engine> engines{Engine::kProcesses};
  std::vector<Split> splits = SplitsOf(hosts, engines, kAuto, kAuto, 12, 20);
  for (Split& split : splits) split.host_count = 1;
  EXPECT_EQ(splits, SplitsOf(kAuto, kAuto, 12, 5));
}

}  // namespace
}  // namespace hybrid
