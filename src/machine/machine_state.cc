#include "machine/machine_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/text_file.h"
#include "machine/meminfo.h"

namespace hybrid {
namespace {

constexpr std::string_view kCpus = "/sys/devices/system/cpu";

// The first word of a file, if it has one.
std::optional<std::string> ReadWord(const std::string& path) {
  const auto text = text_file::Read(path);
  if (!text) return std::nullopt;
  const std::vector<std::string_view> words = text_file::Words(*text);
  if (words.empty()) return std::nullopt;
  return std::string(words.front());
}

// A file of 0 or 1.
std::optional<bool> ReadSwitch(const std::string& path) {
  const auto word = ReadWord(path);
  if (word == "0") return false;
  if (word == "1") return true;
  return std::nullopt;
}

// How far a governor or an energy preference is from holding the clock up;
// both kinds have a last word `performance`, so one order serves both. Unknown
// words rank with those in the middle.
int Swiftness(std::string_view word) {
  if (word == "powersave" || word == "power") return 0;
  if (word == "conservative" || word == "balance_power") return 1;
  if (word == "ondemand") return 2;
  if (word == "performance") return 4;
  return 3;
}

void ReadFrequencyPolicy(const CpuList& cpus, const std::string& root,
                         MachineState& state) {
  int slowest_governor = 0;
  int slowest_preference = 0;
  for (const int cpu : cpus) {
    const std::string policy =
        fmt::format("{}{}/cpu{}/cpufreq/", root, kCpus, cpu);
    const auto governor = ReadWord(policy + "scaling_governor");
    if (!governor) continue;
    const auto preference = ReadWord(policy + "energy_performance_preference");
    const int swiftness = Swiftness(*governor);
    const int preferred = Swiftness(preference.value_or(""));
    if (!state.governor || swiftness < slowest_governor ||
        (swiftness == slowest_governor && preferred < slowest_preference)) {
      slowest_governor = swiftness;
      slowest_preference = preferred;
      state.governor = governor;
      state.energy_preference = preference;
      state.scaling_driver = ReadWord(policy + "scaling_driver");
    }
  }
}

std::optional<bool> ReadTurbo(const std::string& root) {
  const std::string cpus = root + std::string(kCpus);
  const auto no_turbo = ReadSwitch(cpus + "/intel_pstate/no_turbo");
  if (no_turbo) return !*no_turbo;
  return ReadSwitch(cpus + "/cpufreq/boost");
}

// `always [madvise] never`: the bracketed one.
std::optional<std::string> ReadChoice(const std::string& path) {
  const auto text = text_file::Read(path);
  if (!text) return std::nullopt;
  for (const std::string_view word : text_file::Words(*text)) {
    if (word.size() > 2 && word.front() == '[' && word.back() == ']') {
      return std::string(word.substr(1, word.size() - 2));
    }
  }
  return std::nullopt;
}

std::optional<std::uint64_t> ReadSwapUsed(const std::string& root) {
  const auto total = ReadMeminfo("SwapTotal", root);
  const auto free = ReadMeminfo("SwapFree", root);
  if (!total || !free) return std::nullopt;
  return *total - std::min(*total, *free);
}

std::optional<std::uint64_t> ReadThermalThrottles(const CpuList& cpus,
                                                  const std::string& root) {
  std::optional<std::uint64_t> sum;
  for (const int cpu : cpus) {
    const auto word = ReadWord(fmt::format(
        "{}{}/cpu{}/thermal_throttle/core_throttle_count", root, kCpus, cpu));
    const auto count = word ? ParseNumber<std::uint64_t>(*word) : std::nullopt;
    if (count) sum = sum.value_or(0) + *count;
  }
  return sum;
}

}  // namespace

MachineState ReadMachineState(const CpuList& cpus, const std::string& root) {
  MachineState state;
  ReadFrequencyPolicy(cpus, root, state);
  state.turbo = ReadTurbo(root);
  state.huge_pages =
      ReadChoice(root + "/sys/kernel/mm/transparent_hugepage/enabled");
  state.swap_used_bytes = ReadSwapUsed(root);
  state.thermal_throttles = ReadThermalThrottles(cpus, root);
  return state;
}

}  // namespace hybrid
