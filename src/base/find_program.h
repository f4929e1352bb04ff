#ifndef HYBRID_BASE_FIND_PROGRAM_H_
#define HYBRID_BASE_FIND_PROGRAM_H_

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace hybrid {

/// Why the file at `path` can't be run, as errno has it; 0 if it can.
int WhyNotRun(const std::filesystem::path& path);

/// Where the first of the folders `path` (PATH's value) that has the program
/// `name` has it, seen from `folder`, as PATH's relative folders are; nothing
/// if none has.
std::optional<std::string> FindInPath(std::string_view path,
                                      const std::string& name,
                                      const std::filesystem::path& folder);

}  // namespace hybrid

#endif  // HYBRID_BASE_FIND_PROGRAM_H_
