#include "operation/verification.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace hybrid {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

const std::vector<double> kMatrix{1, -2, 3, 4};  // in rows

TEST(SumsTest, MultipliesRowsAndAddsUpSizes) {
  const Sums y = Multiply(2, kMatrix.data(), {{1, -1}, {10, 100}});
  EXPECT_THAT(y.values, ElementsAre(3, -1));
  EXPECT_THAT(y.sizes, ElementsAre(210, 430));
}

TEST(SumsTest, MultipliesColumnsAndAddsUpSizes) {
  const Sums y = MultiplyTransposed(2, kMatrix.data(), {{1, -1}, {10, 100}});
  EXPECT_THAT(y.values, ElementsAre(-2, -6));
  EXPECT_THAT(y.sizes, ElementsAre(310, 420));
}

std::vector<std::vector<double>> SignsOf(std::uint64_t n, std::uint64_t seed) {
  std::vector<std::vector<double>> rounds;
  FreivaldsCheck(n, {n, 3 * n}, Precision::kDouble, seed,
                 [&](const Sums& signs) {
                   EXPECT_THAT(signs.sizes, Each(1));
                   rounds.push_back(signs.values);
                   return BothSides{signs, signs};
                 });
  return rounds;
}

TEST(FreivaldsCheckTest, AsksTwiceWithOtherSignsThatTheSeedDecides) {
  const auto rounds = SignsOf(100, 1);
  ASSERT_EQ(rounds.size(), 2U);
  EXPECT_NE(rounds[0], rounds[1]);
  for (const auto& signs : rounds) {
    double sum = 0;
    for (const double sign : signs) {
      EXPECT_EQ(std::abs(sign), 1);
      sum += sign;
    }
    EXPECT_LT(std::abs(sum), 60);  // six standard deviations
  }
  EXPECT_EQ(SignsOf(100, 1), rounds);
  EXPECT_NE(SignsOf(100, 2), rounds);
}

Verification Compared(const std::vector<double>& product, const Sums& operands,
                      Precision precision = Precision::kDouble) {
  const std::uint64_t n = product.size();
  return FreivaldsCheck(n, {n, 3 * n}, precision, 1, [&](const Sums&) {
    return BothSides{{product, {}}, operands};
  });
}

TEST(FreivaldsCheckTest, TheToleranceGrowsWithTheSumsAndWithTheOrder) {
  const double unit = std::ldexp(1, -53);
  // γ₂ + γ₆, and beside it.
  EXPECT_NEAR(Compared({5, 1 + 8 * unit}, {{5, 1}, {5, 1}}).worst_ratio, 1,
              1e-9);
  const Verification far = Compared({5, 1 + 10 * unit}, {{5, 1}, {5, 1}});
  EXPECT_FALSE(far.ok());
  EXPECT_EQ(far.worst_row, 1U);
  EXPECT_TRUE(Compared({5, 1 + 10 * unit}, {{5, 1}, {5, 2}}).ok());
  EXPECT_TRUE(Compared({5, 1 + 10 * unit, 0}, {{5, 1, 0}, {5, 1, 0}}).ok());
}

// Of the product: the check of it is done in double.
TEST(FreivaldsCheckTest, SinglePrecisionIsAllowedItsOwnRounding) {
  const double unit = std::ldexp(1, -24);
  const auto ok = [](double error) {
    return Compared({1 + error}, {{1}, {1}}, Precision::kSingle).ok();
  };
  EXPECT_TRUE(ok(0.99 * unit));
  EXPECT_FALSE(ok(1.01 * unit));
}

TEST(FreivaldsCheckTest, WhatIsMadeOfZerosMustBeZero) {
  EXPECT_TRUE(Compared({0}, {{0}, {0}}).ok());
  EXPECT_FALSE(Compared({1e-300}, {{0}, {0}}).ok());
}

TEST(FreivaldsCheckTest, NanIsTheWorst) {
  const Verification result =
      Compared({0, std::nan(""), 7}, {{0, 1, 1}, {1, 1, 1}});
  EXPECT_TRUE(std::isnan(result.worst_ratio));
  EXPECT_EQ(result.worst_row, 1U);
  EXPECT_FALSE(result.ok());
}

}  // namespace
}  // namespace hybrid
