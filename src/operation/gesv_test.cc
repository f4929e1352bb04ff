#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "operation/operation.h"

namespace hybrid {
namespace {

const Operation& Gesv() { return OperationNamed("gesv"); }

TEST(GesvTest, FlopsAreThoseOfLawn41) {
  // By hand: of each column a reciprocal, the multiplications by it and the
  // updates of the rest, and a multiplication and an addition for each element
  // of the two triangles but for one division on the diagonal of the upper one.
  for (const std::uint64_t n : {1U, 2U, 64U, 1000U}) {
    double flops = 0;
    for (std::uint64_t j = 0; j < n; ++j) {
      const auto below = static_cast<double>(n - 1 - j);
      flops += 1 + below + 2 * below * below;
      flops += 2 * below + 2 * below + 1;
    }
    EXPECT_NEAR(Gesv().flops({n}), flops, 1e-9 * flops);
  }
}

// [1 3; 2 4] in columns, times (5, 6).
TEST(GesvTest, CheckFindsAnErrorInAnyUnknown) {
  const std::vector<double> a{1, 3, 2, 4};
  const std::vector<double> b{17, 39};
  const std::vector<const double*> operands{a.data(), b.data()};
  std::vector<double> x{5, 6};
  const auto check = [&] { return Gesv().check({2}, operands, x.data(), 1); };
  EXPECT_EQ(check().worst_ratio, 0);
  for (double& unknown : x) {
    const double right = unknown;
    unknown *= 1 + 1e-13;
    EXPECT_FALSE(check().ok());
    EXPECT_EQ(check().worst_row, 1U);
    unknown = right;
  }
}

}  // namespace
}  // namespace hybrid
