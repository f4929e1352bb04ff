#include "base/strays.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <vector>

#include "base/process_list.h"
#include "base/test_child.h"

namespace hybrid {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

/// Forks a process in a session of its own, which outlives its parent.
template <typename Body>
void LeaveBehind(const Body& body) {
  if (fork() != 0) return;
  setsid();
  body();
  for (;;) pause();
}

class StraysTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(AdoptOrphans()); }
  void TearDown() override {
    EXPECT_THAT(KillStrays({}), IsEmpty());
    prctl(PR_SET_CHILD_SUBREAPER, 0);
  }

  /// Kills a child, without reaping it, when `count` processes are below it,
  /// and returns these, which are this process's when that is done.
  std::vector<pid_t> Orphan(const TestChild& child, std::size_t count) const {
    while (Descendants(child.pid()).size() < count) usleep(1000);
    std::vector<pid_t> below = Descendants(child.pid());
    kill(child.pid(), SIGKILL);
    siginfo_t info;
    waitid(P_PID, static_cast<id_t>(child.pid()), &info, WEXITED | WNOWAIT);
    return below;
  }
  bool IsGone(pid_t pid) const { return kill(pid, 0) != 0 && errno == ESRCH; }
};

TEST_F(StraysTest, OrphanInASessionOfItsOwnIsKilledAndReaped) {
  const TestChild worker([] {
    LeaveBehind([] {});
    pause();
  });
  const std::vector<pid_t> left = Orphan(worker, 1);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_THAT(Descendants(getpid()), Contains(left[0]));
  EXPECT_THAT(KillStrays({worker.pid()}), IsEmpty());
  EXPECT_TRUE(IsGone(left[0]));
  // It is its owner's to reap.
  EXPECT_EQ(waitpid(worker.pid(), nullptr, 0), worker.pid());
}

TEST_F(StraysTest, AllBelowAnOrphanAreKilledToo) {
  const TestChild worker([] {
    LeaveBehind([] { LeaveBehind([] { LeaveBehind([] {}); }); });
    pause();
  });
  const std::vector<pid_t> left = Orphan(worker, 3);
  EXPECT_THAT(KillStrays({worker.pid()}), IsEmpty());
  for (const pid_t pid : left) EXPECT_TRUE(IsGone(pid)) << pid;
}

TEST_F(StraysTest, WhatIsKeptAndAllBelowItLives) {
  const TestChild kept([] {
    LeaveBehind([] { LeaveBehind([] {}); });
    pause();
  });
  while (Descendants(kept.pid()).size() < 2) usleep(1000);
  const std::vector<pid_t> below = Descendants(kept.pid());
  const TestChild killed([] {
    LeaveBehind([] {});
    pause();
  });
  const std::vector<pid_t> left = Orphan(killed, 1);
  EXPECT_THAT(KillStrays({kept.pid(), killed.pid()}), IsEmpty());
  EXPECT_TRUE(IsGone(left[0]));
  EXPECT_EQ(Descendants(kept.pid()), below);
  EXPECT_FALSE(IsGone(kept.pid()));
}

TEST_F(StraysTest, OnlyWhatHasEndedAndIsNotKeptIsReaped) {
  const auto await_end = [](const TestChild& child) {
    siginfo_t info;
    waitid(P_PID, static_cast<id_t>(child.pid()), &info, WEXITED | WNOWAIT);
  };
  const TestChild kept([] { pause(); });
  const TestChild parent([] {
    for (int i = 0; i < 3; ++i) LeaveBehind([] { _exit(0); });
    LeaveBehind([] {});
    _exit(0);
  });
  await_end(parent);
  EXPECT_GE(Descendants(getpid()).size(), 5U);
  while (Descendants(getpid()).size() > 2) {
    ReapOrphans(kept.pid());
    usleep(1000);
  }
  EXPECT_EQ(Descendants(getpid()).size(), 2U);
  kill(kept.pid(), SIGKILL);
  await_end(kept);
  ReapOrphans(kept.pid());
  EXPECT_EQ(waitpid(kept.pid(), nullptr, WNOHANG), kept.pid());
}

TEST_F(StraysTest, WithoutStraysNothingHappens) {
  EXPECT_THAT(KillStrays({}), IsEmpty());
}

}  // namespace
}  // namespace hybrid
