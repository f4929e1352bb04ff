#include "protocol/ticket_ring.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

namespace hybrid {
namespace {

constexpr std::uint64_t kMany = 1'000'000;

/// All tasks of a batch, at once, as on one machine.
std::unique_ptr<TicketRing> Closed(const TaskRange& tasks) {
  auto ring = std::make_unique<TicketRing>();
  ring->Begin();
  ring->Add(tasks);
  ring->Close();
  return ring;
}

/// What workers of one ring do until it is over.
class Claimer {
 public:
  Claimer(TicketRing& ring, std::uint64_t workers)
      : ring_(ring), workers_(workers) {}
  TicketRing::Claimed Claim(std::uint64_t max) {
    return ring_.Claim(max, workers_, hint_);
  }
  TaskRange Tasks(std::uint64_t max) { return Claim(max).tasks; }

 private:
  TicketRing& ring_;
  std::uint64_t workers_;
  std::size_t hint_ = 0;
};

TEST(TicketRingTest, ChunksShrinkTowardsTheEndForBalance) {
  const auto ring = Closed({0, 100});
  Claimer worker(*ring, 2);
  EXPECT_EQ(worker.Tasks(1000), (TaskRange{0, 25}));
  EXPECT_EQ(worker.Tasks(1000), (TaskRange{25, 18}));
  EXPECT_EQ(worker.Tasks(3), (TaskRange{43, 3}));
  while (ring->unclaimed() > 2) worker.Tasks(1000);
  EXPECT_EQ(worker.Tasks(1000), (TaskRange{98, 1}));
  EXPECT_EQ(worker.Tasks(1000), (TaskRange{99, 1}));
  EXPECT_EQ(worker.Tasks(1000), TaskRange{});
}

TEST(TicketRingTest, SmallBatchesAreSplitOneByOne) {
  const auto ring = Closed({0, 3});
  Claimer worker(*ring, 2);
  for (std::uint64_t i = 0; i < 3; ++i) {
    EXPECT_EQ(worker.Tasks(64), (TaskRange{i, 1}));
  }
  EXPECT_EQ(worker.Tasks(64), TaskRange{});
}

TEST(TicketRingTest, ASingleWorkerGetsWhatItAsksFor) {
  const auto ring = Closed({0, 100});
  Claimer worker(*ring, 1);
  EXPECT_EQ(worker.Tasks(70), (TaskRange{0, 70}));
  EXPECT_EQ(worker.Tasks(70), (TaskRange{70, 30}));
  EXPECT_EQ(worker.Tasks(70), TaskRange{});
  ring->Begin();
  ring->Add({0, 100});
  ring->Close();
  EXPECT_EQ(worker.Tasks(kMany), (TaskRange{0, 100}));
}

TEST(TicketRingTest, StaysOverAfterManyClaimsTooMany) {
  const auto ring = Closed({0, 1});
  Claimer worker(*ring, 1);
  EXPECT_EQ(worker.Claim(1).tasks.count, 1U);
  for (int i = 0; i < 1000; ++i) {
    const TicketRing::Claimed claimed = worker.Claim(1);
    EXPECT_EQ(claimed.tasks.count, 0U);
    EXPECT_TRUE(claimed.is_over);
    EXPECT_FALSE(claimed.asks);
  }
}

TEST(TicketRingTest, IsNotOverWhileMoreMayCome) {
  TicketRing ring;
  ring.Begin();
  Claimer worker(ring, 1);
  EXPECT_FALSE(worker.Claim(1).is_over);
  EXPECT_FALSE(ring.HasNews());
  ring.Add({40, 2});
  EXPECT_TRUE(ring.HasNews());
  EXPECT_EQ(worker.Tasks(9), (TaskRange{40, 2}));
  EXPECT_FALSE(ring.HasNews());
  ring.Add({7, 1});
  EXPECT_EQ(worker.Tasks(9), (TaskRange{7, 1}));
  ring.Close();
  EXPECT_TRUE(ring.HasNews());
  EXPECT_TRUE(worker.Claim(9).is_over);
}

TEST(TicketRingTest, ClaimsEndWithTheirRange) {
  TicketRing ring;
  ring.Begin();
  ring.Add({10, 3});
  ring.Add({90, 5});
  ring.Add({0, 0});
  ring.Close();
  Claimer worker(ring, 1);
  EXPECT_EQ(worker.Tasks(100), (TaskRange{10, 3}));
  EXPECT_EQ(worker.Tasks(2), (TaskRange{90, 2}));
  EXPECT_EQ(worker.Tasks(100), (TaskRange{92, 3}));
  EXPECT_EQ(worker.Tasks(100), TaskRange{});
}

TEST(TicketRingTest, OneWorkerAsksWhenFewAreLeft) {
  TicketRing ring;
  ring.Begin(4);
  ring.Add({0, 10});
  Claimer worker(ring, 1);
  EXPECT_FALSE(worker.Claim(6).asks);
  EXPECT_TRUE(worker.Claim(1).asks);
  // Once, until the parent has taken notice.
  EXPECT_FALSE(worker.Claim(1).asks);
  ring.TakeAsked();
  EXPECT_TRUE(worker.Claim(1).asks);
  ring.Close();
  ring.TakeAsked();
  EXPECT_FALSE(worker.Claim(1).asks);
}

TEST(TicketRingTest, WhoWaitsAsks) {
  TicketRing ring;
  ring.Begin();
  EXPECT_TRUE(ring.BeginToWait());
  EXPECT_FALSE(ring.BeginToWait());
  EXPECT_EQ(ring.waiting(), 2U);
  ring.EndWait();
  ring.TakeAsked();
  EXPECT_EQ(ring.waiting(), 1U);
  EXPECT_TRUE(ring.BeginToWait());
}

TEST(TicketRingTest, HasRoomForSoManyRanges) {
  TicketRing ring;
  ring.Begin();
  for (std::size_t i = 0; i < TicketRing::kRanges; ++i) {
    ASSERT_TRUE(ring.HasRoom());
    ring.Add({i, 1});
  }
  EXPECT_FALSE(ring.HasRoom());
  Claimer worker(ring, 1);
  EXPECT_EQ(worker.Tasks(1), (TaskRange{0, 1}));
  EXPECT_TRUE(ring.HasRoom());
  ring.Add({1000, 2});
  EXPECT_FALSE(ring.HasRoom());
  for (std::size_t i = 1; i < TicketRing::kRanges; ++i) {
    EXPECT_EQ(worker.Tasks(9), (TaskRange{i, 1}));
  }
  EXPECT_EQ(worker.Tasks(9), (TaskRange{1000, 2}));
}

/// Claims until it is over, as much at a time as `max`, and counts each task.
void ClaimAll(TicketRing& ring, std::uint64_t max,
              std::vector<std::atomic<int>>& claimed) {
  Claimer worker(ring, 3);
  while (true) {
    const TicketRing::Claimed got = worker.Claim(max);
    if (got.tasks.count == 0 && got.is_over) return;
    EXPECT_LE(got.tasks.count, max);
    for (std::uint64_t i = 0; i < got.tasks.count; ++i) {
      ++claimed[got.tasks.first + i];
    }
  }
}

TEST(TicketRingTest, EveryTaskOnceWhateverTheThreadsAndChunks) {
  constexpr std::uint64_t kTasks = 100003;
  const auto ring = Closed({0, kTasks});
  std::vector<std::atomic<int>> claimed(kTasks);
  std::vector<std::thread> threads;
  for (const std::uint64_t max : {1U, 7U, 5000U}) {
    threads.emplace_back([&, max] { ClaimAll(*ring, max, claimed); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::atomic<int>& count : claimed) ASSERT_EQ(count, 1);
}

// Places are used again and again while threads look into them.
TEST(TicketRingTest, EveryTaskOnceWhileRangesCome) {
  constexpr std::uint64_t kTasks = 200'000;
  TicketRing ring;
  ring.Begin(6);
  std::vector<std::atomic<int>> claimed(kTasks);
  std::vector<std::thread> threads;
  for (const std::uint64_t max : {1U, 2U, 50U}) {
    threads.emplace_back([&, max] { ClaimAll(ring, max, claimed); });
  }
  // From the last task to the first, so that no range goes on where another
  // ends.
  std::uint64_t left = kTasks;
  while (left > 0) {
    if (!ring.HasRoom()) {
      std::this_thread::yield();
      continue;
    }
    const std::uint64_t count = std::min<std::uint64_t>(left, 1 + left % 4);
    left -= count;
    ring.Add({left, count});
  }
  ring.Close();
  for (std::thread& thread : threads) thread.join();
  for (const std::atomic<int>& count : claimed) ASSERT_EQ(count, 1);
}

}  // namespace
}  // namespace hybrid
