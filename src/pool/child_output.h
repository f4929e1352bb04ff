#ifndef HYBRID_POOL_CHILD_OUTPUT_H_
#define HYBRID_POOL_CHILD_OUTPUT_H_

#include <string_view>

#include "protocol/shared_memory.h"

namespace hybrid {

/// Keeps the first 16 KiB that a child prints, which it may write at any time
/// without anybody reading.
class ChildOutput {
 public:
  /// Throws std::system_error.
  ChildOutput();

  /// For the child's stdout and stderr.
  int fd() const { return memory_.fd(); }
  /// What it has printed so far.
  std::string_view text() const;

 private:
  SharedMemory memory_;
};

}  // namespace hybrid

#endif  // HYBRID_POOL_CHILD_OUTPUT_H_
