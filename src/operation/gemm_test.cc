#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "operation/operation.h"

namespace hybrid {
namespace {

TEST(GemmTest, TakesTwoMatricesAndDoes2nCubed) {
  const Operation& gemm = OperationNamed("gemm");
  EXPECT_EQ(gemm.operands.size(), 2U);
  EXPECT_EQ(OperandBytes(gemm, {10}), 8 * 200);
  EXPECT_EQ(gemm.product({10}), 100U);
  EXPECT_EQ(gemm.written({10}), 100U);
  EXPECT_EQ(gemm.flops({1000}), 2e9);
  EXPECT_EQ(gemm.flops({.n = 1000, .aspect = 3}), 6e9);
}

// [1 2; 3 4] × [5 6; 7 8]
TEST(GemmTest, CheckNamesTheRowThatIsOff) {
  const std::vector<double> a{1, 2, 3, 4};
  const std::vector<double> b{5, 6, 7, 8};
  const std::vector<const double*> operands{a.data(), b.data()};
  std::vector<double> product{19, 22, 43, 50};
  const auto check = [&] {
    return OperationNamed("gemm").check({2}, operands, product.data(), 1);
  };
  EXPECT_TRUE(check().ok());
  for (std::uint64_t index = 0; index < 4; ++index) {
    const double right = product[index];
    product[index] = right * (1 + 1e-14);
    EXPECT_FALSE(check().ok()) << index;
    EXPECT_EQ(check().worst_row, index / 2);
    product[index] = right;
  }
}

}  // namespace
}  // namespace hybrid
