#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "operation/operation.h"

namespace hybrid {
namespace {

const Operation& Gelsd() { return OperationNamed("gelsd"); }

TEST(GelsdTest, TakesFourEquationsForEachUnknown) {
  EXPECT_EQ(OperandDoubles(Gelsd(), 10), 400 + 40);
  EXPECT_EQ(Gelsd().product(10), 20U);
  EXPECT_TRUE(Gelsd().nominal);
  // 2mn² − 2n³/3 + 8n³/3 with m = 4n.
  EXPECT_EQ(Gelsd().flops(10), 10000);
}

// Four equations x = 1, 2, 3, 6: the mean, and ‖(1, 1, 1, 1)‖ = 2.
TEST(GelsdTest, CheckFindsAnErrorInTheFitAndInTheValues) {
  const std::vector<double> a{1, 1, 1, 1};
  const std::vector<double> b{1, 2, 3, 6};
  const std::vector<const double*> operands{a.data(), b.data()};
  std::vector<double> product{2, 3};
  const auto check = [&] {
    return Gelsd().check(1, operands, product.data(), 1);
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

}  // namespace
}  // namespace hybrid
