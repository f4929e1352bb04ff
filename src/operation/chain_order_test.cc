#include "operation/chain_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace hybrid {
namespace {

// Cormen, Leiserson, Rivest & Stein, figure 15.5.
TEST(ChainOrderTest, FindsTheTextbooksOrder) {
  const std::vector<std::uint64_t> dimensions{30, 35, 15, 5, 10, 20, 25};
  const ChainOrder order(dimensions);
  EXPECT_EQ(order.multiplications(), 15125);
  EXPECT_EQ(order.SplitAfter(0, 5), 2U);
  EXPECT_EQ(order.SplitAfter(0, 2), 0U);
  EXPECT_EQ(order.SplitAfter(3, 5), 4U);
}

double BestByTryingAll(const std::vector<std::uint64_t>& dimensions,
                       std::size_t first, std::size_t last) {
  if (first == last) return 0;
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t split = first; split < last; ++split) {
    best = std::min(best, BestByTryingAll(dimensions, first, split) +
                              BestByTryingAll(dimensions, split + 1, last) +
                              static_cast<double>(dimensions[first] *
                                                  dimensions[split + 1] *
                                                  dimensions[last + 1]));
  }
  return best;
}

TEST(ChainOrderTest, NoOrderTakesFewer) {
  std::uint64_t state = 1;
  for (std::size_t matrices = 2; matrices <= ChainOrder::kMost; ++matrices) {
    for (int i = 0; i < 20; ++i) {
      std::vector<std::uint64_t> dimensions;
      for (std::size_t d = 0; d <= matrices; ++d) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        dimensions.push_back(1 + (state >> 59));
      }
      EXPECT_EQ(ChainOrder(dimensions).multiplications(),
                BestByTryingAll(dimensions, 0, matrices - 1));
    }
  }
}

}  // namespace
}  // namespace hybrid
