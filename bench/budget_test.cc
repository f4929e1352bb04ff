#include "budget.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

TEST(BudgetTest, WithoutOneThereIsNoLimit) {
  Budget budget(std::nullopt);
  budget.Begin(3);
  EXPECT_FALSE(budget.left_s());
}

TEST(BudgetTest, GroupsShareWhatIsLeft) {
  Budget budget(3000);
  budget.Begin(3);
  // However long this takes.
  EXPECT_LE(budget.left_s().value(), 1000);
  EXPECT_GT(budget.left_s().value(), 500);
  // What the first did not need goes to the others.
  budget.Begin(2);
  EXPECT_LE(budget.left_s().value(), 1500);
  EXPECT_GT(budget.left_s().value(), 1000);
}

TEST(BudgetTest, ItEnds) {
  Budget budget(1e-9);
  budget.Begin(1);
  EXPECT_LE(budget.left_s().value(), 0);
}

}  // namespace
}  // namespace hybrid
