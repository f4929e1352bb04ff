#ifndef HYBRID_MACHINE_MACHINE_KIND_H_
#define HYBRID_MACHINE_MACHINE_KIND_H_

#include <cstdint>
#include <string>

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
};

/// Reads the kind of `machine`. `root` stands before the paths /proc/meminfo
/// and /etc/os-release (tests lay files there).
MachineKind ReadMachineKind(const Machine& machine,
                            const std::string& root = "");

}  // namespace hybrid

#endif  // HYBRID_MACHINE_MACHINE_KIND_H_
