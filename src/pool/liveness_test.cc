#include "pool/liveness.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hybrid {
namespace {

/// A child that burns CPU time until it is killed.
class LivenessTest : public ::testing::Test {
 protected:
  LivenessTest() : pid_(fork()) {
    if (pid_ == 0) {
      for (volatile unsigned i = 0;;) i = i + 1;
    }
  }
  ~LivenessTest() override {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }

  void Stop() const {
    kill(pid_, SIGSTOP);
    waitpid(pid_, nullptr, WUNTRACED);
  }
  /// Blocks until the child has used CPU time since `cpu_ns`.
  void AwaitProgress(std::int64_t cpu_ns) const {
    while (ProcessCpuNs(pid_) == cpu_ns) usleep(1000);
  }

  pid_t pid_;
};

TEST_F(LivenessTest, WorkingProcessIsNeverIdle) {
  Liveness liveness(pid_);
  for (int i = 0; i < 3; ++i) {
    const std::int64_t before = ProcessCpuNs(pid_).value();
    liveness.Look(100);
    AwaitProgress(before);
    AwaitProgress(ProcessCpuNs(pid_).value());
  }
  liveness.Look(100);
  EXPECT_EQ(liveness.idle_s(), 0);
}

TEST_F(LivenessTest, StoppedProcessGrowsIdleAndRecovers) {
  AwaitProgress(0);
  Stop();
  Liveness liveness(pid_);
  liveness.Look(1);
  liveness.Look(2);
  liveness.Look(3);
  EXPECT_EQ(liveness.idle_s(), 5);
  EXPECT_EQ(DescribeProcessState(pid_), "stopped by a signal");
  const std::int64_t before = ProcessCpuNs(pid_).value();
  kill(pid_, SIGCONT);
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
