#include "operation/columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace hybrid {
namespace {

using ::testing::ElementsAre;

// [1 -3 5; -2 4 6]
const std::vector<double> kWide{1, -2, -3, 4, 5, 6};
// [1 4 7; 2 5 8; 3 6 9]
const std::vector<double> kSquare{1, 2, 3, 4, 5, 6, 7, 8, 9};

TEST(ColumnsTest, MultipliesWholeMatrices) {
  const Columns wide{2, 3, kWide.data()};
  EXPECT_THAT(Times(wide, std::vector<double>{1, 1, -1}), ElementsAre(-7, -4));
  EXPECT_THAT(TransposedTimes(wide, std::vector<double>{1, -1}),
              ElementsAre(3, -7, -1));
}

TEST(ColumnsTest, MultipliesTriangles) {
  const Columns square{3, 3, kSquare.data()};
  const std::vector<double> x{1, 10, 100};
  EXPECT_THAT(LowerTimes(square, x), ElementsAre(1, 52, 963));
  EXPECT_THAT(LowerTransposedTimes(square, x), ElementsAre(321, 650, 900));
}

TEST(ColumnsTest, NormsAddUpSizes) {
  const Columns wide{2, 3, kWide.data()};
  EXPECT_EQ(OneNorm(wide), 11);
  EXPECT_EQ(InfinityNorm(wide), 12);
  EXPECT_EQ(SumOfSquares(kWide), 91);
  const std::vector<double> broken{1, std::nan(""), 1, 5};
  EXPECT_TRUE(std::isnan(OneNorm({2, 2, broken.data()})));
  EXPECT_TRUE(std::isnan(InfinityNorm({2, 2, broken.data()})));
}

TEST(ColumnsTest, SymmetrizeTakesTheLowerTriangleAtAnySize) {
  for (const std::uint64_t n : {1U, 2U, 31U, 32U, 33U, 70U}) {
    std::vector<double> matrix(n * n);
    for (std::uint64_t i = 0; i < n * n; ++i) {
      matrix[i] = static_cast<double>(i);
    }
    const std::vector<double> before = matrix;
    Symmetrize(n, matrix.data());
    for (std::uint64_t j = 0; j < n; ++j) {
      for (std::uint64_t i = j; i < n; ++i) {
        ASSERT_EQ(matrix[j * n + i], before[j * n + i]);
        ASSERT_EQ(matrix[i * n + j], before[j * n + i]) << n;
      }
    }
  }
}

}  // namespace
}  // namespace hybrid
