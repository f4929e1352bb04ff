#include "worker/task_source.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace hybrid {
namespace {

TEST(SharedCounterSourceTest, EveryTaskOnceWhateverTheThreadsAndChunks) {
  constexpr std::uint64_t kTasks = 100003;
  std::atomic<std::uint64_t> next{0};
  std::vector<std::atomic<int>> claimed(kTasks);
  const auto claim_all = [&](std::uint64_t max) {
    SharedCounterSource source(next, kTasks, 3);
    for (TaskRange range = source.Claim(max); range.count > 0;
         range = source.Claim(max)) {
      EXPECT_LE(range.count, max);
      for (std::uint64_t i = 0; i < range.count; ++i) {
        ++claimed[range.first + i];
      }
    }
  };
  std::vector<std::thread> threads;
  for (const std::uint64_t max : {1U, 7U, 5000U}) {
    threads.emplace_back(claim_all, max);
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::atomic<int>& count : claimed) ASSERT_EQ(count, 1);
}

TEST(SharedCounterSourceTest, ChunksShrinkTowardsTheEndForBalance) {
  std::atomic<std::uint64_t> next{0};
  SharedCounterSource source(next, 100, 2);
  EXPECT_EQ(source.Claim(1000), (TaskRange{0, 25}));
  EXPECT_EQ(source.Claim(1000), (TaskRange{25, 18}));
  EXPECT_EQ(source.Claim(3), (TaskRange{43, 3}));
  next = 98;
  EXPECT_EQ(source.Claim(1000), (TaskRange{98, 1}));
  EXPECT_EQ(source.Claim(1000), (TaskRange{99, 1}));
  EXPECT_EQ(source.Claim(1000), TaskRange{});
}

TEST(SharedCounterSourceTest, SmallBatchesAreSplitOneByOne) {
  std::atomic<std::uint64_t> next{0};
  SharedCounterSource source(next, 3, 2);
  for (std::uint64_t i = 0; i < 3; ++i) {
    EXPECT_EQ(source.Claim(64), (TaskRange{i, 1}));
  }
  EXPECT_EQ(source.Claim(64), TaskRange{});
}

TEST(SharedCounterSourceTest, StaysEmptyAfterManyClaimsTooMany) {
  std::atomic<std::uint64_t> next{0};
  SharedCounterSource source(next, 1, 1);
  EXPECT_EQ(source.Claim(1).count, 1U);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(source.Claim(1).count, 0U);
}

TEST(UnsharedSourceTest, GivesWhatIsAskedFor) {
  std::atomic<std::uint64_t> next{0};
  UnsharedSource source(next, 100);
  EXPECT_EQ(source.Claim(70), (TaskRange{0, 70}));
  EXPECT_EQ(source.Claim(70), (TaskRange{70, 30}));
  EXPECT_EQ(source.Claim(70), TaskRange{});
  next = 0;
  EXPECT_EQ(source.Claim(1000), (TaskRange{0, 100}));
}

}  // namespace
}  // namespace hybrid
