#include "pool/liveness.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdint>

#include "base/test_child.h"

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

TEST(ProcessStateTest, SaysSoIfThereIsNone) {
  EXPECT_EQ(DescribeProcessState(-1), "state unknown");
  // Linux's PID_MAX_LIMIT; a number much larger overflows in a clock's.
  EXPECT_FALSE(ProcessCpuNs(1 << 22));
}

}  // namespace
}  // namespace hybrid
