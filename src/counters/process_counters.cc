#include "counters/process_counters.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/text_file.h"
#include "counters/counter_growth.h"

namespace hybrid {
namespace {

using Count = std::uint64_t;

template <typename Number>
void Add(std::optional<Number>& sum, std::optional<Number> share) {
  if (share) sum = sum.value_or(Number{}) + *share;
}

// The sums of /proc/PID/task/TID/schedstat: ns on a CPU, ns waiting for one,
// number of times on a CPU.
struct SchedStat {
  Count cpu_ns = 0, run_delay_ns = 0, runs = 0;

  void AddThread(const std::string& task) {
    const auto text = text_file::Read(task + "/schedstat");
    if (!text) return;
    const std::vector<std::string_view> words = text_file::Words(*text);
    if (words.size() != 3) return;
    const auto cpu = ParseNumber<Count>(words[0]);
    const auto delay = ParseNumber<Count>(words[1]);
    const auto times = ParseNumber<Count>(words[2]);
    if (!cpu || !delay || !times) return;
    cpu_ns += *cpu;
    run_delay_ns += *delay;
    runs += *times;
  }

  // A kernel that doesn't count writes zeros. So does one for a process that
  // has just been forked and has not run yet, of which nothing is known either.
  bool counted() const { return runs > 0; }
};

void AddSwitches(const std::string& task, ProcessCounters& counters) {
  const auto text = text_file::Read(task + "/status");
  if (!text) return;
  Add(counters.voluntary_switches,
      text_file::FindNumber<Count>(*text, "voluntary_ctxt_switches"));
  Add(counters.involuntary_switches,
      text_file::FindNumber<Count>(*text, "nonvoluntary_ctxt_switches"));
}

void AddMigrations(const std::string& task, ProcessCounters& counters) {
  const auto text = text_file::Read(task + "/sched");
  if (!text) return;
  auto migrations = text_file::FindNumber<Count>(*text, "se.nr_migrations");
  if (!migrations)
    migrations = text_file::FindNumber<Count>(*text, "nr_migrations");
  Add(counters.migrations, migrations);
}

// What /proc/PID/stat tells of the process as a whole. Nothing if it is not of
// the form that proc(5) describes.
std::optional<ProcessCounters> ParseStat(std::string_view text) {
  const std::vector<std::string_view> words = text_file::StatFields(text);
  const auto field = [&words](std::size_t number) -> std::optional<Count> {
    const std::size_t index = number - 3;
    if (index >= words.size()) return std::nullopt;
    return ParseNumber<Count>(words[index]);
  };
  const auto minor = field(10), major = field(12);
  const auto user = field(14), system = field(15);
  if (!minor || !major || !user || !system) return std::nullopt;
  ProcessCounters counters;
  counters.minor_faults = *minor;
  counters.major_faults = *major;
  counters.cpu_s = static_cast<double>(*user + *system) /
                   static_cast<double>(sysconf(_SC_CLK_TCK));
  return counters;
}

}  // namespace

std::optional<ProcessCounters> ReadProcessCounters(pid_t pid,
                                                   const std::string& root) {
  constexpr double kSecondsPerNanosecond = 1e-9;
  const std::string process = fmt::format("{}/proc/{}", root, pid);
  const auto stat = text_file::Read(process + "/stat");
  if (!stat) return std::nullopt;
  std::optional<ProcessCounters> counters = ParseStat(*stat);
  if (!counters) return std::nullopt;

  SchedStat times;
  std::error_code error;
  std::filesystem::directory_iterator task(process + "/task", error);
  while (!error && task != std::filesystem::directory_iterator()) {
    const std::string directory = task->path().string();
    // A thread that ends meanwhile is missing from the sums, no more.
    times.AddThread(directory);
    AddSwitches(directory, *counters);
    AddMigrations(directory, *counters);
    task.increment(error);
  }
  if (times.counted()) {
    counters->cpu_s = kSecondsPerNanosecond * static_cast<double>(times.cpu_ns);
    counters->run_delay_s =
        kSecondsPerNanosecond * static_cast<double>(times.run_delay_ns);
  }
  return counters;
}

ProcessCounters operator-(const ProcessCounters& after,
                          const ProcessCounters& before) {
  ProcessCounters growth;
  growth.cpu_s = Growth(after.cpu_s, before.cpu_s);
  growth.run_delay_s = Growth(after.run_delay_s, before.run_delay_s);
  growth.voluntary_switches =
      Growth(after.voluntary_switches, before.voluntary_switches);
  growth.involuntary_switches =
      Growth(after.involuntary_switches, before.involuntary_switches);
  growth.migrations = Growth(after.migrations, before.migrations);
  growth.minor_faults = Growth(after.minor_faults, before.minor_faults);
  growth.major_faults = Growth(after.major_faults, before.major_faults);
  return growth;
}

}  // namespace hybrid
