#include "pool/liveness.h"

#include <fmt/format.h>
#include <time.h>

#include "base/text_file.h"

namespace hybrid {

void Liveness::Look(double waited_s) {
  const std::int64_t cpu_ns = ProcessCpuNs(pid_).value_or(cpu_ns_);
  idle_s_ = cpu_ns == cpu_ns_ ? idle_s_ + waited_s : 0;
  cpu_ns_ = cpu_ns;
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

std::string DescribeProcessState(pid_t pid) {
  const std::string text =
      text_file::Read(fmt::format("/proc/{}/stat", pid)).value_or("");
  const std::vector<std::string_view> fields = text_file::StatFields(text);
  if (fields.empty()) return "state unknown";
  const char state = fields.front().front();
  switch (state) {
    case 'T':
      return "stopped by a signal";
    case 't':
      return "stopped by a debugger";
    case 'S':
      return "asleep";
    case 'D':
      return "blocked in the kernel";
    case 'R':
      return "running";
    case 'Z':
      return "dead";
    default:
      return fmt::format("state {}", state);
  }
}

}  // namespace hybrid
