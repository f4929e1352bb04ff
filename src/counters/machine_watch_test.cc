#include "counters/machine_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>

#include "base/test_child.h"
#include "base/test_folder.h"

namespace hybrid {
namespace {

using ::testing::Gt;
using ::testing::Optional;

TEST(MachineWatchTest, NothingReadableIsAbsent) {
  const TestFolder root;
  const MachineState state = MachineWatch({0}, root.path()).Look();
  EXPECT_EQ(state.foreign_cpus, std::nullopt);
  EXPECT_EQ(state.stolen_cpus, std::nullopt);
  EXPECT_EQ(state.recent_thermal_throttles, std::nullopt);
  EXPECT_EQ(state.recent_throttled_periods, std::nullopt);
}

TEST(MachineWatchTest, TellsWhatHappenedSinceItBegan) {
  const TestFolder root;
  const std::string heat =
      "/sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count";
  root.Lay("/proc/self/cgroup", "0::/app\n");
  root.Lay("/proc/self/mountinfo", "1 0 0:1 / /cg rw - cgroup2 cgroup2 rw\n");
  root.Lay("/proc/stat", "cpu  1000 0 0 0 0 0 0 1000\n");
  root.Lay("/cg/app/cpu.stat", "nr_throttled 10\nthrottled_usec 10\n");
  root.Lay(heat, "100\n");
  const MachineWatch watch({0}, root.path());

  // Nothing: this process's own CPU time makes it no less than that.
  EXPECT_THAT(watch.Look().foreign_cpus, Optional(0.0));
  EXPECT_THAT(watch.Look().stolen_cpus, Optional(0.0));
  EXPECT_THAT(watch.Look().recent_thermal_throttles, Optional(0U));
  EXPECT_THAT(watch.Look().recent_throttled_periods, Optional(0U));

  root.Lay("/proc/stat", "cpu  1000000 0 0 0 0 0 0 2000000\n");
  root.Lay("/cg/app/cpu.stat", "nr_throttled 12\nthrottled_usec 10\n");
  root.Lay(heat, "103\n");
  const MachineState state = watch.Look();
  EXPECT_THAT(state.foreign_cpus, Optional(Gt(0.0)));
  EXPECT_THAT(state.stolen_cpus, Optional(Gt(*state.foreign_cpus)));
  EXPECT_THAT(state.thermal_throttles, Optional(103U));
  EXPECT_THAT(state.recent_thermal_throttles, Optional(3U));
  EXPECT_THAT(state.recent_throttled_periods, Optional(2U));
}

TEST(RealMachineWatchTest, SeesABurningProcess) {
  if (!std::filesystem::exists("/proc/stat")) GTEST_SKIP() << "no /proc/stat";
  const TestChild child(Burn);
  // It gets at least a small share of a CPU, whatever else runs; what else
  // runs is foreign too.
  const MachineWatch watch({});
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_GT(watch.Look().foreign_cpus.value_or(0), 0.1);
}

}  // namespace
}  // namespace hybrid
