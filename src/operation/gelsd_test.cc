#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "operation/operation.h"

namespace hybrid {
namespace {

const Operation& Gelsd() { return OperationNamed("gelsd"); }

TEST(GelsdTest, TakesFourEquationsForEachUnknownUnlessToldOtherwise) {
  EXPECT_EQ(UsualAspect(Gelsd()), 4U);
  EXPECT_EQ(OperandBytes(Gelsd(), {.n = 10, .aspect = 2}), 8 * (200 + 20));
  // Of a square matrix no QR factors are made.
  EXPECT_NEAR(Gelsd().flops({.n = 30}), 8 * 27000 / 3.0, 1e-6);
  EXPECT_EQ(OperandBytes(Gelsd(), {.n = 10, .aspect = 4}), 8 * (400 + 40));
  EXPECT_EQ(Gelsd().product({.n = 10, .aspect = 4}), 20U);
  EXPECT_TRUE(Gelsd().nominal);
  // 2mn² − 2n³/3 + 8n³/3 with m = 4n.
  EXPECT_EQ(Gelsd().flops({.n = 10, .aspect = 4}), 10000);
}

// Four equations x = 1, 2, 3, 6: the mean, and ‖(1, 1, 1, 1)‖ = 2.
TEST(GelsdTest, CheckFindsAnErrorInTheFitAndInTheValues) {
  const std::vector<double> a{1, 1, 1, 1};
  const std::vector<double> b{1, 2, 3, 6};
  const std::vector<const double*> operands{a.data(), b.data()};
  std::vector<double> product{2, 3};
  const auto check = [&] {
    return Gelsd().check({.n = 1, .aspect = 4}, operands, product.data(), 1);
  };
  EXPECT_TRUE(check().ok());
  for (double& element : product) {
    const double right = element;
    for (const double factor : {1 + 1e-12, 1 - 1e-12, std::nan("")}) {
      element = right * factor;
      EXPECT_FALSE(check().ok());
    }
    element = right;
  }
}

// Two equations x = 1 and 2·y = 6, of which nothing is left.
TEST(GelsdTest, CheckFindsAnErrorInTheSolutionOfSquareEquations) {
  const std::vector<double> a{1, 0, 0, 2};
  const std::vector<double> b{1, 6};
  const std::vector<const double*> operands{a.data(), b.data()};
  std::vector<double> product{2, 1, 1, 3};
  const auto check = [&] {
    return Gelsd().check({2}, operands, product.data(), 1);
  };
  EXPECT_EQ(check().worst_ratio, 0);
  for (double& element : product) {
    const double right = element;
    for (const double factor : {1 + 1e-12, 1 - 1e-12, std::nan("")}) {
      element = right * factor;
      EXPECT_FALSE(check().ok());
    }
    element = right;
  }
}

}  // namespace
}  // namespace hybrid
