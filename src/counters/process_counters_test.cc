#include "counters/process_counters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>

#include "base/test_child.h"
#include "base/test_root.h"

namespace hybrid {
namespace {

using ::testing::DoubleNear;
using ::testing::Optional;

constexpr double kTiny = 1e-12;

class ProcessCountersTest : public RootTest {
 protected:
  // minor and major faults 11 and 12, user and system time 300 and 200 ticks;
  // those of children, in between, are not to be counted.
  void LayStat(const std::string& name = "(worker)") const {
    LayProc("/stat",
            "42 " + name +
                " S 1 42 42 0 -1 4194304 11 777 12 888 300 200 999 999 "
                "20 0 1 0 74856 3133440 414\n");
  }
  void LayThread(const std::string& tid, const std::string& schedstat,
                 const std::string& voluntary, const std::string& involuntary,
                 const std::string& sched) const {
    LayProc("/task/" + tid + "/schedstat", schedstat);
    LayProc("/task/" + tid + "/status",
            "Name:\tworker\nThreads:\t2\nvoluntary_ctxt_switches:\t" +
                voluntary + "\nnonvoluntary_ctxt_switches:\t" + involuntary +
                "\n");
    LayProc("/task/" + tid + "/sched", sched);
  }
  void LayProc(const std::string& file, const std::string& content) const {
    Lay("/proc/42" + file, content);
  }
  std::optional<ProcessCounters> Read() const {
    return ReadProcessCounters(42, root());
  }
  double TickSeconds() const {
    return 1.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
  }
};

TEST_F(ProcessCountersTest, SumsOverThreads) {
  LayStat();
  LayThread("42", "1000000000 5000000 7\n", "3", "4",
            "worker (42, #threads: 2)\n---\n"
            "se.exec_start      :   748191.2\nse.nr_migrations  :   5\n");
  LayThread("43", "2000000000 1000000 1\n", "10", "20",
            "worker (43, #threads: 2)\nnr_migrations    :      6\n");
  const auto counters = Read();
  ASSERT_TRUE(counters);
  EXPECT_NEAR(counters->cpu_s, 3.0, kTiny);
  EXPECT_THAT(counters->run_delay_s, Optional(DoubleNear(0.006, kTiny)));
  EXPECT_THAT(counters->voluntary_switches, Optional(13U));
  EXPECT_THAT(counters->involuntary_switches, Optional(24U));
  EXPECT_THAT(counters->migrations, Optional(11U));
  EXPECT_EQ(counters->minor_faults, 11U);
  EXPECT_EQ(counters->major_faults, 12U);
}

TEST_F(ProcessCountersTest, CommandNameMayHoldAnything) {
  for (const char* name :
       {"(a b)", "(a) R (b)", "())", "() R 1 2 3)", "(\n)", "()"}) {
    LayStat(name);
    const auto counters = Read();
    ASSERT_TRUE(counters) << name;
    EXPECT_EQ(counters->minor_faults, 11U) << name;
    EXPECT_EQ(counters->major_faults, 12U) << name;
  }
}

TEST_F(ProcessCountersTest, StatAloneGivesTicksAndNothingElse) {
  LayStat();
  const auto counters = Read();
  ASSERT_TRUE(counters);
  EXPECT_NEAR(counters->cpu_s, 500 * TickSeconds(), kTiny);
  EXPECT_EQ(counters->run_delay_s, std::nullopt);
  EXPECT_EQ(counters->voluntary_switches, std::nullopt);
  EXPECT_EQ(counters->involuntary_switches, std::nullopt);
  EXPECT_EQ(counters->migrations, std::nullopt);
}

// A kernel without the accounting writes zeros; garbage counts as nothing.
TEST_F(ProcessCountersTest, FallsBackIfSchedstatDoesNotCount) {
  for (const char* schedstat :
       {"0 0 0\n", "", "\n", "1 2\n", "1 2 3 4\n", "a b c\n", "-1 2 3\n"}) {
    LayStat();
    LayThread("42", schedstat, "1", "x", "garbage");
    const auto counters = Read();
    ASSERT_TRUE(counters) << schedstat;
    EXPECT_NEAR(counters->cpu_s, 500 * TickSeconds(), kTiny) << schedstat;
    EXPECT_EQ(counters->run_delay_s, std::nullopt) << schedstat;
    EXPECT_THAT(counters->voluntary_switches, Optional(1U));
    EXPECT_EQ(counters->involuntary_switches, std::nullopt);
    EXPECT_EQ(counters->migrations, std::nullopt);
  }
}

// A thread may end between the listing and the reading.
TEST_F(ProcessCountersTest, ThreadWithoutFilesIsLeftOut) {
  LayStat();
  LayThread("42", "1000000000 2000000 7\n", "3", "4", "se.nr_migrations : 1\n");
  LayProc("/task/43/comm", "gone\n");
  const auto counters = Read();
  ASSERT_TRUE(counters);
  EXPECT_NEAR(counters->cpu_s, 1.0, kTiny);
  EXPECT_THAT(counters->voluntary_switches, Optional(3U));
}

TEST_F(ProcessCountersTest, NothingWithoutAProcessOrAnIntelligibleStat) {
  EXPECT_EQ(Read(), std::nullopt);
  for (const char* garbage :
       {"", "42", "42 (worker", "42 (worker)", "42 (w) S 1 42 42 0 -1 0 1 2 3",
        "42 (w) S 1 42 42 0 -1 0 x 2 3 4 5 6"}) {
    LayProc("/stat", garbage);
    EXPECT_FALSE(Read().has_value()) << garbage;
  }
  EXPECT_FALSE(ReadProcessCounters(-1).has_value());
}

TEST_F(ProcessCountersTest, WhatReapedChildrenUsedStandsApart) {
  LayStat();
  LayThread("42", "1000000000 5000000 7\n", "3", "4", "");
  const auto counters = ReadReapedCounters(42, root());
  ASSERT_TRUE(counters);
  EXPECT_NEAR(counters->cpu_s, 1998 * TickSeconds(), kTiny);
  EXPECT_EQ(counters->minor_faults, 777U);
  EXPECT_EQ(counters->major_faults, 888U);
  EXPECT_EQ(counters->run_delay_s, std::nullopt);
  EXPECT_EQ(counters->voluntary_switches, std::nullopt);
  EXPECT_EQ(ReadReapedCounters(43, root()), std::nullopt);
}

TEST_F(ProcessCountersTest, TimeOfOneThread) {
  LayThread("43", "2000000000 1000000 1\n", "", "", "");
  LayThread("44", "0 0 0\n", "", "", "");
  EXPECT_THAT(ThreadCpuNs(42, 43, root()), Optional(2'000'000'000));
  EXPECT_EQ(ThreadCpuNs(42, 44, root()), std::nullopt);
  EXPECT_EQ(ThreadCpuNs(42, 45, root()), std::nullopt);
}

TEST(ProcessCountersSumTest, HasWhatAnyOfThemHas) {
  ProcessCounters sum;
  sum.cpu_s = 1;
  sum.run_delay_s = 2;
  sum.minor_faults = 3;
  ProcessCounters share;
  share.cpu_s = 10;
  share.run_delay_s = 20;
  share.migrations = 4;
  share.minor_faults = 30;
  share.major_faults = 50;
  sum += share;
  EXPECT_DOUBLE_EQ(sum.cpu_s, 11);
  EXPECT_THAT(sum.run_delay_s, Optional(22.0));
  EXPECT_THAT(sum.migrations, Optional(4U));
  EXPECT_EQ(sum.voluntary_switches, std::nullopt);
  EXPECT_EQ(sum.minor_faults, 33U);
  EXPECT_EQ(sum.major_faults, 50U);
}

TEST(ProcessCountersGrowthTest, IsNeverNegativeAndNeedsBoth) {
  ProcessCounters before, after;
  before.cpu_s = 2;
  after.cpu_s = 5;
  before.run_delay_s = 2;
  after.run_delay_s = 1;
  before.migrations = 9;
  after.migrations = 4;
  after.voluntary_switches = 4;
  before.involuntary_switches = 4;
  before.minor_faults = 10;
  after.minor_faults = 30;
  before.major_faults = 30;
  after.major_faults = 10;
  const ProcessCounters growth = after - before;
  EXPECT_DOUBLE_EQ(growth.cpu_s, 3);
  EXPECT_THAT(growth.run_delay_s, Optional(0.0));
  EXPECT_THAT(growth.migrations, Optional(0U));
  EXPECT_EQ(growth.voluntary_switches, std::nullopt);
  EXPECT_EQ(growth.involuntary_switches, std::nullopt);
  EXPECT_EQ(growth.minor_faults, 20U);
  EXPECT_EQ(growth.major_faults, 0U);
}

// The tests from here on look at real processes. They wait for CPU time or
// for events, not for wall time, as the machine may be busy with others.

// Reads until the process has used so much CPU time since `before`.
ProcessCounters AwaitCpuTime(pid_t pid, const ProcessCounters& before,
                             double cpu_s) {
  for (;;) {
    const auto now = ReadProcessCounters(pid);
    if (!now) throw std::runtime_error("process ended");
    if ((*now - before).cpu_s >= cpu_s) return *now;
    usleep(10000);
  }
}

TEST(RealProcessTest, TwoBurnersOnOneCpuPushEachOtherAside) {
  const auto burn = [] {
    PinToOneCpu();
    Burn();
  };
  const TestChild one(burn), other(burn);
  const auto before = AwaitCpuTime(one.pid(), {}, 0.01);
  const ProcessCounters growth = AwaitCpuTime(one.pid(), before, 0.2) - before;
  if (!growth.run_delay_s || !growth.involuntary_switches) {
    GTEST_SKIP() << "this kernel does not count";
  }
  EXPECT_GT(*growth.run_delay_s, 0);
  EXPECT_GT(*growth.involuntary_switches, 0U);
}

/// What a child that stops itself twice does in between.
ProcessCounters GrowthBetweenStops(const TestChild& child) {
  child.AwaitStop();
  const ProcessCounters before = ReadProcessCounters(child.pid()).value();
  child.Continue();
  child.AwaitStop();
  return ReadProcessCounters(child.pid()).value() - before;
}

TEST(RealProcessTest, SleeperSwitchesVoluntarily) {
  const TestChild child([] {
    raise(SIGSTOP);
    for (int i = 0; i < 20; ++i) usleep(1000);
  });
  const auto switches = GrowthBetweenStops(child).voluntary_switches;
  if (!switches) GTEST_SKIP() << "this kernel does not count";
  EXPECT_GE(*switches, 20U);
}

TEST(RealProcessTest, TouchedPagesAreMinorFaults) {
  constexpr std::size_t kBytes = std::size_t{16} << 20;
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  const TestChild child([page] {
    raise(SIGSTOP);
    void* const memory = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return;
    // Else one fault may bring 2 MiB.
    madvise(memory, kBytes, MADV_NOHUGEPAGE);
    auto* const bytes = static_cast<volatile char*>(memory);
    for (std::size_t i = 0; i < kBytes; i += page) bytes[i] = 1;
  });
  EXPECT_GE(GrowthBetweenStops(child).minor_faults, kBytes / page);
}

TEST(RealProcessTest, CpuClockMovesWhileItWorks) {
  const TestChild child(Burn);
  while (ProcessCpuNs(child.pid()).value() < 10'000'000) usleep(1000);
  EXPECT_FALSE(ProcessCpuNs(1 << 22));
}

TEST(RealProcessTest, EndedButUnwaitedProcessAndNoneAtAllAreNoError) {
  const TestChild child([] { _exit(0); });
  siginfo_t info;
  ASSERT_EQ(
      waitid(P_PID, static_cast<id_t>(child.pid()), &info, WEXITED | WNOWAIT),
      0);
  EXPECT_TRUE(ReadProcessCounters(child.pid()).has_value());
  // Linux's PID_MAX_LIMIT.
  EXPECT_FALSE(ReadProcessCounters(1 << 22).has_value());
}

}  // namespace
}  // namespace hybrid
