#ifndef HYBRID_BASE_WRITE_FULLY_H_
#define HYBRID_BASE_WRITE_FULLY_H_

#include <string_view>

namespace hybrid {

/// Writes all of `text` to the descriptor `fd`, in as many writes as that
/// takes; waits where `fd` is one that does not. Returns 0, or the errno of the
/// write that failed: what came before it is written then.
int WriteFully(int fd, std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_BASE_WRITE_FULLY_H_
