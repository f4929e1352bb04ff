#include "statistics/benjamini_hochberg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace hybrid {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

auto Near(double value) { return DoubleNear(value, 1e-12); }

TEST(BenjaminiHochbergTest, MultipliesByTestsOverRank) {
  EXPECT_THAT(BenjaminiHochberg(std::vector{0.01}), ElementsAre(0.01));
  EXPECT_THAT(BenjaminiHochberg(std::vector{0.03, 0.001, 0.9, 0.01}),
              ElementsAre(Near(0.04), Near(0.004), Near(0.9), Near(0.02)));
}

TEST(BenjaminiHochbergTest, NeverExceedsTheNextLargerOne) {
  // R: p.adjust(c(0.04, 0.041, 0.042), "BH")
  EXPECT_THAT(BenjaminiHochberg(std::vector{0.04, 0.041, 0.042}),
              ElementsAre(Near(0.042), Near(0.042), Near(0.042)));
  EXPECT_THAT(BenjaminiHochberg(std::vector{1.0, 1.0}), ElementsAre(1, 1));
}

TEST(BenjaminiHochbergTest, TakesNoTests) {
  EXPECT_THAT(BenjaminiHochberg({}), IsEmpty());
}

}  // namespace
}  // namespace hybrid
