#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "operation/operation.h"

namespace hybrid {
namespace {

const Operation& Syrk() { return OperationNamed("syrk"); }

TEST(SyrkTest, FlopsAreThoseOfLawn41) {
  // k n(n+1)/2 multiplications and as many additions, k = n.
  for (const std::uint64_t n : {1U, 2U, 64U, 1000U}) {
    EXPECT_EQ(Syrk().flops({n}),
              2.0 * static_cast<double>(n * n * (n + 1) / 2));
  }
}

TEST(SyrkTest, TakesOneMatrixAndWritesOneTriangle) {
  EXPECT_EQ(Syrk().operands.size(), 1U);
  EXPECT_EQ(OperandBytes(Syrk(), {10}), 8 * (100));
  EXPECT_EQ(Syrk().product({10}), 100U);
  EXPECT_EQ(Syrk().written({10}), 55U);
  // n × m, of which the product has as many elements as ever.
  EXPECT_EQ(OperandBytes(Syrk(), {.n = 10, .aspect = 3}), 8 * 300);
  EXPECT_EQ(Syrk().product({.n = 10, .aspect = 3}), 100U);
  EXPECT_EQ(Syrk().flops({.n = 10, .aspect = 3}), 30 * 10 * 11);
}

/// [1 2 3; 4 5 6; 7 8 9] times its transpose.
class SyrkCheckTest : public ::testing::Test {
 protected:
  Verification Check() const {
    const std::vector<const double*> operands{a_.data()};
    return Syrk().check({3}, operands, product_.data(), 1);
  }

  std::vector<double> a_{1, 2, 3, 4, 5, 6, 7, 8, 9};
  std::vector<double> product_{14, 32, 50, 0, 77, 122, 0, 0, 194};
};

TEST_F(SyrkCheckTest, LooksAtTheUpperTriangleAlone) {
  EXPECT_EQ(Check().worst_ratio, 0);
  for (const std::size_t below : {3U, 6U, 7U}) product_[below] = std::nan("");
  EXPECT_EQ(Check().worst_ratio, 0);
}

TEST_F(SyrkCheckTest, FindsAnErrorInTheRowOrTheColumnOfItsElement) {
  for (std::uint64_t row = 0; row < 3; ++row) {
    for (std::uint64_t column = row; column < 3; ++column) {
      double& element = product_[row * 3 + column];
      const double right = element;
      element = right * (1 + 1e-6);
      const Verification result = Check();
      EXPECT_FALSE(result.ok());
      EXPECT_TRUE(result.worst_row == row || result.worst_row == column);
      element = right;
    }
  }
}

TEST_F(SyrkCheckTest, FindsTheTransposeTimesTheMatrix) {
  product_ = {66, 78, 90, 0, 93, 108, 0, 0, 126};
  EXPECT_FALSE(Check().ok());
}

TEST_F(SyrkCheckTest, FindsTheLowerTriangleInsteadOfTheUpper) {
  product_ = {14, 0, 0, 32, 77, 0, 50, 122, 194};
  EXPECT_FALSE(Check().ok());
}

}  // namespace
}  // namespace hybrid
