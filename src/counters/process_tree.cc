#include "counters/process_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/process_list.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

std::int64_t ReapedCpuNs(pid_t pid) {
  const auto reaped = ReadReapedCounters(pid);
  return reaped ? std::llround(reaped->cpu_s * 1e9) : 0;
}

/// What a process had more at its peak than it has now; 0 where the kernel
/// doesn't tell.
std::uint64_t GivenBackKib(pid_t pid, const std::string& root) {
  const std::string status =
      text_file::Read(fmt::format("{}/proc/{}/status", root, pid)).value_or("");
  const auto most = text_file::FindNumber<std::uint64_t>(status, "VmHWM");
  const auto now = text_file::FindNumber<std::uint64_t>(status, "VmRSS");
  return most && now && *most > *now ? *most - *now : 0;
}

std::optional<std::uint64_t> PeakBytes(pid_t pid, const std::string& root) {
  const auto text =
      text_file::Read(fmt::format("{}/proc/{}/smaps_rollup", root, pid));
  if (!text) return std::nullopt;
  const auto kib = text_file::FindNumber<std::uint64_t>(*text, "Pss");
  if (!kib) return std::nullopt;
  const auto of_files_kib =
      text_file::FindNumber<std::uint64_t>(*text, "Pss_File").value_or(0);
  return (*kib - std::min(*kib, of_files_kib) + GivenBackKib(pid, root)) * 1024;
}

}  // namespace

std::int64_t DescendantsCpuNs(pid_t pid) {
  // The time of one that is reaped moves to another while this reads.
  constexpr int kLooks = 4;
  std::vector<pid_t> processes = Descendants(pid);
  for (int look = 1;; ++look) {
    std::int64_t cpu_ns = ReapedCpuNs(pid);
    for (const pid_t process : processes) {
      cpu_ns += ProcessCpuNs(process).value_or(0) + ReapedCpuNs(process);
    }
    std::vector<pid_t> processes_now = Descendants(pid);
    if (processes_now == processes || look == kLooks) return cpu_ns;
    processes = std::move(processes_now);
  }
}

std::optional<std::int64_t> TreeCpuNs(pid_t pid) {
  const std::optional<std::int64_t> own_ns = ProcessCpuNs(pid);
  if (!own_ns) return std::nullopt;
  return *own_ns + DescendantsCpuNs(pid);
}

std::optional<ProcessCounters> ReadTreeCounters(pid_t pid) {
  std::optional<ProcessCounters> sum = ReadProcessCounters(pid);
  if (!sum) return std::nullopt;
  const auto add = [&sum](const std::optional<ProcessCounters>& share) {
    if (share) *sum += *share;
  };
  add(ReadReapedCounters(pid));
  for (const pid_t process : Descendants(pid)) {
    add(ReadProcessCounters(process));
    add(ReadReapedCounters(process));
  }
  if (const auto cpu_ns = TreeCpuNs(pid)) sum->cpu_s = NsToSeconds(*cpu_ns);
  return sum;
}

std::optional<std::uint64_t> TreePeakBytes(pid_t pid, const std::string& root) {
  std::optional<std::uint64_t> sum = PeakBytes(pid, root);
  if (!sum) return std::nullopt;
  for (const pid_t process : Descendants(pid, root)) {
    *sum += PeakBytes(process, root).value_or(0);
  }
  return sum;
}

}  // namespace hybrid
