#include "operation/layout.h"

namespace hybrid {
namespace {

std::size_t WholeLines(std::size_t doubles) {
  constexpr std::size_t kPerLine = 64 / sizeof(double);
  return (doubles + kPerLine - 1) / kPerLine * kPerLine;
}

}  // namespace

Layout LayoutOf(const Operation& operation, std::uint64_t n) {
  Layout layout;
  for (const Operation::Operand& operand : operation.operands) {
    const std::size_t doubles = operand.doubles(n);
    layout.operands.push_back({layout.operands_stride, doubles});
    layout.operands_stride += WholeLines(doubles);
    if (operation.in_place && layout.in_place == 0) {
      layout.in_place = layout.operands_stride;
    }
  }
  layout.product_doubles = operation.product(n);
  layout.product_stride = WholeLines(layout.product_doubles);
  return layout;
}

}  // namespace hybrid
