#include "machine/state_warnings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace hybrid {
namespace {

// Less than this share of the cores is the noise of any running system.
constexpr double kNoticeableShare = 0.05;
// A little that was swapped out long ago costs nothing.
constexpr double kNoticeableSwapMib = 64;

using Warning = std::optional<std::string>;

Warning ForeignLoad(const MachineState& state, int usable_cores) {
  const double foreign = state.foreign_cpus.value_or(0);
  if (foreign <= kNoticeableShare * usable_cores) return std::nullopt;
  return fmt::format(
      "other programs use {:.2f} CPUs ({} usable cores): times get longer and "
      "noisier; close them (top shows which)",
      foreign, usable_cores);
}

Warning StolenTime(const MachineState& state, int usable_cores) {
  const double stolen = state.stolen_cpus.value_or(0);
  if (stolen <= kNoticeableShare * usable_cores) return std::nullopt;
  return fmt::format(
      "the hypervisor takes {:.2f} CPUs away ({} usable cores): times get "
      "noisier; measure later or on dedicated cores",
      stolen, usable_cores);
}

Warning Governor(const MachineState& state) {
  constexpr std::string_view kRemedy = "cpupower frequency-set -g performance";
  if (!state.governor) return std::nullopt;
  const std::string& governor = *state.governor;
  const std::string driver = state.scaling_driver.value_or("");
  // These drivers leave the clock to the processor, and their `powersave` is
  // what others call ondemand or better.
  const bool autonomous =
      driver == "intel_pstate" || driver == "amd-pstate-epp";
  if (autonomous && governor == "powersave") {
    const std::string preference = state.energy_preference.value_or("");
    if (preference == "performance") return std::nullopt;
    if (preference == "power") {
      return fmt::format(
          "the energy preference `power` of {} holds the clock down: figures "
          "come out low; {}",
          driver, kRemedy);
    }
    return fmt::format(
        "governor powersave is normal for {}, but the clock rises late in "
        "short "
        "batches; steadier: {}",
        driver, kRemedy);
  }
  if (governor == "powersave") {
    return fmt::format(
        "governor powersave keeps the clock at its lowest: figures come out "
        "low; "
        "{}",
        kRemedy);
  }
  if (governor == "conservative" || governor == "ondemand") {
    return fmt::format(
        "governor {} raises the clock late: short batches come out slow and "
        "noisy; {}",
        governor, kRemedy);
  }
  return std::nullopt;
}

Warning Turbo(const MachineState& state) {
  if (state.turbo.value_or(true)) return std::nullopt;
  return "turbo is off: figures are those of the base clock; if that is not "
         "wanted, switch it on (firmware, or /sys/devices/system/cpu)";
}

Warning Heat(const MachineState& state) {
  const std::uint64_t times = state.recent_thermal_throttles.value_or(0);
  if (times == 0) return std::nullopt;
  return fmt::format(
      "CPUs were too hot {} just now and lowered their clock: figures drift; "
      "let them cool down, improve the cooling",
      Counted(times, "time"));
}

Warning Throttling(const MachineState& state) {
  const std::uint64_t periods = state.recent_throttled_periods.value_or(0);
  if (periods == 0) return std::nullopt;
  return fmt::format(
      "the CPU quota ran out in {} just now: everything here stood still; stop "
      "what runs beside this, or raise the quota",
      Counted(periods, "period"));
}

Warning Quota(const MachineState& state, int usable_cores) {
  // From here on the quota leaves room for one CPU more than will be used.
  if (!state.cpu_quota || *state.cpu_quota >= usable_cores + 1) {
    return std::nullopt;
  }
  return fmt::format(
      "CPU quota {:.2f}: splits that need more are held back in bursts, which "
      "shows as noise; better a cpuset (docker --cpuset-cpus)",
      *state.cpu_quota);
}

Warning Swap(const MachineState& state) {
  constexpr double kBytesPerMib = 1024.0 * 1024.0;
  const double mib =
      static_cast<double>(state.swap_used_bytes.value_or(0)) / kBytesPerMib;
  if (mib < kNoticeableSwapMib) return std::nullopt;
  return fmt::format(
      "{:.0f} MiB are swapped out: if memory is still short, times are those "
      "of "
      "the disk; close programs or measure smaller n",
      mib);
}

Warning HugePages(const MachineState& state) {
  if (state.huge_pages != "never") return std::nullopt;
  return "transparent huge pages are off (never): large matrices pay for TLB "
         "misses; echo madvise > /sys/kernel/mm/transparent_hugepage/enabled";
}

}  // namespace

std::vector<std::string> StateWarnings(const MachineState& state,
                                       int usable_cores) {
  const int cores = std::max(usable_cores, 1);
  std::vector<std::string> warnings;
  for (const Warning& warning :
       {ForeignLoad(state, cores), StolenTime(state, cores), Governor(state),
        Turbo(state), Heat(state), Throttling(state), Quota(state, cores),
        Swap(state), HugePages(state)}) {
    if (warning) warnings.push_back(*warning);
  }
  return warnings;
}

}  // namespace hybrid
