#include "pool/liveness.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdint>
#include <optional>

#include "base/process_list.h"
#include "base/test_child.h"
#include "counters/process_counters.h"
#include "counters/process_tree.h"

namespace hybrid {
namespace {

class LivenessTest : public ::testing::Test {
 protected:
  void Stop() const {
    kill(child_.pid(), SIGSTOP);
    child_.AwaitStop();
  }
  /// Blocks until the child has used CPU time since `cpu_ns`.
  void AwaitProgress(std::int64_t cpu_ns) const {
    while (ProcessCpuNs(child_.pid()) == cpu_ns) usleep(1000);
  }

  const TestChild child_{Burn};
};

TEST_F(LivenessTest, WorkingProcessIsNeverIdle) {
  Liveness liveness(child_.pid());
  for (int i = 0; i < 3; ++i) {
    const std::int64_t before = ProcessCpuNs(child_.pid()).value();
    liveness.Look(100);
    AwaitProgress(before);
    AwaitProgress(ProcessCpuNs(child_.pid()).value());
  }
  liveness.Look(100);
  EXPECT_EQ(liveness.idle_s(), 0);
}

TEST_F(LivenessTest, StoppedProcessGrowsIdleAndRecovers) {
  AwaitProgress(0);
  Stop();
  Liveness liveness(child_.pid());
  liveness.Look(1);
  liveness.Look(2);
  liveness.Look(3);
  EXPECT_EQ(liveness.idle_s(), 5);
  EXPECT_EQ(DescribeProcessState(child_.pid()), "stopped by a signal");
  const std::int64_t before = ProcessCpuNs(child_.pid()).value();
  child_.Continue();
  AwaitProgress(before);
  liveness.Look(4);
  EXPECT_EQ(liveness.idle_s(), 0);
}

/// Forks a process that runs `body`, and one that sleeps, and sleeps.
template <typename Body>
auto SleepAbove(Body body) {
  return [body] {
    ForkBelow(body);
    ForkBelow([] { pause(); });
    pause();
  };
}

/// Blocks until the process sleeps, and has slept long enough that nothing of
/// its start is left to do.
void AwaitSleep(pid_t pid) {
  std::optional<std::int64_t> cpu_ns;
  do {
    cpu_ns = ProcessCpuNs(pid);
    usleep(20000);
  } while (DescribeProcessState(pid) != "asleep" ||
           ProcessCpuNs(pid) != cpu_ns);
}

TEST(TreeLivenessTest, WhoSleepsWhileItsChildWorksIsNotIdle) {
  const TestChild child(SleepAbove(Burn));
  AwaitSleep(child.pid());
  Liveness liveness(child.pid());
  liveness.Look(1);
  liveness.Look(1);  // the first that asks for the children
  for (int i = 0; i < 3; ++i) {
    const std::int64_t before_ns = DescendantsCpuNs(child.pid());
    while (DescendantsCpuNs(child.pid()) == before_ns) usleep(1000);
    liveness.Look(100);
    EXPECT_EQ(liveness.idle_s(), 0);
  }
}

TEST(TreeLivenessTest, WhereAllSleepTheyAreIdle) {
  const TestChild child(SleepAbove([] { pause(); }));
  while (Descendants(child.pid()).size() < 2) usleep(1000);
  AwaitSleep(child.pid());
  for (const pid_t pid : Descendants(child.pid())) AwaitSleep(pid);
  Liveness liveness(child.pid());
  liveness.Look(1);
  for (int i = 0; i < 3; ++i) liveness.Look(2);
  EXPECT_EQ(liveness.idle_s(), 6);
}

TEST(ProcessStateTest, SaysSoIfThereIsNone) {
  EXPECT_EQ(DescribeProcessState(-1), "state unknown");
}

}  // namespace
}  // namespace hybrid
