#ifndef HYBRID_OPERATION_SHAPE_H_
#define HYBRID_OPERATION_SHAPE_H_

#include <cstdint>

#include "key/key.h"
#include "key/precision.h"

namespace hybrid {

/// What decides how large a task's matrices are, and what they hold.
struct Shape {
  std::uint64_t n = 0;
  std::uint64_t aspect = 1;
  Precision precision = Precision::kDouble;

  /// Rows of those that may be tall.
  std::uint64_t m() const { return aspect * n; }
};

/// That of the tasks of `key`.
inline Shape ShapeOf(const Key& key) {
  return {.n = key.n, .aspect = key.aspect, .precision = key.precision};
}

}  // namespace hybrid

#endif  // HYBRID_OPERATION_SHAPE_H_
