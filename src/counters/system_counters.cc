#include "counters/system_counters.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <set>
#include <string_view>
#include <utility>

#include "base/text_file.h"
#include "counters/counter_growth.h"
#include "machine/cgroup_directories.h"

namespace hybrid {
namespace {

using Count = std::uint64_t;

constexpr double kSecondsPerMicrosecond = 1e-6;
constexpr double kSecondsPerNanosecond = 1e-9;

void AddCpuTimes(const std::string& root, SystemCounters& counters) {
  const auto text = text_file::Read(root + "/proc/stat");
  if (!text) return;
  const auto line = text_file::FindField(*text, "cpu");
  if (!line) return;
  const std::vector<std::string_view> words = text_file::Words(*line);
  const double ticks_per_second = static_cast<double>(sysconf(_SC_CLK_TCK));
  const auto seconds = [&](std::size_t index) {
    if (index >= words.size()) return 0.0;
    return static_cast<double>(ParseNumber<Count>(words[index]).value_or(0)) /
           ticks_per_second;
  };
  // user nice system idle iowait irq softirq steal guest guest_nice
  counters.busy_s =
      seconds(0) + seconds(1) + seconds(2) + seconds(5) + seconds(6);
  counters.steal_s = seconds(7);
}

// `some avg10=0.00 avg60=0.00 avg300=0.00 total=12345`, in microseconds.
std::optional<double> PressureSeconds(const std::string& path) {
  constexpr std::string_view kTotal = "total=";
  const auto text = text_file::Read(path);
  if (!text) return std::nullopt;
  const auto line = text_file::FindField(*text, "some");
  if (!line) return std::nullopt;
  for (const std::string_view word : text_file::Words(*line)) {
    if (!word.starts_with(kTotal)) continue;
    const auto total = ParseNumber<Count>(word.substr(kTotal.size()));
    if (!total) return std::nullopt;
    return kSecondsPerMicrosecond * static_cast<double>(*total);
  }
  return std::nullopt;
}

// v2 counts in µs, v1 in ns.
std::optional<double> ThrottledSeconds(std::string_view cpu_stat) {
  if (const auto us =
          text_file::FindNumber<Count>(cpu_stat, "throttled_usec")) {
    return kSecondsPerMicrosecond * static_cast<double>(*us);
  }
  if (const auto ns =
          text_file::FindNumber<Count>(cpu_stat, "throttled_time")) {
    return kSecondsPerNanosecond * static_cast<double>(*ns);
  }
  return std::nullopt;
}

}  // namespace

SystemCounterReader::SystemCounterReader(const std::string& root)
    : root_(root) {
  const CgroupDirectories directories = FindCgroupDirectories(root);
  // A hierarchy may be mounted at several places: a group counts once.
  std::set<std::pair<dev_t, ino_t>> seen;
  for (const auto* list : {&directories.unified, &directories.v1_cpu}) {
    for (const std::string& directory : *list) {
      std::string file = directory + "/cpu.stat";
      struct stat status {};
      if (stat(file.c_str(), &status) != 0) continue;
      if (seen.emplace(status.st_dev, status.st_ino).second) {
        throttle_files_.push_back(std::move(file));
      }
    }
  }
}

// The sum over the groups, not their maximum: the difference of two maxima
// would miss what a group gains below an ancestor that was throttled more in
// the past. Little is counted twice, as a group spends no quota while its
// ancestor is held back.
void SystemCounterReader::AddThrottling(SystemCounters& counters) const {
  for (const std::string& file : throttle_files_) {
    const auto text = text_file::Read(file);
    if (!text) continue;
    if (const auto seconds = ThrottledSeconds(*text)) {
      counters.throttled_s = counters.throttled_s.value_or(0) + *seconds;
    }
    if (const auto periods =
            text_file::FindNumber<Count>(*text, "nr_throttled")) {
      counters.throttled_periods =
          counters.throttled_periods.value_or(0) + *periods;
    }
  }
}

SystemCounters SystemCounterReader::Read() const {
  SystemCounters counters;
  AddCpuTimes(root_, counters);
  counters.cpu_pressure_s = PressureSeconds(root_ + "/proc/pressure/cpu");
  AddThrottling(counters);
  return counters;
}

SystemCounters operator-(const SystemCounters& after,
                         const SystemCounters& before) {
  SystemCounters growth;
  growth.busy_s = Growth(after.busy_s, before.busy_s);
  growth.steal_s = Growth(after.steal_s, before.steal_s);
  growth.cpu_pressure_s = Growth(after.cpu_pressure_s, before.cpu_pressure_s);
  growth.throttled_s = Growth(after.throttled_s, before.throttled_s);
  growth.throttled_periods =
      Growth(after.throttled_periods, before.throttled_periods);
  return growth;
}

}  // namespace hybrid
