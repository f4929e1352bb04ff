#ifndef HYBRID_OPERATION_LAYOUT_H_
#define HYBRID_OPERATION_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "operation/operation.h"

namespace hybrid {

/// Where an operation's data lie, counted in numbers of its precision: a task's
/// operands side by side, each of them and the product on cache lines of its
/// own.
struct Layout {
  struct Operand {
    std::size_t offset = 0;  ///< from the task's first operand
    std::size_t numbers = 0;
  };

  std::vector<Operand> operands;
  std::size_t operands_stride =
      0;  ///< from a task's operands to the next one's
  /// Of operands_stride the first ones, which a call finds in the product's
  /// place.
  std::size_t in_place = 0;
  std::size_t product_numbers = 0;
  std::size_t product_stride = 0;  ///< from a task's product to the next one's
};

/// Where the data of `operation` lie.
Layout LayoutOf(const Operation& operation, const Shape& shape);

}  // namespace hybrid

#endif  // HYBRID_OPERATION_LAYOUT_H_
