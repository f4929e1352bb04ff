#ifndef HYBRID_MACHINE_MEMINFO_H_
#define HYBRID_MACHINE_MEMINFO_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hybrid {

/// What `field` of /proc/meminfo says, in bytes; nothing where it says nothing.
/// `root` stands before the path (tests lay a file there).
std::optional<std::uint64_t> ReadMeminfo(std::string_view field,
                                         const std::string& root = "");

}  // namespace hybrid

#endif  // HYBRID_MACHINE_MEMINFO_H_
