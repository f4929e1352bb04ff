#include "machine/machine_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

#include "base/test_root.h"
#include "machine/state_warnings.h"

namespace hybrid {
namespace {

using ::testing::Optional;

class MachineStateTest : public RootTest {
 protected:
  void LayCpu(int cpu, const std::string& file,
              const std::string& content) const {
    Lay("/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/" + file,
        content);
  }
  void LayPolicy(int cpu, const std::string& governor,
                 const std::string& preference = "") const {
    LayCpu(cpu, "cpufreq/scaling_governor", governor + "\n");
    LayCpu(cpu, "cpufreq/scaling_driver", "driver" + std::to_string(cpu));
    LayCpu(cpu, "cpufreq/energy_performance_preference", preference + "\n");
  }
  MachineState Read() const { return ReadMachineState({0, 1, 2}, root()); }
};

TEST_F(MachineStateTest, NothingReadableIsAbsent) {
  const MachineState state = Read();
  EXPECT_EQ(state.governor, std::nullopt);
  EXPECT_EQ(state.scaling_driver, std::nullopt);
  EXPECT_EQ(state.energy_preference, std::nullopt);
  EXPECT_EQ(state.turbo, std::nullopt);
  EXPECT_EQ(state.huge_pages, std::nullopt);
  EXPECT_EQ(state.swap_used_bytes, std::nullopt);
  EXPECT_EQ(state.thermal_throttles, std::nullopt);
  EXPECT_EQ(state.foreign_cpus, std::nullopt);
  EXPECT_EQ(state.cpu_quota, std::nullopt);
}

TEST_F(MachineStateTest, SlowestGovernorOfTheCpusAskedFor) {
  LayPolicy(0, "performance");
  EXPECT_THAT(Read().governor, Optional(std::string("performance")));
  LayPolicy(1, "schedutil");
  EXPECT_THAT(Read().governor, Optional(std::string("schedutil")));
  LayPolicy(2, "ondemand");
  EXPECT_THAT(Read().governor, Optional(std::string("ondemand")));
  LayPolicy(0, "powersave");
  EXPECT_THAT(Read().governor, Optional(std::string("powersave")));
  EXPECT_THAT(Read().scaling_driver, Optional(std::string("driver0")));
  LayPolicy(0, "performance");
  LayPolicy(3, "powersave");  // not asked for
  EXPECT_THAT(Read().governor, Optional(std::string("ondemand")));
}

TEST_F(MachineStateTest, SlowestPreferenceAmongEqualGovernors) {
  LayPolicy(0, "powersave", "balance_performance");
  LayPolicy(1, "powersave", "power");
  LayPolicy(2, "powersave", "performance");
  EXPECT_THAT(Read().energy_preference, Optional(std::string("power")));
  EXPECT_THAT(Read().scaling_driver, Optional(std::string("driver1")));
}

TEST_F(MachineStateTest, TurboOfEitherDriver) {
  const std::string cpus = "/sys/devices/system/cpu";
  Lay(cpus + "/cpufreq/boost", "0\n");
  EXPECT_THAT(Read().turbo, Optional(false));
  Lay(cpus + "/cpufreq/boost", "1\n");
  EXPECT_THAT(Read().turbo, Optional(true));
  Lay(cpus + "/intel_pstate/no_turbo", "1\n");
  EXPECT_THAT(Read().turbo, Optional(false));
  Lay(cpus + "/intel_pstate/no_turbo", "0\n");
  EXPECT_THAT(Read().turbo, Optional(true));
  Lay(cpus + "/cpufreq/boost", "x\n");
  Lay(cpus + "/intel_pstate/no_turbo", "");
  EXPECT_EQ(Read().turbo, std::nullopt);
}

TEST_F(MachineStateTest, HugePagesAreTheBracketedWord) {
  const std::string file = "/sys/kernel/mm/transparent_hugepage/enabled";
  Lay(file, "always [madvise] never\n");
  EXPECT_THAT(Read().huge_pages, Optional(std::string("madvise")));
  Lay(file, "always madvise [never]\n");
  EXPECT_THAT(Read().huge_pages, Optional(std::string("never")));
  for (const char* garbage : {"", "always", "[]", "[", "always [madvise\n"}) {
    Lay(file, garbage);
    EXPECT_EQ(Read().huge_pages, std::nullopt) << garbage;
  }
}

TEST_F(MachineStateTest, SwapUsed) {
  Lay("/proc/meminfo",
      "MemTotal: 9 kB\nSwapCached: 7 kB\n"
      "SwapTotal:       1000 kB\nSwapFree:         400 kB\n");
  EXPECT_THAT(Read().swap_used_bytes, Optional(std::uint64_t{600} * 1024));
  Lay("/proc/meminfo", "SwapTotal: 0 kB\nSwapFree: 5 kB\n");
  EXPECT_THAT(Read().swap_used_bytes, Optional(0U));
  for (const char* garbage : {"", "SwapTotal: 5 kB\n", "SwapTotal:\nSwapFree:",
                              "SwapTotal: x kB\nSwapFree: 1 kB\n"}) {
    Lay("/proc/meminfo", garbage);
    EXPECT_EQ(Read().swap_used_bytes, std::nullopt) << garbage;
  }
}

TEST_F(MachineStateTest, ThermalThrottlesAreSummedWhereReadable) {
  LayCpu(0, "thermal_throttle/core_throttle_count", "3\n");
  LayCpu(1, "thermal_throttle/core_throttle_count", "x\n");
  LayCpu(2, "thermal_throttle/core_throttle_count", "4\n");
  LayCpu(3, "thermal_throttle/core_throttle_count", "100\n");
  EXPECT_THAT(Read().thermal_throttles, Optional(7U));
}

TEST(RealMachineStateTest, WarningsOfThisMachineAreLines) {
  for (const std::string& warning : StateWarnings(ReadMachineState({0}), 1)) {
    EXPECT_FALSE(warning.empty());
  }
}

}  // namespace
}  // namespace hybrid
