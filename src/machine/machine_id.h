#ifndef HYBRID_MACHINE_MACHINE_ID_H_
#define HYBRID_MACHINE_MACHINE_ID_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "machine/machine.h"

namespace hybrid {

/// What kind of machine this is, as result files say it. Two machines of the
/// same kind have the same: their names are left out.
struct MachineKind {
  /// The CPU's name, with its signature where there is one: `AMD EPYC (family
  /// 25, model 17, stepping 1)`. Empty: unknown.
  std::string cpu_model;
  int usable_cores = 1;
  std::uint64_t memory_bytes = 0;  ///< MemTotal, 0: unknown
  /// The operating system: `Debian GNU/Linux 12 (bookworm), Linux 6.1.0`.
  /// Empty: unknown.
  std::string os;
  /// The part of `os` that MachineId takes: `debian 12`. A kernel update must
  /// not start a new history, for it is one of the things whose effect the
  /// history is to show; so the kernel's release is left out, and point
  /// releases too.
  std::string os_release;
};

/// Reads the kind of `machine`. `root` stands before the paths /proc/meminfo
/// and /etc/os-release (tests lay files there).
MachineKind ReadMachineKind(const Machine& machine,
                            const std::string& root = "");

/// `amd-epyc-2c-24g-1f3a9c07`: CPU, usable cores and GiB of memory for people,
/// then FNV-1a of the exact CPU, cores, GiB, BLIS version and operating system.
/// Memory is rounded to GiB because the kernel's own part of it varies by some
/// MB. Only [a-z0-9-], so it can name a folder. An empty `blis_version` is
/// unknown.
std::string MachineId(const MachineKind& kind, std::string_view blis_version);

}  // namespace hybrid

#endif  // HYBRID_MACHINE_MACHINE_ID_H_
