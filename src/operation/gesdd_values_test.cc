#include <gtest/gtest.h>

#include <vector>

#include "operation/operation.h"

namespace hybrid {
namespace {

const Operation& Values() { return OperationNamed("gesdd_values"); }

TEST(GesddValuesTest, MakesAVectorAndLittleElse) {
  EXPECT_EQ(Values().product({10}), 10U);
  EXPECT_EQ(Values().lapack, "gesdd");
  EXPECT_EQ(Values().flops({3}), 72);
  // The QR factors first: 2mn² + 2n³.
  EXPECT_EQ(Values().flops({.n = 3, .aspect = 4}), 2 * 12 * 9 + 54);
  EXPECT_LT(ScratchBytes(Values(), {1000}), 8 * 1000 * 1000);
}

TEST(GesddValuesTest, CheckFindsAnErrorInEach) {
  const std::vector<double> a{0, 2, 3, 0};
  const std::vector<const double*> operands{a.data()};
  std::vector<double> values{3, 2};
  const auto check = [&] {
    return Values().check({2}, operands, values.data(), 1);
  };
  EXPECT_TRUE(check().ok());
  for (double& value : values) {
    const double right = value;
    for (const double factor : {1 + 1e-12, 1 - 1e-12}) {
      value = right * factor;
      EXPECT_FALSE(check().ok());
    }
    value = right;
  }
}

}  // namespace
}  // namespace hybrid
