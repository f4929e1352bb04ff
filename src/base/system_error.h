#ifndef HYBRID_BASE_SYSTEM_ERROR_H_
#define HYBRID_BASE_SYSTEM_ERROR_H_

#include <cerrno>
#include <string>
#include <system_error>

namespace hybrid {

/// Throws std::system_error "CONTEXT: cause" for `error`, an errno.
[[noreturn]] inline void ThrowSystemError(const std::string& context,
                                          int error = errno) {
  throw std::system_error(error, std::generic_category(), context);
}

}  // namespace hybrid

#endif  // HYBRID_BASE_SYSTEM_ERROR_H_
