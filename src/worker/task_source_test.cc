#include "worker/task_source.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <thread>
#include <utility>

#include "protocol/control_block.h"
#include "protocol/doorbell.h"

namespace hybrid {
namespace {

/// A worker's source, with the parent's end of its doorbell.
class TicketSourceTest : public ::testing::TestWithParam<std::int64_t> {
 protected:
  TicketSourceTest() : control_(Key()) {
    block().spin_ns = GetParam();
    auto [ours, theirs] = Doorbell::Pair();
    bell_ = std::move(ours);
    link_.emplace(block(), slot(), std::move(theirs));
    source_.emplace(block().tickets, 1, *link_);
  }

  ControlBlock& block() { return control_.block(); }
  WorkerSlot& slot() { return control_.slots()[0]; }
  void WakeUp() {
    if (slot().sleeping.exchange(0) != 0) bell_.Ring();
  }

  ControlMapping control_;
  Doorbell bell_;
  std::optional<ParentLink> link_;
  std::optional<TicketSource> source_;
};

TEST_P(TicketSourceTest, DoesNotWaitForWhatIsThere) {
  block().tickets.Begin();
  block().tickets.Add({0, 5});
  block().tickets.Close();
  EXPECT_EQ(source_->Claim(3), (TaskRange{0, 3}));
  EXPECT_EQ(source_->Claim(3), (TaskRange{3, 2}));
  EXPECT_EQ(source_->Claim(3), TaskRange{});
  EXPECT_EQ(source_->starved_ns(), 0);
}

// Without a timeout: a wake-up that gets lost makes the test hang.
TEST_P(TicketSourceTest, WaitsForWhatComes) {
  static constexpr std::uint64_t kRanges = 2000;
  TicketRing& tickets = block().tickets;
  tickets.Begin();
  std::thread worker([this] {
    std::uint64_t next = 0;
    while (true) {
      const TaskRange tasks = source_->Claim(1);
      if (tasks.count == 0) break;
      EXPECT_EQ(tasks.first, next++);
    }
    EXPECT_EQ(next, kRanges);
  });
  for (std::uint64_t task = 0; task < kRanges; ++task) {
    while (!tickets.HasRoom()) std::this_thread::yield();
    tickets.Add({task, 1});
    WakeUp();
  }
  tickets.Close();
  WakeUp();
  worker.join();
}

TEST_P(TicketSourceTest, RingsWhereFewAreLeft) {
  block().tickets.Begin(2);
  block().tickets.Add({0, 3});
  EXPECT_EQ(source_->Claim(1).count, 1U);
  EXPECT_EQ(source_->Claim(1).count, 1U);
  // A byte is there, so that this does not wait.
  EXPECT_TRUE(bell_.Wait());
}

TEST_P(TicketSourceTest, SaysHowLongItWaited) {
  block().tickets.Begin();
  std::thread parent([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    block().tickets.Add({0, 1});
    WakeUp();
  });
  EXPECT_EQ(source_->Claim(1).count, 1U);
  parent.join();
  EXPECT_GT(source_->starved_ns(), 0);
}

TEST_P(TicketSourceTest, EndsWithoutAParent) {
  block().tickets.Begin();
  bell_.Close();
  EXPECT_EQ(source_->Claim(1), TaskRange{});
}

INSTANTIATE_TEST_SUITE_P(Spins, TicketSourceTest, ::testing::Values(0, 50'000));

}  // namespace
}  // namespace hybrid
