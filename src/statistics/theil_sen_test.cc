#include "statistics/theil_sen.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace hybrid {
namespace {

TEST(TheilSenTest, IsTheMedianSlope) {
  EXPECT_EQ(TheilSen({}), std::nullopt);
  EXPECT_EQ(TheilSen(std::vector<TrendPoint>{{0, 5}}), std::nullopt);
  EXPECT_EQ(TheilSen(std::vector<TrendPoint>{{0, 5}, {2, 9}}), 2);
  // One wild point of five does not move it.
  EXPECT_EQ(TheilSen(std::vector<TrendPoint>{
                {0, 0}, {1, 1}, {2, 100}, {3, 3}, {5, 5}}),
            1);
}

}  // namespace
}  // namespace hybrid
