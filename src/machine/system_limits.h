#ifndef HYBRID_MACHINE_SYSTEM_LIMITS_H_
#define HYBRID_MACHINE_SYSTEM_LIMITS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hybrid {

/// What the system and the limits of this process (setrlimit(2)) leave to it
/// and its children. Absent: no limit, or nobody knows.
struct SystemLimits {
  /// Memory that programs may still take without swapping.
  std::optional<std::uint64_t> memory_available_bytes{};
  /// The most that one process may map: RLIMIT_AS or RLIMIT_DATA, the lesser.
  std::optional<std::uint64_t> process_bytes{};
  /// Processes and threads that may still be started: RLIMIT_NPROC less those
  /// that this user has. Nothing limits the superuser.
  std::optional<std::uint64_t> tasks_available{};
  /// What is known less well than it might be, a line each.
  std::vector<std::string> notes{};
};

/// Reads the limits. `root` stands before every path (tests lay files there).
SystemLimits ReadSystemLimits(const std::string& root = "");

}  // namespace hybrid

#endif  // HYBRID_MACHINE_SYSTEM_LIMITS_H_
