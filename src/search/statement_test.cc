#include "search/statement.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

TEST(StatementTest, EstimatesTheGridFromWhatIsKnownOfEachSplit) {
  Statement statement;
  EXPECT_FALSE(EstimateGridSeconds(statement, 7, 0.1));
  using enum SearchOutcome;
  statement.splits = {
      {.split = {4, 1}, .outcome = kBest, .median_s = 0.5},
      {.split = {2, 2}, .outcome = kSlower, .median_s = 0.6, .slowdown = 1.2},
      {.split = {8, 1}, .outcome = kStopped, .slowdown = 2.0},
      {.split = {1, 4}, .outcome = kBound, .bound_s = 0.8},
      {.split = {1, 1}, .outcome = kBound, .bound_s = 2.1},
      {.split = {4, 4}, .outcome = kFailed},
      {.split = {1, 8}, .outcome = kUnmeasured}};
  statement.best = 0;
  // The grid would stop 1×1 after four times the best's time.
  EXPECT_NEAR(EstimateGridSeconds(statement, 7, 0.1).value(),
              7 * (0.5 + 0.6 + 1.0 + 0.8 + 0.5) + 2.0, 1e-9);
  EXPECT_NEAR(EstimateGridSeconds(statement, 1, 5).value(), 5 * 5 + 2.0, 1e-9);
  EXPECT_EQ(statement.measured(), 3U);
}

}  // namespace
}  // namespace hybrid
