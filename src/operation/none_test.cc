#include <gtest/gtest.h>

#include "operation/operation.h"

namespace hybrid {
namespace {

TEST(NoneTest, ComputesNothingOutOfNothing) {
  const Operation& none = OperationNamed("none");
  EXPECT_FALSE(none.computes());
  EXPECT_TRUE(none.operands.empty());
  EXPECT_EQ(none.product({1000}), 0U);
  EXPECT_EQ(none.flops({1000}), 0);
  EXPECT_EQ(OperandBytes(none, {1000}), 0);
}

}  // namespace
}  // namespace hybrid
