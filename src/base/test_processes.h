#ifndef HYBRID_BASE_TEST_PROCESSES_H_
#define HYBRID_BASE_TEST_PROCESSES_H_

#include <sys/wait.h>

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <iterator>

namespace hybrid {

/// For tests: neither running children nor zombies.
inline bool HasNoChildren() {
  return waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD;
}

/// For tests: how many descriptors this process has.
inline std::ptrdiff_t CountOpenFds() {
  const std::filesystem::directory_iterator fds("/proc/self/fd");
  return std::distance(begin(fds), end(fds));
}

}  // namespace hybrid

#endif  // HYBRID_BASE_TEST_PROCESSES_H_
