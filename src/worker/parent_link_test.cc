#include "worker/parent_link.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <cstdint>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace hybrid {
namespace {

Key KeyOf(std::uint32_t workers) {
  Key key;
  key.workers = workers;
  return key;
}

/// The parent's half of the protocol, with threads for workers: each counts the
/// commands it hears, and checks that they come in order.
class ParentLinkTest : public ::testing::TestWithParam<std::int64_t> {
 protected:
  void Start(std::uint32_t workers) {
    control_.emplace(KeyOf(workers));
    control_->block().spin_ns = GetParam();
    control_->block().pending = workers;
    control_->block().command = sequence_ << 8;
    heard_.resize(workers);
    for (std::uint32_t i = 0; i < workers; ++i) {
      auto [ours, theirs] = Doorbell::Pair();
      doorbells_.push_back(std::move(ours));
      threads_.emplace_back([this, i, end = std::move(theirs)]() mutable {
        Serve(i, std::move(end));
      });
    }
    AwaitDone();
  }

  void Serve(std::uint32_t worker, Doorbell doorbell) {
    WorkerSlot& slot = control_->slots()[worker];
    ParentLink link(control_->block(), slot, std::move(doorbell));
    link.Done();
    while (const std::optional<Command> command = link.Next()) {
      // Not atomic: written before the gate, so seen after it.
      EXPECT_EQ(control_->block().deadline_ns, heard_[worker] + 1);
      EXPECT_EQ(*command, Command::kBatch);
      EXPECT_EQ(slot.begun.load(), slot.completed.load() + 1);
      slot.batch.tasks = static_cast<std::uint64_t>(++heard_[worker]);
      link.Done();
    }
  }

  void Issue() {
    ControlBlock& block = control_->block();
    block.pending.store(static_cast<std::uint32_t>(doorbells_.size()),
                        std::memory_order_relaxed);
    ++block.deadline_ns;
    ++sequence_;
    block.command.store(sequence_ << 8 |
                        static_cast<std::uint64_t>(Command::kBatch));
    for (std::size_t i = 0; i < doorbells_.size(); ++i) {
      if (control_->slots()[i].sleeping.exchange(0) != 0) doorbells_[i].Ring();
    }
  }

  /// Without a timeout: a ring that gets lost makes the test hang.
  void AwaitDone() {
    std::vector<pollfd> polls;
    for (const Doorbell& doorbell : doorbells_) {
      polls.push_back({.fd = doorbell.fd(), .events = POLLIN, .revents = 0});
    }
    while (control_->block().pending.load(std::memory_order_acquire) != 0) {
      ASSERT_GT(poll(polls.data(), polls.size(), -1), 0);
      for (const Doorbell& doorbell : doorbells_) {
        ASSERT_TRUE(doorbell.Drain());
      }
    }
    for (const WorkerSlot& slot : control_->slots()) {
      EXPECT_EQ(slot.completed.load(), sequence_);
    }
  }

  void End() {
    for (Doorbell& doorbell : doorbells_) doorbell.Close();
    for (std::thread& thread : threads_) thread.join();
  }

  void RunCommands(std::uint32_t workers, int commands) {
    Start(workers);
    for (int i = 1; i <= commands; ++i) {
      Issue();
      AwaitDone();
      for (const WorkerSlot& slot : control_->slots()) {
        ASSERT_EQ(slot.batch.tasks, static_cast<std::uint64_t>(i));
      }
    }
    End();
    for (const std::int64_t heard : heard_) EXPECT_EQ(heard, commands);
  }

  std::optional<ControlMapping> control_;
  std::vector<Doorbell> doorbells_;
  std::vector<std::thread> threads_;
  std::vector<std::int64_t> heard_;
  std::uint64_t sequence_ = 1;
};

TEST_P(ParentLinkTest, OneWorkerHearsEveryCommandOnce) {
  RunCommands(1, 10000);
}

TEST_P(ParentLinkTest, ThreeWorkersHearEveryCommandOnce) {
  RunCommands(3, 5000);
}

TEST_P(ParentLinkTest, EndsWithItsParentWhetherItSpinsOrSleeps) {
  Start(2);
  End();
}

INSTANTIATE_TEST_SUITE_P(All, ParentLinkTest, ::testing::Values(0, 50000),
                         [](const auto& tested) {
                           return tested.param == 0 ? "Sleeping" : "Spinning";
                         });

TEST(ParentLinkRingTest, StrayRingsAreNoCommands) {
  const ControlMapping control(KeyOf(1));
  control.block().command = 1 << 8;
  control.block().pending = 1;
  auto [ours, theirs] = Doorbell::Pair();
  ParentLink link(control.block(), control.slots()[0], std::move(theirs));
  link.Done();
  EXPECT_TRUE(ours.Wait());
  ours.Ring();
  ours.Ring();
  ours.Close();
  EXPECT_FALSE(link.Next());
  // Not taken up, so not completed either.
  EXPECT_EQ(control.slots()[0].begun, 1U);
  EXPECT_EQ(control.slots()[0].completed, 1U);
}

TEST(ParentLinkRingTest, OnlyTheLastToBeDoneRings) {
  const ControlMapping control(KeyOf(2));
  control.block().command = 1 << 8;
  control.block().pending = 2;
  auto [first_bell, first_end] = Doorbell::Pair();
  auto [last_bell, last_end] = Doorbell::Pair();
  ParentLink first(control.block(), control.slots()[0], std::move(first_end));
  ParentLink last(control.block(), control.slots()[1], std::move(last_end));
  const auto rung = [](const Doorbell& doorbell) {
    pollfd entry{.fd = doorbell.fd(), .events = POLLIN, .revents = 0};
    return poll(&entry, 1, 0) == 1;
  };
  first.Done();
  EXPECT_FALSE(rung(first_bell));
  last.Done();
  EXPECT_FALSE(rung(first_bell));
  EXPECT_TRUE(rung(last_bell));
}

}  // namespace
}  // namespace hybrid
