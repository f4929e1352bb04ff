#include "pool/liveness.h"

#include <fmt/format.h>

#include <utility>

#include "base/text_file.h"
#include "counters/process_counters.h"
#include "counters/process_tree.h"

namespace hybrid {

void Liveness::Look(double waited_s) {
  const std::int64_t cpu_ns = ProcessCpuNs(pid_).value_or(cpu_ns_);
  bool is_alive = std::exchange(cpu_ns_, cpu_ns) != cpu_ns && !is_agent_;
  // Who works itself need not be asked for its children, which takes longer.
  std::optional<std::int64_t> descendants_ns;
  if (!is_alive) {
    descendants_ns = DescendantsCpuNs(pid_);
    is_alive = descendants_ns_ && descendants_ns != descendants_ns_;
  }
  descendants_ns_ = descendants_ns;
  idle_s_ = is_alive ? 0 : idle_s_ + waited_s;
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
