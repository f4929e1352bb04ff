#include "machine/kernel_file.h"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>

#include "base/unique_fd.h"

namespace hybrid {

std::optional<std::string> ReadKernelFile(const std::string& path) {
  const UniqueFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid()) return std::nullopt;
  std::string text;
  std::array<char, 8192> part;
  for (;;) {
    const ssize_t size = read(file.get(), part.data(), part.size());
    if (size == 0) return text;
    if (size > 0) {
      text.append(part.data(), static_cast<std::size_t>(size));
    } else if (errno != EINTR) {
      return std::nullopt;
    }
  }
}

}  // namespace hybrid
