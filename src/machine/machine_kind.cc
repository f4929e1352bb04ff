#include "machine/machine_kind.h"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <optional>

#include "base/text_file.h"
#include "machine/meminfo.h"

namespace hybrid {
namespace {

/// The value of `key=value` in os-release(5), without the shell's quotes.
std::string OsReleaseField(std::string_view text, std::string_view key) {
  for (std::string_view line : text_file::Parts(text, '\n')) {
    if (!line.starts_with(key) || line.size() == key.size() ||
        line[key.size()] != '=') {
      continue;
    }
    line.remove_prefix(key.size() + 1);
    std::string value;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '"' || line[i] == '\'' || line[i] == '\r') continue;
      if (line[i] == '\\' && i + 1 < line.size()) ++i;
      value += line[i];
    }
    return value;
  }
  return {};
}

std::string KernelRelease() {
  utsname name{};
  if (uname(&name) != 0) return {};
  return fmt::format("{} {}", static_cast<const char*>(name.sysname),
                     static_cast<const char*>(name.release));
}

}  // namespace

MachineKind ReadMachineKind(const Machine& machine, const std::string& root) {
  MachineKind kind;
  kind.cpu_model = machine.topology.cpu_model;
  if (!kind.cpu_model.empty() && !machine.topology.cpu_signature.empty()) {
    kind.cpu_model += fmt::format(" ({})", machine.topology.cpu_signature);
  }
  kind.usable_cores = machine.usable_cores;
  kind.memory_bytes = ReadMeminfo("MemTotal", root).value_or(0);
  std::optional<std::string> text = text_file::Read(root + "/etc/os-release");
  if (!text) text = text_file::Read(root + "/usr/lib/os-release");
  const std::string name = OsReleaseField(text.value_or(""), "PRETTY_NAME");
  const std::string kernel = KernelRelease();
  kind.os = name.empty() || kernel.empty()
                ? name + kernel
                : fmt::format("{}, {}", name, kernel);
  return kind;
}

}  // namespace hybrid
