#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "operation/operation.h"

namespace hybrid {
namespace {

const Operation& Gesdd() { return OperationNamed("gesdd"); }

TEST(GesddTest, MakesTwoMatricesAndAVector) {
  EXPECT_EQ(OperandBytes(Gesdd(), {10}), 8 * (100));
  EXPECT_EQ(Gesdd().product({10}), 210U);
  EXPECT_TRUE(Gesdd().nominal);
  EXPECT_EQ(Gesdd().flops({3}), 180);
  // U is as tall as the matrix.
  EXPECT_EQ(Gesdd().product({.n = 10, .aspect = 2}), 200U + 100U + 10U);
  EXPECT_EQ(Gesdd().flops({.n = 3, .aspect = 2}), 8 * 6 * 9 - 36);
}

/// [0 3; 2 0] in rows is the identity's other columns, 3 and 2, the identity.
class GesddCheckTest : public ::testing::Test {
 protected:
  Verification Check() const {
    const std::vector<const double*> operands{a_.data()};
    return Gesdd().check({2}, operands, product_.data(), 1);
  }

  std::vector<double> a_{0, 2, 3, 0};
  std::vector<double> product_{1, 0, 0, 1,  // U
                               0, 1, 1, 0,  // Vᵀ
                               3, 2};
};

TEST_F(GesddCheckTest, FindsAnErrorInEachElementOfEachPart) {
  EXPECT_EQ(Check().worst_ratio, 0);
  for (double& element : product_) {
    const double right = element;
    for (const double error : {1e-12, -1e-12}) {
      element = right + error;
      EXPECT_FALSE(Check().ok());
    }
    element = std::nan("");
    EXPECT_FALSE(Check().ok());
    element = right;
  }
}

TEST_F(GesddCheckTest, FindsValuesInAnotherOrderOrOfAnotherSign) {
  product_ = {0, 1, 1, 0, 1, 0, 0, 1, 2, 3};
  EXPECT_FALSE(Check().ok());
  product_ = {1, 0, 0, -1, 0, 1, 1, 0, 3, -2};
  EXPECT_FALSE(Check().ok());
}

// What is multiplied is right, but U is not orthogonal.
TEST_F(GesddCheckTest, FindsVectorsThatAreLongerThan1) {
  product_ = {2, 0, 0, 1, 0, 1, 1, 0, 1.5, 2};
  product_[8] = 1.5;
  EXPECT_FALSE(Check().ok());
}

}  // namespace
}  // namespace hybrid
