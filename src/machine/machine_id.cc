#include "machine/machine_id.h"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <array>
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

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// The words that tell CPUs apart: without marks, clock and signature.
std::string CpuSlug(std::string_view cpu_model) {
  constexpr std::size_t kLongest = 40;
  constexpr std::array<std::string_view, 5> kFillers = {"r", "tm", "c", "cpu",
                                                        "processor"};
  cpu_model = cpu_model.substr(0, cpu_model.find(" (family "));
  cpu_model = cpu_model.substr(0, cpu_model.find('@'));
  std::string slug;
  std::string word;
  const auto end_word = [&] {
    bool is_filler = word.empty();
    for (const std::string_view filler : kFillers) is_filler |= word == filler;
    if (!is_filler && slug.size() + word.size() < kLongest) {
      slug += slug.empty() ? word : fmt::format("-{}", word);
    }
    word.clear();
  };
  for (char c : cpu_model) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (IsAlphanumeric(c)) {
      word += c;
    } else {
      end_word();
    }
  }
  end_word();
  return slug.empty() ? "cpu" : slug;
}

/// FNV-1a, 32 bits (Fowler, Noll, Vo; RFC 9923).
std::uint32_t Fnv1a(std::string_view text) {
  std::uint32_t hash = 0x811C9DC5U;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
  }
  return hash;
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
  const std::string release = text.value_or("");
  const std::string name = OsReleaseField(release, "PRETTY_NAME");
  const std::string kernel = KernelRelease();
  kind.os = name.empty() || kernel.empty()
                ? name + kernel
                : fmt::format("{}, {}", name, kernel);
  kind.os_release = fmt::format("{} {}", OsReleaseField(release, "ID"),
                                OsReleaseField(release, "VERSION_ID"));
  return kind;
}

std::string MachineId(const MachineKind& kind, std::string_view blis_version) {
  const std::uint64_t gib =
      (kind.memory_bytes + (std::uint64_t{1} << 29)) >> 30;
  const std::string exact = fmt::format(
      "{}\n{}\n{}\n{}\n{}\n", kind.cpu_model, kind.usable_cores, gib,
      blis_version.empty() ? "unknown" : blis_version, kind.os_release);
  return fmt::format("{}-{}c-{}g-{:08x}", CpuSlug(kind.cpu_model),
                     kind.usable_cores, gib, Fnv1a(exact));
}

}  // namespace hybrid
