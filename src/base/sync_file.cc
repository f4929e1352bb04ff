#include "base/sync_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "base/unique_fd.h"

namespace hybrid {

int SyncFile(int fd) {
  while (fdatasync(fd) != 0) {
    if (errno == EINVAL || errno == EROFS) return 0;  // a pipe, a device
    if (errno != EINTR) return errno;
  }
  return 0;
}

void SyncName(const std::string& path) {
  const std::filesystem::path folder =
      std::filesystem::path(path).parent_path();
  const UniqueFd opened(open(folder.empty() ? "." : folder.c_str(),
                             O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.valid()) fsync(opened.get());
}

}  // namespace hybrid
