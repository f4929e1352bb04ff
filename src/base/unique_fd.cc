#include "base/unique_fd.h"

#include <unistd.h>

namespace hybrid {

void UniqueFd::Close() {
  if (fd_ >= 0) close(std::exchange(fd_, -1));
}

}  // namespace hybrid
