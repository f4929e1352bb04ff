// AddressSanitizer's hook, for its leak checker at a worker's end: that one
// dies of the threads of an OpenMP runtime that came by dlopen, whose
// thread-local storage it can't find. Without such threads it looks for leaks.

#ifdef __SANITIZE_ADDRESS__

#include <filesystem>
#include <iterator>
#include <system_error>

extern "C" int __lsan_is_turned_off();  // NOLINT(bugprone-reserved-identifier)

int __lsan_is_turned_off() {  // NOLINT(bugprone-reserved-identifier)
  std::error_code unknown;
  const std::filesystem::directory_iterator threads("/proc/self/task", unknown);
  return std::distance(begin(threads), end(threads)) > 1 ? 1 : 0;
}

#endif
