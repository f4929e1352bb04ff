#include "operation/lapack_check.h"

#include <gtest/gtest.h>

#include <cmath>
#include <span>
#include <vector>

namespace hybrid {
namespace {

// Rotations are orthogonal.
std::vector<double> Rotation(double angle) {
  return {std::cos(angle), std::sin(angle), -std::sin(angle), std::cos(angle)};
}

TEST(LapackCheckTest, OrthogonalWithinTheThreshold) {
  const auto ratio = [](const std::vector<double>& matrix) {
    Verification result;
    CheckOrthogonal({2, 2, matrix.data()}, Precision::kDouble, 1, 50, result);
    return result.worst_ratio;
  };
  std::vector<double> matrix = Rotation(0.3);
  EXPECT_LE(ratio(matrix), 0.1);
  for (double& element : matrix) {
    const double right = element;
    element += 1e-12;
    EXPECT_GT(ratio(matrix), 1);
    element = std::nan("");
    EXPECT_TRUE(std::isnan(ratio(matrix)));
    element = right;
  }
  EXPECT_GT(ratio({1, 0, 1, 0}), 1);
}

TEST(LapackCheckTest, ProductsAreComparedInEveryRow) {
  const auto check = [](double error) {
    Verification result;
    const auto same = [](std::span<const double> x) {
      return std::vector<double>(x.begin(), x.end());
    };
    const auto other = [error](std::span<const double> x) {
      std::vector<double> y(x.begin(), x.end());
      y[2] += error;
      return y;
    };
    CompareProducts(4, 1, 0.5, same, other, result);
    return result;
  };
  EXPECT_TRUE(check(0).ok());
  EXPECT_TRUE(check(0.49).ok());
  EXPECT_FALSE(check(0.51).ok());
  EXPECT_EQ(check(0.51).worst_row, 2U);
  EXPECT_FALSE(check(std::nan("")).ok());
}

TEST(LapackCheckTest, SingularValuesDescendToZeroAtMost) {
  const auto ok = [](const std::vector<double>& values) {
    Verification result;
    CheckDescending(values, result);
    return result.ok();
  };
  EXPECT_TRUE(ok({3, 2, 2, 0}));
  EXPECT_FALSE(ok({3, 2, 2.5, 0}));
  EXPECT_FALSE(ok({3, 2, -1e-300}));
  EXPECT_FALSE(ok({3, std::nan(""), 1}));
  EXPECT_FALSE(ok({std::numeric_limits<double>::infinity(), 1}));
}

// Of [3 0; 0 4] turned: 4 and 3.
TEST(LapackCheckTest, SingularValuesAreThoseOfTheMatrix) {
  const std::vector<double> turn = Rotation(1);
  const std::vector<double> matrix{3 * turn[0], 3 * turn[1], 4 * turn[2],
                                   4 * turn[3]};
  const auto ok = [&](const std::vector<double>& values) {
    Verification result;
    CheckSingularValues({2, 2, matrix.data()}, values, Precision::kDouble, 1,
                        result);
    return result.ok();
  };
  EXPECT_TRUE(ok({4, 3}));
  for (const double error : {1e-6, -1e-6}) {
    EXPECT_FALSE(ok({4 + error, 3}));
    EXPECT_FALSE(ok({4, 3 + error}));
  }
  // Their squares add up to 25 as well, but no vector is made 5 times as long,
  // or only 3.6 times.
  EXPECT_FALSE(ok({std::sqrt(12.5), std::sqrt(12.5)}));
  EXPECT_FALSE(ok({std::nan(""), 3}));
  EXPECT_FALSE(ok({4, std::nan("")}));
}

// What a float can't hold is no error of a product in single precision.
TEST(LapackCheckTest, SinglePrecisionIsAllowedItsOwnRounding) {
  const auto ok = [](double error, Precision precision) {
    std::vector<double> turn = Rotation(0.3);
    turn[0] += error;
    Verification result;
    CheckOrthogonal({2, 2, turn.data()}, precision, 1, 50, result);
    CheckSingularValues({2, 2, turn.data()}, std::vector<double>{1, 1},
                        precision, 1, result);
    return result.ok();
  };
  EXPECT_TRUE(ok(1e-7, Precision::kSingle));
  EXPECT_FALSE(ok(1e-7, Precision::kDouble));
  EXPECT_FALSE(ok(1e-3, Precision::kSingle));
}

}  // namespace
}  // namespace hybrid
