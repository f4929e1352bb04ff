#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "operation/buffer.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

const Operation& Potrf() { return OperationNamed("potrf"); }

TEST(PotrfTest, FlopsAreThoseOfLawn41) {
  // By hand: of each column a root, the divisions, and the triangle's updates.
  for (const std::uint64_t n : {1U, 2U, 64U, 1000U}) {
    double flops = 0;
    for (std::uint64_t j = 0; j < n; ++j) {
      const auto below = static_cast<double>(n - 1 - j);
      flops += 1 + below + below * (below + 1);
    }
    EXPECT_NEAR(Potrf().flops({n}), flops, 1e-9 * flops);
  }
}

TEST(PotrfTest, ItsOperandIsSymmetricAndDominatedByItsDiagonal) {
  constexpr std::uint64_t n = 50;
  const Buffer a(n * n);
  MakeOperand(Potrf(), {n}, 1, 2, 0, a.data());
  for (std::uint64_t i = 0; i < n; ++i) {
    for (std::uint64_t j = 0; j < n; ++j) {
      const double element = a.data()[j * n + i];
      EXPECT_EQ(element, a.data()[i * n + j]);
      EXPECT_GE(element, i == j ? n : 0);
      EXPECT_LT(element, i == j ? n + 1 : 1);
    }
  }
}

// [4 2; 2 5] = [2 0; 1 2] times its transpose.
TEST(PotrfTest, CheckLooksAtTheLowerTriangleAlone) {
  const std::vector<double> a{4, 2, 2, 5};
  const std::vector<const double*> operands{a.data()};
  std::vector<double> factor{2, 1, std::nan(""), 2};
  const auto check = [&] {
    return Potrf().check({2}, operands, factor.data(), 1);
  };
  EXPECT_EQ(check().worst_ratio, 0);
  for (const std::size_t written : {0U, 1U, 3U}) {
    const double right = factor[written];
    factor[written] *= 1 + 1e-12;
    EXPECT_FALSE(check().ok()) << written;
    factor[written] = right;
  }
}

}  // namespace
}  // namespace hybrid
