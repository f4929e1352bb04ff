#include "base/find_program.h"

#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <system_error>

namespace hybrid {

int WhyNotRun(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return EISDIR;
  return access(path.c_str(), X_OK) == 0 ? 0 : errno;
}

std::optional<std::string> FindInPath(std::string_view path,
                                      const std::string& name,
                                      const std::filesystem::path& folder) {
  for (bool more = true; more;) {
    const std::size_t colon = path.find(':');
    more = colon != std::string_view::npos;
    // An empty part is the working directory.
    const std::string_view part = path.substr(0, colon);
    const std::filesystem::path place =
        std::filesystem::path(part.empty() ? "." : part) / name;
    if (WhyNotRun(folder / place) == 0) return place.string();
    path.remove_prefix(more ? colon + 1 : path.size());
  }
  return std::nullopt;
}

}  // namespace hybrid
