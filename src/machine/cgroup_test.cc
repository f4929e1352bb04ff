#include "machine/cgroup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

#include "base/test_root.h"

namespace hybrid {
namespace {

using ::testing::DoubleEq;
using ::testing::Optional;

class CgroupTest : public RootTest {
 protected:
  // A pure v2 system whose process is in `group`.
  void LayUnified(const std::string& group) const {
    Lay("/proc/self/cgroup", "0::" + group + "\n");
    Lay("/proc/self/mountinfo",
        "30 22 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw\n");
  }

  // v1 with `cpu` combined with `cpuacct`, the process in `group` of each.
  void LayV1(const std::string& group) const {
    Lay("/proc/self/cgroup",
        "5:cpu,cpuacct:" + group + "\n4:memory:" + group + "\n");
    Lay("/proc/self/mountinfo",
        "32 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup "
        "rw,cpu,cpuacct\n"
        "33 30 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n");
  }

  CgroupLimits Limits() const { return ReadCgroupLimits(root()); }
};

TEST_F(CgroupTest, NothingReadableIsUnlimited) {
  EXPECT_EQ(Limits().cpu_quota, std::nullopt);
  EXPECT_EQ(Limits().memory_available_bytes, std::nullopt);
  LayUnified("/app");
  EXPECT_EQ(Limits().cpu_quota, std::nullopt);
  EXPECT_EQ(Limits().memory_available_bytes, std::nullopt);
  LayV1("/app");
  EXPECT_EQ(Limits().cpu_quota, std::nullopt);
  EXPECT_EQ(Limits().memory_available_bytes, std::nullopt);
}

TEST_F(CgroupTest, UnifiedQuota) {
  LayUnified("/app");
  Lay("/sys/fs/cgroup/app/cpu.max", "150000 100000\n");
  EXPECT_THAT(Limits().cpu_quota, Optional(DoubleEq(1.5)));
  Lay("/sys/fs/cgroup/app/cpu.max", "max 100000\n");
  EXPECT_EQ(Limits().cpu_quota, std::nullopt);
}

TEST_F(CgroupTest, TighterAncestorWins) {
  LayUnified("/slice/app/inner");
  Lay("/sys/fs/cgroup/slice/app/inner/cpu.max", "400000 100000\n");
  Lay("/sys/fs/cgroup/slice/app/cpu.max", "max 100000\n");
  Lay("/sys/fs/cgroup/slice/cpu.max", "50000 25000\n");
  Lay("/sys/fs/cgroup/slice/app/inner/memory.max", "max\n");
  Lay("/sys/fs/cgroup/slice/app/memory.max", "5000\n");
  Lay("/sys/fs/cgroup/slice/app/memory.current", "1000\n");
  Lay("/sys/fs/cgroup/slice/memory.max", "9000\n");
  Lay("/sys/fs/cgroup/slice/memory.current", "8500\n");
  EXPECT_THAT(Limits().cpu_quota, Optional(DoubleEq(2.0)));
  EXPECT_THAT(Limits().memory_available_bytes, Optional(500U));
}

TEST_F(CgroupTest, SiblingGroupsDoNotCount) {
  LayUnified("/slice/app");
  Lay("/sys/fs/cgroup/slice/other/cpu.max", "10000 100000\n");
  Lay("/sys/fs/cgroup/slice/app/child/cpu.max", "10000 100000\n");
  EXPECT_EQ(Limits().cpu_quota, std::nullopt);
}

TEST_F(CgroupTest, GarbageIsUnlimited) {
  LayUnified("/app");
  for (const char* garbage :
       {"", "\n", "abc", "150000", "150000 0", "0 100000", "-5 100000",
        "1e5 100000", "150000 100000 7", "99999999999999999999999 100000"}) {
    Lay("/sys/fs/cgroup/app/cpu.max", garbage);
    EXPECT_EQ(Limits().cpu_quota, std::nullopt) << garbage;
  }
  for (const char* garbage : {"", "\n", "12x", "-1", "1 2"}) {
    Lay("/sys/fs/cgroup/app/memory.max", garbage);
    EXPECT_EQ(Limits().memory_available_bytes, std::nullopt) << garbage;
  }
}

TEST_F(CgroupTest, UnifiedMemoryAddsBackReclaimableCache) {
  LayUnified("/app");
  Lay("/sys/fs/cgroup/app/memory.max", "10000\n");
  EXPECT_THAT(Limits().memory_available_bytes, Optional(10000U));
  Lay("/sys/fs/cgroup/app/memory.current", "7000\n");
  EXPECT_THAT(Limits().memory_available_bytes, Optional(3000U));
  Lay("/sys/fs/cgroup/app/memory.stat",
      "anon 100\nfile 3000\ninactive_file_extra 1\ninactive_file 2500\n");
  EXPECT_THAT(Limits().memory_available_bytes, Optional(5500U));
}

TEST_F(CgroupTest, AGroupIsSlowedDownBeforeItsMemoryEnds) {
  LayUnified("/slice/app");
  Lay("/sys/fs/cgroup/slice/app/memory.max", "max\n");
  Lay("/sys/fs/cgroup/slice/app/memory.high", "9000\n");
  Lay("/sys/fs/cgroup/slice/app/memory.current", "1000\n");
  EXPECT_THAT(Limits().memory_available_bytes, Optional(8000U));
  Lay("/sys/fs/cgroup/slice/app/memory.max", "5000\n");
  EXPECT_THAT(Limits().memory_available_bytes, Optional(4000U));
  Lay("/sys/fs/cgroup/slice/memory.high", "700\n");
  EXPECT_THAT(Limits().memory_available_bytes, Optional(700U));
}

TEST_F(CgroupTest, ProcessesThatMayStillBeStarted) {
  LayUnified("/slice/app");
  Lay("/sys/fs/cgroup/slice/app/pids.max", "max\n");
  EXPECT_EQ(Limits().tasks_available, std::nullopt);
  Lay("/sys/fs/cgroup/slice/app/pids.max", "100\n");
  Lay("/sys/fs/cgroup/slice/app/pids.current", "30\n");
  EXPECT_THAT(Limits().tasks_available, Optional(70U));
  Lay("/sys/fs/cgroup/slice/pids.max", "40\n");
  Lay("/sys/fs/cgroup/slice/pids.current", "60\n");
  EXPECT_THAT(Limits().tasks_available, Optional(0U));
}

TEST_F(CgroupTest, V1Processes) {
  Lay("/proc/self/cgroup", "8:pids:/app\n");
  Lay("/proc/self/mountinfo", "1 0 0:1 / /cg rw - cgroup cgroup rw,pids\n");
  Lay("/cg/app/pids.max", "12\n");
  Lay("/cg/app/pids.current", "2\n");
  EXPECT_THAT(Limits().tasks_available, Optional(10U));
}

TEST_F(CgroupTest, AvailableMemoryStaysWithinZeroAndTheLimit) {
  LayUnified("/app");
  Lay("/sys/fs/cgroup/app/memory.max", "10000\n");
  Lay("/sys/fs/cgroup/app/memory.current", "12000\n");
  EXPECT_THAT(Limits().memory_available_bytes, Optional(0U));
  Lay("/sys/fs/cgroup/app/memory.stat", "inactive_file 99999\n");
  EXPECT_THAT(Limits().memory_available_bytes, Optional(10000U));
}

TEST_F(CgroupTest, V1QuotaOfCombinedControllers) {
  LayV1("/slice/app");
  const std::string mount = "/sys/fs/cgroup/cpu,cpuacct";
  Lay(mount + "/slice/app/cpu.cfs_quota_us", "-1\n");
  Lay(mount + "/slice/app/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(Limits().cpu_quota, std::nullopt);
  Lay(mount + "/slice/cpu.cfs_quota_us", "250000\n");
  EXPECT_EQ(Limits().cpu_quota, std::nullopt) << "a quota without its period";
  Lay(mount + "/slice/cpu.cfs_period_us", "100000\n");
  EXPECT_THAT(Limits().cpu_quota, Optional(DoubleEq(2.5)));
}

TEST_F(CgroupTest, V1Memory) {
  LayV1("/app");
  const std::string app = "/sys/fs/cgroup/memory/app";
  Lay(app + "/memory.limit_in_bytes", "9223372036854771712\n");
  Lay(app + "/memory.usage_in_bytes", "4096\n");
  EXPECT_EQ(Limits().memory_available_bytes, std::nullopt);
  Lay(app + "/memory.limit_in_bytes", "1000000\n");
  Lay(app + "/memory.usage_in_bytes", "900000\n");
  EXPECT_THAT(Limits().memory_available_bytes, Optional(100000U));
  Lay(app + "/memory.stat", "inactive_file 1\ntotal_inactive_file 50000\n");
  EXPECT_THAT(Limits().memory_available_bytes, Optional(150000U));
}

TEST_F(CgroupTest, BothVersionsMountedTightestWins) {
  Lay("/proc/self/cgroup", "3:cpu:/a\n0::/b\n");
  Lay("/proc/self/mountinfo",
      "1 0 0:1 / /cg/cpu rw - cgroup cgroup rw,cpu\n"
      "2 0 0:2 / /cg/unified rw - cgroup2 cgroup2 rw\n");
  Lay("/cg/cpu/a/cpu.cfs_quota_us", "300000\n");
  Lay("/cg/cpu/a/cpu.cfs_period_us", "100000\n");
  EXPECT_THAT(Limits().cpu_quota, Optional(DoubleEq(3.0)));
  Lay("/cg/unified/b/cpu.max", "200000 100000\n");
  EXPECT_THAT(Limits().cpu_quota, Optional(DoubleEq(2.0)));
}

// Version 1 in a container: the group's path is the host's, the mount shows
// only the group.
TEST_F(CgroupTest, QuotaInsideAContainer) {
  Lay("/proc/self/cgroup", "5:cpu:/docker/abc\n");
  Lay("/proc/self/mountinfo",
      "32 30 0:28 /docker/abc /cg/cpu ro - cgroup cgroup rw,cpu\n");
  Lay("/cg/cpu/cpu.cfs_quota_us", "100000\n");
  Lay("/cg/cpu/cpu.cfs_period_us", "50000\n");
  EXPECT_THAT(Limits().cpu_quota, Optional(DoubleEq(2.0)));
}

TEST(RealCgroupTest, LimitsAreSane) {
  const CgroupLimits limits = ReadCgroupLimits();
  EXPECT_GT(limits.cpu_quota.value_or(1.0), 0.0);
}

}  // namespace
}  // namespace hybrid
