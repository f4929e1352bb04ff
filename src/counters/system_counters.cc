#include "counters/system_counters.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <span>
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

/// What a line of /proc/stat counts, behind its name.
struct CpuTimes {
  Count busy = 0, steal = 0;  // in ticks

  void Add(std::span<const std::string_view> words) {
    const auto ticks = [&](std::size_t index) -> Count {
      if (index >= words.size()) return 0;
      return ParseNumber<Count>(words[index]).value_or(0);
    };
    // user nice system idle iowait irq softirq steal guest guest_nice
    busy += ticks(0) + ticks(1) + ticks(2) + ticks(5) + ticks(6);
    steal += ticks(7);
  }
};

/// The sum over `cpus`, or over all if there are none. Nothing where one is not
/// there: some containers number what they show anew.
std::optional<CpuTimes> FindCpuTimes(std::string_view text,
                                     const CpuList& cpus) {
  constexpr std::string_view kName = "cpu";
  CpuTimes times;
  std::size_t found = 0;
  for (const std::string_view line : text_file::Parts(text, '\n')) {
    if (!line.starts_with(kName)) break;  // the CPUs stand first
    const std::vector<std::string_view> words = text_file::Words(line);
    const std::string_view number = words.front().substr(kName.size());
    if (cpus.empty()) {
      if (!number.empty() || words.size() < 2) break;
      times.Add(std::span(words).subspan(1));
      return times;
    }
    const std::optional<int> cpu = ParseNumber<int>(number);
    if (!cpu || !std::binary_search(cpus.begin(), cpus.end(), *cpu)) continue;
    times.Add(std::span(words).subspan(1));
    ++found;
  }
  if (cpus.empty() || found < cpus.size()) return std::nullopt;
  return times;
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

SystemCounters& operator+=(SystemCounters& sum, const SystemCounters& share) {
  const auto add = [](auto& to, const auto& from) {
    if (to && from) {
      *to += *from;
    } else {
      to.reset();
    }
  };
  add(sum.busy_s, share.busy_s);
  add(sum.steal_s, share.steal_s);
  add(sum.cpu_pressure_s, share.cpu_pressure_s);
  add(sum.throttled_s, share.throttled_s);
  add(sum.throttled_periods, share.throttled_periods);
  return sum;
}

SystemCounterReader::SystemCounterReader(CpuList cpus, const std::string& root)
    : cpus_(std::move(cpus)), root_(root) {
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

void SystemCounterReader::AddCpuTimes(SystemCounters& counters) const {
  const auto text = text_file::Read(root_ + "/proc/stat");
  if (!text) return;
  std::optional<CpuTimes> times = FindCpuTimes(*text, cpus_);
  if (!times) times = FindCpuTimes(*text, {});
  if (!times) return;
  const auto ticks_per_second = static_cast<double>(sysconf(_SC_CLK_TCK));
  counters.busy_s = static_cast<double>(times->busy) / ticks_per_second;
  counters.steal_s = static_cast<double>(times->steal) / ticks_per_second;
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
  AddCpuTimes(counters);
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
