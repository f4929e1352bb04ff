#include "operation/layout.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace hybrid {
namespace {

TEST(LayoutTest, EachOperandAndTheProductHaveCacheLinesOfTheirOwn) {
  // Doubles of 7 × 7 matrices: 49, of which 8 share a line.
  const Layout layout = LayoutOf(OperationNamed("gemm"), {7});
  ASSERT_EQ(layout.operands.size(), 2U);
  EXPECT_EQ(layout.operands[0].offset, 0U);
  EXPECT_EQ(layout.operands[1].offset, 56U);
  EXPECT_EQ(layout.operands[0].numbers, 49U);
  EXPECT_EQ(layout.operands[1].numbers, 49U);
  EXPECT_EQ(layout.operands_stride, 112U);
  EXPECT_EQ(layout.product_numbers, 49U);
  EXPECT_EQ(layout.product_stride, 56U);
}

TEST(LayoutTest, WastesNoLine) {
  for (const std::uint64_t n : {4U, 64U}) {
    const Layout layout = LayoutOf(OperationNamed("gemm"), {n});
    EXPECT_EQ(layout.operands_stride, 2 * n * n);
    EXPECT_EQ(layout.product_stride, n * n);
  }
  EXPECT_EQ(LayoutOf(OperationNamed("gemm"), {1}).product_stride, 8U);
}

// Operands of several kinds and sizes, as an operation may have them.
TEST(LayoutTest, OperandsMayDiffer) {
  constexpr Operation::Operand kOperands[] = {
      {[](const Shape& shape) { return 4 * shape.n * shape.n; }},
      {[](const Shape& shape) { return shape.n; }}};
  Operation operation = OperationNamed("gemm");
  operation.operands = kOperands;
  operation.product = [](const Shape& shape) { return shape.n + 1; };
  const Layout layout = LayoutOf(operation, {3});
  EXPECT_EQ(layout.operands[1].offset, 40U);
  EXPECT_EQ(layout.operands[1].numbers, 3U);
  EXPECT_EQ(layout.operands_stride, 48U);
  EXPECT_EQ(layout.product_stride, 8U);
  EXPECT_EQ(layout.in_place, 0U);
  operation.in_place = true;
  EXPECT_EQ(LayoutOf(operation, {3}).in_place, 40U);
  EXPECT_EQ(LayoutOf(operation, {3}).operands_stride, 48U);
}

TEST(LayoutTest, TwiceAsManyFloatsShareALine) {
  const Layout layout = LayoutOf(OperationNamed("gemm"),
                                 {.n = 7, .precision = Precision::kSingle});
  EXPECT_EQ(layout.operands[1].offset, 64U);
  EXPECT_EQ(layout.operands_stride, 128U);
  EXPECT_EQ(layout.product_numbers, 49U);
  EXPECT_EQ(layout.product_stride, 64U);
}

TEST(LayoutTest, TallMatricesHaveMRows) {
  const Layout layout = LayoutOf(OperationNamed("gemm"), {.n = 8, .aspect = 3});
  EXPECT_EQ(layout.operands[0].numbers, 192U);
  EXPECT_EQ(layout.operands[1].numbers, 64U);
  EXPECT_EQ(layout.product_numbers, 192U);
}

TEST(LayoutTest, NothingTakesNoMemory) {
  const Layout layout = LayoutOf(OperationNamed("none"), {100});
  EXPECT_EQ(layout.operands_stride, 0U);
  EXPECT_EQ(layout.product_stride, 0U);
}

}  // namespace
}  // namespace hybrid
