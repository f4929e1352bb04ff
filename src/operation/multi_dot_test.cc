#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "blas/test_blas.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

const Operation& MultiDot() { return OperationNamed("multi_dot"); }

TEST(MultiDotTest, TakesFourThinMatrices) {
  EXPECT_EQ(MultiDot().operands.size(), 4U);
  EXPECT_EQ(OperandBytes(MultiDot(), {64}), 8 * (4 * 64 * 8));
  EXPECT_EQ(OperandBytes(MultiDot(), {7}), 8 * (4 * 7));
  EXPECT_EQ(MultiDot().product({64}), 64U * 64);
}

TEST(MultiDotTest, MultipliesTheThinOnesFirst) {
  // B·C is k × k, A·(B·C) is n × k, and that times D.
  EXPECT_EQ(MultiDot().flops({64}),
            2 * (8 * 64 * 8 + 64 * 8 * 8 + 64 * 8 * 64));
  EXPECT_EQ(ScratchBytes(MultiDot(), {64}), 8 * (8 * 8 + 64 * 8));
  // Left to right: two products more that are n × n.
  EXPECT_LT(MultiDot().flops({64}), 2 * (3 * 64 * 8 * 64) / 2.0);
}

TEST(MultiDotTest, IsTheProductOfAllFour) {
  constexpr std::uint64_t n = 16;
  constexpr std::uint64_t k = 2;
  std::vector<std::vector<double>> factors;
  for (std::uint64_t f = 0; f < 4; ++f) {
    std::vector<double>& factor = factors.emplace_back(n * k);
    for (std::uint64_t i = 0; i < n * k; ++i) {
      factor[i] = static_cast<double>((i * 7 + f) % 5) - 1;
    }
  }
  // A·B and C·D, both n × n, in rows.
  std::vector<double> halves[2];
  for (const std::size_t half : {0U, 1U}) {
    halves[half].resize(n * n);
    for (std::uint64_t i = 0; i < n; ++i) {
      for (std::uint64_t j = 0; j < n; ++j) {
        for (std::uint64_t l = 0; l < k; ++l) {
          halves[half][i * n + j] +=
              factors[2 * half][i * k + l] * factors[2 * half + 1][l * n + j];
        }
      }
    }
  }
  std::vector<double*> operands;
  for (auto& factor : factors) operands.push_back(factor.data());
  std::vector<double> product(n * n);
  std::vector<double> scratch(MultiDot().scratch({n}));
  MultiDot().call.in_double(TestBlas().doubles(), {n},
                            {.operands = operands,
                             .product = product.data(),
                             .scratch = scratch,
                             .integers = nullptr});
  for (std::uint64_t i = 0; i < n; ++i) {
    for (std::uint64_t j = 0; j < n; ++j) {
      double sum = 0;
      for (std::uint64_t l = 0; l < n; ++l) {
        sum += halves[0][i * n + l] * halves[1][l * n + j];
      }
      EXPECT_EQ(product[i * n + j], sum);  // small integers are exact
    }
  }
}

}  // namespace
}  // namespace hybrid
