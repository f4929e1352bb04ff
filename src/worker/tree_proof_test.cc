#include "worker/tree_proof.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/process_list.h"
#include "base/test_child.h"
#include "counters/process_counters.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kMs = 1'000'000;

std::uint32_t CountTree(const std::vector<std::int64_t>& used_ns,
                        std::int64_t all_used_ns, std::uint64_t asked,
                        std::size_t running = 0) {
  return CountThreads(TreeTimes(used_ns, all_used_ns, running), asked).threads;
}

TEST(TreeTimesTest, AQuarterOfTheBusiestIsAtWork) {
  EXPECT_EQ(CountTree({100 * kMs, 26 * kMs, 24 * kMs, 0}, 150 * kMs, 4), 2U);
  EXPECT_EQ(CountTree({0, 100 * kMs}, 100 * kMs, 1), 1U);
  EXPECT_EQ(CountTree({}, 0, 2), 0U);
}

TEST(TreeTimesTest, TicksThatAreNotYetCountedAreNobodys) {
  const std::vector<std::int64_t> three{100 * kMs, 100 * kMs, 100 * kMs, 0};
  EXPECT_EQ(TreeTimes(three, 330 * kMs, 3).ended_ns, 0);
  EXPECT_EQ(TreeTimes(three, 290 * kMs, 0).ended_ns, 0);
  EXPECT_EQ(TreeTimes(three, 335 * kMs, 3).ended_ns, 5 * kMs);
  EXPECT_EQ(CountTree(three, 330 * kMs, 8, 3), 3U);
}

TEST(TreeTimesTest, ThreadsThatCameAndWentCountByTheirTime) {
  EXPECT_EQ(CountTree({100 * kMs}, 400 * kMs, 4), 4U);
  const ThreadTimes many = TreeTimes({100 * kMs}, 910 * kMs, 1);
  EXPECT_THAT(std::string(CountThreads(many, 2).excess.view()),
              HasSubstr("8.0 times"));
  // Side by side, or one after the other, for all that anybody knows.
  ThreadTimes timed = many;
  timed.wall_ns = 250 * kMs;
  EXPECT_THAT(std::string(CountThreads(timed, 2).excess.view()),
              HasSubstr("8.0 times"));
  timed.wall_ns = 500 * kMs;
  EXPECT_EQ(CountThreads(timed, 2).excess.view(), "");
  EXPECT_EQ(CountThreads(timed, 2).threads, 0U);
  // Each task a process of its own: nobody knows.
  EXPECT_EQ(CountTree({0, 0}, 400 * kMs, 4), 0U);
}

/// A program that goes on with its work for itself.
void WorkOn() { usleep(5000); }

std::uint32_t CountBelow(std::uint64_t asked) {
  return ProveTreeThreads(getpid(), asked, WorkOn).threads;
}

/// Runs `count` threads that burn, beside the calling one, which sleeps.
auto BurnInThreads(std::size_t count) {
  return [count] {
    std::vector<std::jthread> threads(count);
    for (std::jthread& thread : threads) thread = std::jthread(Burn);
    pause();
  };
}

/// Burns as much CPU time of the calling thread.
void BurnAWhile() {
  const auto now_ns = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  };
  const std::int64_t end_ns = now_ns() + 2 * kMs;
  while (now_ns() < end_ns) continue;
}

class TreeProofTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!ThreadCpuNs(getpid(), gettid())) {
      GTEST_SKIP() << "this kernel does not count";
    }
  }
};

TEST_F(TreeProofTest, ThreadsOfAProgramAreCounted) {
  const TestChild program(BurnInThreads(3));
  while (ThreadsOf(program.pid()).size() < 4) usleep(1000);
  EXPECT_EQ(CountBelow(3), 3U);
  EXPECT_THAT(std::string(ProveTreeThreads(getpid(), 2, WorkOn).excess.view()),
              "ran 3 threads, by their CPU time");
}

TEST_F(TreeProofTest, ProcessesOfAProgramAreCountedAndTheirThreads) {
  const TestChild program([] {
    ForkBelow(BurnInThreads(2));
    ForkBelow(Burn);
    pause();
  });
  while (Descendants(program.pid()).size() < 2) usleep(1000);
  EXPECT_EQ(CountBelow(3), 3U);
}

TEST_F(TreeProofTest, FewerThanAskedAreSeen) {
  const TestChild program(BurnInThreads(1));
  while (ThreadsOf(program.pid()).size() < 2) usleep(1000);
  EXPECT_EQ(CountBelow(2), 1U);
}

TEST_F(TreeProofTest, OwnThreadsDoNotCount) {
  std::jthread own([](const std::stop_token& stop) {
    while (!stop.stop_requested()) continue;
  });
  const TestChild program(Burn);
  EXPECT_EQ(CountBelow(1), 1U);
}

TEST_F(TreeProofTest, ProcessesOneAfterTheOtherAreNoExcess) {
  const TestChild program([] {
    for (;;) {
      waitpid(ForkBelow(BurnAWhile), nullptr, 0);
    }
  });
  const ThreadReport report = ProveTreeThreads(getpid(), 1, WorkOn);
  EXPECT_EQ(report.excess.view(), "");
  EXPECT_LE(report.threads, 1U);
}

TEST_F(TreeProofTest, WhoSleepsAndHasProcessesDoTheWorkIsNoExcess) {
  // Each of them is still there when it is looked at.
  const TestChild program([] {
    for (;;) {
      const pid_t task = ForkBelow([] {
        BurnAWhile();
        usleep(20'000);
      });
      usleep(10'000);
      waitpid(task, nullptr, 0);
    }
  });
  const ThreadReport report = ProveTreeThreads(getpid(), 1, WorkOn);
  EXPECT_EQ(report.excess.view(), "");
}

TEST_F(TreeProofTest, ThreadsThatComeAndGoAreCountedByTheirTime) {
  const TestChild program([] {
    for (;;) {
      const std::jthread other(BurnAWhile);
      BurnAWhile();
    }
  });
  EXPECT_EQ(CountBelow(2), 2U);
}

}  // namespace
}  // namespace hybrid
