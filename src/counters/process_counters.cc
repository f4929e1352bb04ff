#include "counters/process_counters.h"

#include <fmt/format.h>
#include <time.h>
#include <unistd.h>

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/parse_number.h"
#include "base/process_list.h"
#include "base/text_file.h"
#include "counters/counter_growth.h"

namespace hybrid {
namespace {

using Count = std::uint64_t;

template <typename Number>
void Add(std::optional<Number>& sum, std::optional<Number> share) {
  if (share) sum = sum.value_or(Number{}) + *share;
}

// /proc/PID/task/TID/schedstat: ns on a CPU, ns waiting for one, number of
// times on a CPU.
struct SchedStat {
  Count cpu_ns = 0, run_delay_ns = 0, runs = 0;

  // A kernel that doesn't count writes zeros. So does one for a process that
  // has just been forked and has not run yet, of which nothing is known either.
  bool counted() const { return runs > 0; }
};

// Zeros where there is none.
SchedStat ReadSchedStat(const std::string& task) {
  const std::string text = text_file::Read(task + "/schedstat").value_or("");
  const std::vector<std::string_view> words = text_file::Words(text);
  if (words.size() != 3) return {};
  const auto cpu = ParseNumber<Count>(words[0]);
  const auto delay = ParseNumber<Count>(words[1]);
  const auto times = ParseNumber<Count>(words[2]);
  if (!cpu || !delay || !times) return {};
  return {*cpu, *delay, *times};
}

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

std::string ProcessFolder(pid_t pid, const std::string& root) {
  return fmt::format("{}/proc/{}", root, pid);
}

std::string TaskFolder(pid_t pid, pid_t tid, const std::string& root) {
  return fmt::format("{}/task/{}", ProcessFolder(pid, root), tid);
}

// Numbers of the fields of /proc/PID/stat, see proc(5).
struct StatFieldNumbers {
  std::size_t minor_faults, major_faults, user, system;
};
constexpr StatFieldNumbers kOfProcess{10, 12, 14, 15};
constexpr StatFieldNumbers kOfReaped{11, 13, 16, 17};

// What /proc/PID/stat tells of the process as a whole. Nothing if there is none
// or it is not of the form that proc(5) describes.
std::optional<ProcessCounters> ReadStat(pid_t pid, const std::string& root,
                                        const StatFieldNumbers& numbers) {
  const std::string text =
      text_file::Read(ProcessFolder(pid, root) + "/stat").value_or("");
  const std::vector<std::string_view> words = text_file::StatFields(text);
  const auto field = [&words](std::size_t number) -> std::optional<Count> {
    const std::size_t index = number - 3;
    if (index >= words.size()) return std::nullopt;
    return ParseNumber<Count>(words[index]);
  };
  const auto minor = field(numbers.minor_faults);
  const auto major = field(numbers.major_faults);
  const auto user = field(numbers.user), system = field(numbers.system);
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
  std::optional<ProcessCounters> counters = ReadStat(pid, root, kOfProcess);
  if (!counters) return std::nullopt;
  SchedStat times;
  for (const pid_t tid : ThreadsOf(pid, root)) {
    const std::string task = TaskFolder(pid, tid, root);
    // A thread that ends meanwhile is missing from the sums, no more.
    const SchedStat share = ReadSchedStat(task);
    times.cpu_ns += share.cpu_ns;
    times.run_delay_ns += share.run_delay_ns;
    times.runs += share.runs;
    AddSwitches(task, *counters);
    AddMigrations(task, *counters);
  }
  if (times.counted()) {
    counters->cpu_s = kSecondsPerNanosecond * static_cast<double>(times.cpu_ns);
    counters->run_delay_s =
        kSecondsPerNanosecond * static_cast<double>(times.run_delay_ns);
  }
  return counters;
}

std::optional<ProcessCounters> ReadReapedCounters(pid_t pid,
                                                  const std::string& root) {
  return ReadStat(pid, root, kOfReaped);
}

std::optional<std::int64_t> ProcessCpuNs(pid_t pid) {
  clockid_t clock = 0;
  timespec time{};
  if (clock_getcpuclockid(pid, &clock) != 0 ||
      clock_gettime(clock, &time) != 0) {
    return std::nullopt;
  }
  return std::int64_t{time.tv_sec} * 1000000000 + time.tv_nsec;
}

std::optional<std::int64_t> ThreadCpuNs(pid_t pid, pid_t tid,
                                        const std::string& root) {
  const SchedStat times = ReadSchedStat(TaskFolder(pid, tid, root));
  if (!times.counted()) return std::nullopt;
  return static_cast<std::int64_t>(times.cpu_ns);
}

ProcessCounters& operator+=(ProcessCounters& sum,
                            const ProcessCounters& share) {
  sum.cpu_s += share.cpu_s;
  Add(sum.run_delay_s, share.run_delay_s);
  Add(sum.voluntary_switches, share.voluntary_switches);
  Add(sum.involuntary_switches, share.involuntary_switches);
  Add(sum.migrations, share.migrations);
  sum.minor_faults += share.minor_faults;
  sum.major_faults += share.major_faults;
  return sum;
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
