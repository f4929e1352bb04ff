#include "counters/system_counters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "base/test_child.h"
#include "base/test_root.h"

namespace hybrid {
namespace {

using ::testing::DoubleNear;
using ::testing::Optional;

constexpr double kTickRounding = 1e-9;

class SystemCountersTest : public RootTest {
 protected:
  void LayUnified(const std::string& group) const {
    Lay("/proc/self/cgroup", "0::" + group + "\n");
    Lay("/proc/self/mountinfo", "1 0 0:1 / /cg rw - cgroup2 cgroup2 rw\n");
  }
  void LayV1(const std::string& group) const {
    Lay("/proc/self/cgroup", "3:cpu,cpuacct:" + group + "\n");
    Lay("/proc/self/mountinfo",
        "1 0 0:1 / /cg rw - cgroup cgroup rw,cpu,cpuacct\n");
  }
  SystemCounters Read(CpuList cpus = {}) const {
    return SystemCounterReader(std::move(cpus), root()).Read();
  }
  double TickSeconds() const {
    return 1.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
  }
};

TEST_F(SystemCountersTest, NothingReadableIsAbsentOrZero) {
  const SystemCounters counters = Read();
  EXPECT_EQ(counters.busy_s, std::nullopt);
  EXPECT_EQ(counters.steal_s, std::nullopt);
  EXPECT_EQ(counters.cpu_pressure_s, std::nullopt);
  EXPECT_EQ(counters.throttled_s, std::nullopt);
  EXPECT_EQ(counters.throttled_periods, std::nullopt);
}

TEST_F(SystemCountersTest, BusyIsWithoutIdleIoWaitStealAndGuests) {
  Lay("/proc/stat",
      "cpu  1 20 300 1000000 2000000 4000 50000 7 3000000 4000000\n"
      "cpu0 9 9 9 9 9 9 9 9 9 9\nintr 5\n");
  EXPECT_THAT(Read().busy_s,
              Optional(DoubleNear(54321 * TickSeconds(), kTickRounding)));
  EXPECT_THAT(Read().steal_s,
              Optional(DoubleNear(7 * TickSeconds(), kTickRounding)));
  // Older kernels end the line earlier.
  Lay("/proc/stat", "cpu  1 20 300 1000000\n");
  EXPECT_THAT(Read().busy_s,
              Optional(DoubleNear(321 * TickSeconds(), kTickRounding)));
  EXPECT_THAT(Read().steal_s, Optional(0.0));
  for (const char* garbage : {"cpu x y z", "cpu -1 -2 -3 -4\n"}) {
    Lay("/proc/stat", garbage);
    EXPECT_THAT(Read().busy_s, Optional(0.0)) << garbage;
  }
  for (const char* garbage : {"", "cpu", "cpu0 1 2 3\n", "intr 5\n"}) {
    Lay("/proc/stat", garbage);
    EXPECT_EQ(Read().busy_s, std::nullopt) << garbage;
  }
}

TEST_F(SystemCountersTest, OfSomeCpusOnlyThoseCount) {
  Lay("/proc/stat",
      "cpu  111 0 0 9 0 0 0 33\ncpu0 1 0 0 9 0 0 0 3\n"
      "cpu1 10 0 0 9 0 0 0 30\ncpu2 100 0 0 9 0 0 0 0\nintr 5\n");
  EXPECT_THAT(Read({0, 2}).busy_s,
              Optional(DoubleNear(101 * TickSeconds(), kTickRounding)));
  EXPECT_THAT(Read({1}).steal_s,
              Optional(DoubleNear(30 * TickSeconds(), kTickRounding)));
  // A container may number the CPUs that it shows from 0 on.
  EXPECT_THAT(Read({2, 12}).busy_s,
              Optional(DoubleNear(111 * TickSeconds(), kTickRounding)));
}

TEST_F(SystemCountersTest, Pressure) {
  const std::string full = "full avg10=0.00 avg60=0.00 avg300=0.00 total=999\n";
  Lay("/proc/pressure/cpu",
      "some avg10=0.39 avg60=0.51 avg300=7.09 total=97475102\n" + full);
  EXPECT_THAT(Read().cpu_pressure_s,
              Optional(DoubleNear(97.475102, kTickRounding)));
  for (const std::string& garbage :
       {std::string(), full, std::string("some\n"), std::string("some total="),
        std::string("some total=x"), std::string("some total=-5")}) {
    Lay("/proc/pressure/cpu", garbage);
    EXPECT_EQ(Read().cpu_pressure_s, std::nullopt) << garbage;
  }
}

TEST_F(SystemCountersTest, UnifiedThrottling) {
  LayUnified("/app");
  Lay("/cg/app/cpu.stat",
      "usage_usec 5\nnr_periods 10\nnr_throttled 4\nthrottled_usec 1500000\n");
  // The root group has no quota and doesn't count.
  Lay("/cg/cpu.stat", "usage_usec 5\n");
  EXPECT_THAT(Read().throttled_s, Optional(DoubleNear(1.5, kTickRounding)));
  EXPECT_THAT(Read().throttled_periods, Optional(4U));
}

TEST_F(SystemCountersTest, V1Throttling) {
  LayV1("/app");
  Lay("/cg/app/cpu.stat",
      "nr_periods 10\nnr_throttled 4\nthrottled_time 2500000000\n");
  EXPECT_THAT(Read().throttled_s, Optional(DoubleNear(2.5, kTickRounding)));
  EXPECT_THAT(Read().throttled_periods, Optional(4U));
}

TEST_F(SystemCountersTest, GarbageInCpuStatIsAbsent) {
  LayUnified("/app");
  for (const char* garbage : {"", "nr_throttled\nthrottled_usec\n",
                              "nr_throttled x\nthrottled_usec -1\n"}) {
    Lay("/cg/app/cpu.stat", garbage);
    EXPECT_EQ(Read().throttled_s, std::nullopt) << garbage;
    EXPECT_EQ(Read().throttled_periods, std::nullopt) << garbage;
  }
}

// The group's 2 s show although its ancestor's past is longer.
TEST_F(SystemCountersTest, ThrottlingOfAGroupShowsBelowABusierAncestor) {
  LayUnified("/slice/app");
  Lay("/cg/slice/cpu.stat", "nr_throttled 900\nthrottled_usec 99000000\n");
  Lay("/cg/slice/app/cpu.stat", "nr_throttled 1\nthrottled_usec 1000000\n");
  const SystemCounterReader reader({}, root());
  const SystemCounters before = reader.Read();
  Lay("/cg/slice/app/cpu.stat", "nr_throttled 6\nthrottled_usec 3000000\n");
  const SystemCounters growth = reader.Read() - before;
  EXPECT_THAT(growth.throttled_s, Optional(DoubleNear(2, kTickRounding)));
  EXPECT_THAT(growth.throttled_periods, Optional(5U));
}

TEST_F(SystemCountersTest, GroupThatIsMountedTwiceCountsOnce) {
  Lay("/proc/self/cgroup", "0::/app\n");
  Lay("/proc/self/mountinfo",
      "1 0 0:1 / /cg rw - cgroup2 cgroup2 rw\n"
      "2 0 0:1 / /again rw - cgroup2 cgroup2 rw\n");
  Lay("/cg/app/cpu.stat", "nr_throttled 3\nthrottled_usec 1000000\n");
  std::filesystem::create_directory_symlink(root() + "/cg", root() + "/again");
  EXPECT_THAT(Read().throttled_periods, Optional(3U));
}

TEST(SystemCountersGrowthTest, IsNeverNegativeAndNeedsBoth) {
  SystemCounters before, after;
  before.busy_s = 1;
  after.busy_s = 4;
  before.steal_s = 4;
  after.steal_s = 1;
  before.cpu_pressure_s = 1;
  after.cpu_pressure_s = 2;
  after.throttled_s = 1;
  before.throttled_periods = 1;
  const SystemCounters growth = after - before;
  EXPECT_THAT(growth.busy_s, Optional(3.0));
  EXPECT_THAT(growth.steal_s, Optional(0.0));
  EXPECT_THAT(growth.cpu_pressure_s, Optional(1.0));
  EXPECT_EQ(growth.throttled_s, std::nullopt);
  EXPECT_EQ(growth.throttled_periods, std::nullopt);
}

TEST(RealSystemTest, BurningProcessMakesItBusy) {
  if (!std::filesystem::exists("/proc/stat")) GTEST_SKIP() << "no /proc/stat";
  const SystemCounterReader reader;
  const SystemCounters before = reader.Read();
  EXPECT_GT(before.busy_s.value_or(0), 0);
  const TestChild child(Burn);
  while ((reader.Read() - before).busy_s.value_or(1) < 0.1) usleep(10000);
}

}  // namespace
}  // namespace hybrid
