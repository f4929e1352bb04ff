#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "operation/operation.h"

namespace hybrid {
namespace {

const Operation& Syevd() { return OperationNamed("syevd"); }

TEST(SyevdTest, MakesVectorsInPlaceAndValues) {
  EXPECT_EQ(OperandBytes(Syevd(), {10}), 8 * (100));
  EXPECT_EQ(Syevd().product({10}), 110U);
  EXPECT_TRUE(Syevd().in_place);
  EXPECT_TRUE(Syevd().nominal);
  EXPECT_EQ(Syevd().flops({3}), 90);
}

/// [1 2; 2 1]: (1, -1) and (1, 1) over √2, of -1 and 3.
class SyevdCheckTest : public ::testing::Test {
 protected:
  Verification Check() const {
    const std::vector<const double*> operands{a_.data()};
    return Syevd().check({2}, operands, product_.data(), 1);
  }

  const double half_ = std::sqrt(0.5);
  std::vector<double> a_{1, 2, 2, 1};
  std::vector<double> product_{half_, -half_, half_, half_, -1, 3};
};

TEST_F(SyevdCheckTest, FindsAnErrorInEachElementOfEachPart) {
  EXPECT_TRUE(Check().ok());
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

TEST_F(SyevdCheckTest, FindsValuesInAnotherOrder) {
  product_ = {half_, half_, half_, -half_, 3, -1};
  EXPECT_FALSE(Check().ok());
}

}  // namespace
}  // namespace hybrid
