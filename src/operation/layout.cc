#include "operation/layout.h"

namespace hybrid {
namespace {

constexpr std::size_t kLineBytes = 64;

std::size_t WholeLines(std::size_t numbers, Precision precision) {
  const std::size_t per_line = kLineBytes / BytesOf(precision);
  return (numbers + per_line - 1) / per_line * per_line;
}

}  // namespace

Layout LayoutOf(const Operation& operation, const Shape& shape) {
  Layout layout;
  for (const Operation::Operand& operand : operation.operands) {
    const std::size_t numbers = operand.numbers(shape);
    layout.operands.push_back({layout.operands_stride, numbers});
    layout.operands_stride += WholeLines(numbers, shape.precision);
    if (operation.in_place && layout.in_place == 0) {
      layout.in_place = layout.operands_stride;
    }
  }
  layout.product_numbers = operation.product(shape);
  layout.product_stride = WholeLines(layout.product_numbers, shape.precision);
  return layout;
}

}  // namespace hybrid
