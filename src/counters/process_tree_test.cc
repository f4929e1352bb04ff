#include "counters/process_tree.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/process_list.h"
#include "base/test_child.h"
#include "base/test_root.h"

namespace hybrid {
namespace {

using ::testing::Optional;

constexpr std::int64_t kWorkNs = 60'000'000;
/// Of user and system time, rounded down each.
constexpr std::int64_t kTicksNs = 20'000'000;

void UseCpuTime() {
  const std::int64_t end_ns = OwnCpuNs() + kWorkNs;
  while (OwnCpuNs() < end_ns) continue;
}

/// What a child that stops itself twice did in between.
std::int64_t TreeGrowthNs(const TestChild& child) {
  child.AwaitStop();
  const std::int64_t before_ns = TreeCpuNs(child.pid()).value();
  child.Continue();
  child.AwaitStop();
  return TreeCpuNs(child.pid()).value() - before_ns;
}

TEST(TreeCpuTest, CountsChildrenAndTheirsWhileTheyLive) {
  const TestChild child([] {
    ForkBelow([] {
      ForkBelow(Burn);
      UseCpuTime();
      pause();
    });
    pause();
  });
  while (DescendantsCpuNs(child.pid()) < 3 * kWorkNs) usleep(1000);
  EXPECT_LT(ProcessCpuNs(child.pid()).value(), kWorkNs);
  EXPECT_GE(TreeCpuNs(child.pid()).value(), 3 * kWorkNs);
}

TEST(TreeCpuTest, KeepsTheTimeOfReapedProcesses) {
  const TestChild child([] {
    raise(SIGSTOP);
    const pid_t worker = ForkBelow([] {
      waitpid(ForkBelow(UseCpuTime), nullptr, 0);
      UseCpuTime();
    });
    waitpid(worker, nullptr, 0);
  });
  const std::int64_t growth_ns = TreeGrowthNs(child);
  EXPECT_GE(growth_ns, 2 * kWorkNs - kTicksNs);
  EXPECT_LT(growth_ns, 3 * kWorkNs);
  EXPECT_TRUE(Descendants(child.pid()).empty());
}

TEST(TreeCpuTest, KeepsTheTimeOfEndedProcessesThatNobodyWaitedFor) {
  const TestChild child([] {
    raise(SIGSTOP);
    const pid_t worker = ForkBelow(UseCpuTime);
    siginfo_t info;
    waitid(P_PID, static_cast<id_t>(worker), &info, WEXITED | WNOWAIT);
  });
  EXPECT_GE(TreeGrowthNs(child), kWorkNs);
}

TEST(TreeCpuTest, FallsByTicksAtMostWhileProcessesComeAndGo) {
  const TestChild child([] {
    for (;;) waitpid(ForkBelow([] {}), nullptr, 0);
  });
  std::int64_t most_ns = 0;
  while (most_ns < 2 * kWorkNs) {
    const std::int64_t now_ns = TreeCpuNs(child.pid()).value();
    // And by the time of one of them, which is little.
    EXPECT_GT(now_ns, most_ns - 2 * kTicksNs);
    most_ns = std::max(most_ns, now_ns);
  }
}

TEST(TreeCpuTest, NothingOfAProcessThatIsGone) {
  EXPECT_EQ(TreeCpuNs(1 << 22), std::nullopt);
  EXPECT_EQ(DescendantsCpuNs(1 << 22), 0);
  EXPECT_FALSE(ReadTreeCounters(1 << 22));
}

TEST(TreeCountersTest, SumOverTheTree) {
  const TestChild child([] {
    raise(SIGSTOP);
    for (int i = 0; i < 2; ++i) {
      ForkBelow([] {
        UseCpuTime();
        for (int nap = 0; nap < 20; ++nap) usleep(1000);
        pause();
      });
    }
  });
  child.AwaitStop();
  const ProcessCounters before = ReadTreeCounters(child.pid()).value();
  child.Continue();
  child.AwaitStop();
  ProcessCounters growth;
  do {
    growth = ReadTreeCounters(child.pid()).value() - before;
    if (!growth.voluntary_switches) GTEST_SKIP() << "this kernel counts none";
    usleep(1000);
  } while (growth.voluntary_switches < 42U);
  EXPECT_GE(growth.cpu_s, NsToSeconds(2 * kWorkNs));
  const auto own = ReadProcessCounters(child.pid()).value() - before;
  EXPECT_LT(own.voluntary_switches.value(), 20U);
  EXPECT_GT(growth.minor_faults, own.minor_faults);
}

TEST(TreeCountersTest, KeepTheFaultsOfReapedProcesses) {
  constexpr std::size_t kBytes = std::size_t{4} << 20;
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  const TestChild child([page] {
    raise(SIGSTOP);
    waitpid(ForkBelow([page] {
              void* const memory = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE,
                                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
              if (memory == MAP_FAILED) return;
              madvise(memory, kBytes, MADV_NOHUGEPAGE);
              auto* const bytes = static_cast<volatile char*>(memory);
              for (std::size_t i = 0; i < kBytes; i += page) bytes[i] = 1;
            }),
            nullptr, 0);
  });
  child.AwaitStop();
  const ProcessCounters before = ReadTreeCounters(child.pid()).value();
  child.Continue();
  child.AwaitStop();
  const ProcessCounters after = ReadTreeCounters(child.pid()).value();
  EXPECT_GE((after - before).minor_faults, kBytes / page);
}

class TreePeakTest : public RootTest {
 protected:
  void LayRollup(const std::string& pid, const std::string& kib) const {
    Lay(fmt::format("/proc/{}/smaps_rollup", pid),
        "5609-7ffe ---p 00000000 00:00 0   [rollup]\nRss:    9999 kB\n"
        "Pss:                " +
            kib + " kB\nPss_Dirty:  7777 kB\n");
  }
};

TEST_F(TreePeakTest, SumsWhatTheKernelTells) {
  Lay("/proc/10/task/10/children", "20 21 22 ");
  LayRollup("10", "100");
  LayRollup("20", "30");
  Lay("/proc/21/smaps_rollup", "");  // a zombie's
  EXPECT_THAT(TreePeakBytes(10, root()), Optional(130U * 1024U));
  EXPECT_EQ(TreePeakBytes(21, root()), std::nullopt);
  EXPECT_EQ(TreePeakBytes(22, root()), std::nullopt);
}

TEST_F(TreePeakTest, PagesOfFilesDoNotCount) {
  Lay("/proc/10/smaps_rollup",
      "Rss:  9000 kB\nPss:  900 kB\nPss_Dirty:  70 kB\nPss_Anon:  90 kB\n"
      "Pss_File:  800 kB\nPss_Shmem:  10 kB\n");
  EXPECT_THAT(TreePeakBytes(10, root()), Optional(100U * 1024U));
}

TEST_F(TreePeakTest, AddsWhatEachOnceHadMore) {
  Lay("/proc/10/task/10/children", "20 ");
  LayRollup("10", "100");
  LayRollup("20", "30");
  Lay("/proc/10/status", "Name:\tsh\nVmHWM:\t  9000 kB\nVmRSS:\t  8000 kB\n");
  Lay("/proc/20/status", "VmHWM:\t  70 kB\nVmRSS:\t  80 kB\n");
  EXPECT_THAT(TreePeakBytes(10, root()), Optional(1130U * 1024U));
}

TEST(RealTreePeakTest, MemoryThatWasGivenBackCounts) {
  constexpr std::size_t kBytes = std::size_t{32} << 20;
  const TestChild child([] {
    void* const memory =
        mmap(nullptr, kBytes, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (memory == MAP_FAILED) _exit(1);
    munmap(memory, kBytes);
    raise(SIGSTOP);
  });
  child.AwaitStop();
  if (!TreePeakBytes(child.pid())) GTEST_SKIP() << "this kernel does not tell";
  // Less what was mapped of files since, which is in VmRSS alone.
  constexpr std::size_t kOfFiles = std::size_t{2} << 20;
  EXPECT_GE(TreePeakBytes(child.pid()).value(), kBytes - kOfFiles);
}

TEST(RealTreePeakTest, MemoryOfAChildCounts) {
  constexpr std::size_t kBytes = std::size_t{32} << 20;
  const TestChild child([] {
    ForkBelow([] {
      void* const memory =
          mmap(nullptr, kBytes, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
      if (memory == MAP_FAILED) _exit(1);
      pause();
    });
    pause();
  });
  if (!TreePeakBytes(child.pid())) GTEST_SKIP() << "this kernel does not tell";
  while (TreePeakBytes(child.pid()).value() < kBytes) usleep(1000);
}

}  // namespace
}  // namespace hybrid
