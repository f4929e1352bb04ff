#include "machine/state_warnings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "machine/machine_state.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> Warn(const MachineState& state) {
  return StateWarnings(state, 4);
}

MachineState WithGovernor(const std::string& governor,
                          const std::string& driver = "acpi-cpufreq",
                          const std::string& preference = "") {
  MachineState state;
  state.governor = governor;
  state.scaling_driver = driver;
  if (!preference.empty()) state.energy_preference = preference;
  return state;
}

TEST(StateWarningsTest, NoneIfNothingIsKnownOrAllIsWell) {
  EXPECT_THAT(Warn({}), IsEmpty());
  MachineState state = WithGovernor("performance");
  state.turbo = true;
  state.huge_pages = "madvise";
  state.swap_used_bytes = 0;
  state.thermal_throttles = 1000;
  state.recent_thermal_throttles = 0;
  state.recent_throttled_periods = 0;
  state.foreign_cpus = 0.01;
  state.stolen_cpus = 0.01;
  EXPECT_THAT(Warn(state), IsEmpty());
  state.huge_pages = "always";
  EXPECT_THAT(Warn(state), IsEmpty());
}

TEST(StateWarningsTest, LoadOfOthersAboveFivePercentOfTheUsableCores) {
  MachineState state;
  state.foreign_cpus = 0.19;
  state.stolen_cpus = 0.19;
  EXPECT_THAT(StateWarnings(state, 4), IsEmpty());
  state.foreign_cpus = 0.21;
  EXPECT_THAT(StateWarnings(state, 4),
              ElementsAre(AllOf(HasSubstr("0.21 CPUs"), HasSubstr("4 usable"),
                                HasSubstr("close them"))));
  EXPECT_THAT(StateWarnings(state, 8), IsEmpty());
  EXPECT_THAT(StateWarnings(state, 0).size(), 2U) << "counts as one core";
  state.foreign_cpus = 0;
  state.stolen_cpus = 1.5;
  EXPECT_THAT(StateWarnings(state, 4),
              ElementsAre(AllOf(HasSubstr("hypervisor"), HasSubstr("1.50"))));
}

TEST(StateWarningsTest, Governors) {
  for (const char* slow : {"powersave", "conservative", "ondemand"}) {
    EXPECT_THAT(Warn(WithGovernor(slow)),
                ElementsAre(AllOf(HasSubstr(slow), HasSubstr("cpupower"))));
  }
  for (const char* fine : {"performance", "schedutil", "userspace", "new"}) {
    EXPECT_THAT(Warn(WithGovernor(fine)), IsEmpty()) << fine;
  }
}

TEST(StateWarningsTest, PowersaveIsNormalWhereTheProcessorSetsTheClock) {
  for (const char* driver : {"intel_pstate", "amd-pstate-epp"}) {
    EXPECT_THAT(Warn(WithGovernor("powersave", driver, "balance_performance")),
                ElementsAre(HasSubstr("normal for " + std::string(driver))));
    EXPECT_THAT(Warn(WithGovernor("powersave", driver, "power")),
                ElementsAre(HasSubstr("energy preference `power`")));
    EXPECT_THAT(Warn(WithGovernor("powersave", driver, "performance")),
                IsEmpty());
    EXPECT_THAT(Warn(WithGovernor("performance", driver, "performance")),
                IsEmpty());
  }
  // The passive mode is a driver of another name, with the usual governors.
  EXPECT_THAT(Warn(WithGovernor("powersave", "intel_cpufreq")),
              ElementsAre(HasSubstr("at its lowest")));
}

TEST(StateWarningsTest, TurboOff) {
  MachineState state;
  state.turbo = false;
  EXPECT_THAT(Warn(state), ElementsAre(HasSubstr("base clock")));
}

TEST(StateWarningsTest, ThrottlingOnlyIfItGrew) {
  MachineState state;
  state.recent_thermal_throttles = 1;
  EXPECT_THAT(Warn(state), ElementsAre(HasSubstr("too hot 1 time just")));
  state.recent_thermal_throttles = 3;
  EXPECT_THAT(Warn(state), ElementsAre(HasSubstr("too hot 3 times just")));
  state.recent_thermal_throttles = 0;
  state.recent_throttled_periods = 7;
  EXPECT_THAT(Warn(state), ElementsAre(HasSubstr("ran out in 7 periods")));
}

TEST(StateWarningsTest, QuotaThatCanBind) {
  MachineState state;
  state.cpu_quota = 4.5;
  EXPECT_THAT(Warn(state), ElementsAre(HasSubstr("CPU quota 4.50")));
  state.cpu_quota = 0.5;
  EXPECT_THAT(Warn(state), ElementsAre(HasSubstr("CPU quota 0.50")));
  state.cpu_quota = 64;
  EXPECT_THAT(Warn(state), IsEmpty());
}

TEST(StateWarningsTest, SwapInUseAndHugePagesOff) {
  MachineState state;
  state.swap_used_bytes = std::uint64_t{10} << 20;
  EXPECT_THAT(Warn(state), IsEmpty()) << "little, and perhaps long ago";
  state.swap_used_bytes = std::uint64_t{300} << 20;
  EXPECT_THAT(Warn(state), ElementsAre(HasSubstr("300 MiB")));
  state.swap_used_bytes.reset();
  state.huge_pages = "never";
  EXPECT_THAT(Warn(state), ElementsAre(HasSubstr("madvise")));
}

TEST(StateWarningsTest, AllAtOnceAreShortSingleLines) {
  for (const char* driver : {"intel_pstate", "amd-pstate-epp", "other"}) {
    for (const char* preference : {"power", "balance_power"}) {
      MachineState state = WithGovernor("powersave", driver, preference);
      state.foreign_cpus = 256;
      state.stolen_cpus = 256;
      state.turbo = false;
      state.recent_thermal_throttles = 1000000;
      state.recent_throttled_periods = 1000000;
      state.cpu_quota = 128.5;
      state.swap_used_bytes = std::numeric_limits<std::uint64_t>::max() >> 20;
      state.huge_pages = "never";
      const std::vector<std::string> warnings = StateWarnings(state, 128);
      EXPECT_EQ(warnings.size(), 9U);
      for (const std::string& warning : warnings) {
        EXPECT_LE(warning.size(), 150U) << warning;
        EXPECT_EQ(warning.find('\n'), std::string::npos) << warning;
      }
    }
  }
}

}  // namespace
}  // namespace hybrid
