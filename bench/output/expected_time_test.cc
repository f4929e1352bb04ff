#include "output/expected_time.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "output/progress.h"

namespace hybrid {
namespace {

/// Four configurations of two repetitions of 10 s each, from `minute` on.
std::vector<Row> Rows(int minute) {
  std::vector<Row> rows;
  for (std::uint64_t i = 0; i < 8; ++i) {
    Row& row = rows.emplace_back();
    row.n = 1000;
    row.batch = 8;
    row.workers = 1 + i / 2;
    row.usable_cores = 4;
    row.iterations = 1;
    row.wall_s = 9;
    row.time_utc = fmt::format("2026-11-26T20:{:02}:{:02}Z",
                               minute + static_cast<int>(i / 6), 10 * (i % 6));
  }
  return rows;
}

double WeightOf(const std::vector<Row>& rows) {
  double weight = 0;
  for (std::size_t i = 0; i < rows.size(); i += 2) {
    weight += ExpectedWeight(rows[i], 4, 2, {9 / 1.3, std::nullopt}, false);
  }
  return weight;
}

TEST(ExpectedTimeTest, TheSameAgainTakesAsLong) {
  const std::vector<Row> rows = Rows(10);
  EXPECT_NEAR(ExpectedTimeS(WeightOf(rows), rows).value(), 70, 1);
  EXPECT_NEAR(ExpectedTimeS(3 * WeightOf(rows), rows).value(), 210, 3);
}

TEST(ExpectedTimeTest, InterruptionsDoNotCount) {
  std::vector<Row> rows = Rows(10);
  for (std::size_t i = 4; i < rows.size(); ++i) rows[i] = Rows(40)[i];
  EXPECT_NEAR(ExpectedTimeS(WeightOf(rows), rows).value(), 60, 1);
}

TEST(ExpectedTimeTest, OfTooFewNothingIsTold) {
  std::vector<Row> rows = Rows(10);
  EXPECT_FALSE(ExpectedTimeS(1, {}));
  for (Row& row : rows) row.time_utc = rows.front().time_utc;
  EXPECT_FALSE(ExpectedTimeS(1, rows));
  rows = Rows(10);
  rows.resize(6);
  EXPECT_FALSE(ExpectedTimeS(1, rows));
}

TEST(ExpectedTimeTest, IsCalledAnEstimate) {
  EXPECT_EQ(AboutText(65.4), "about 1:05 (estimated)");
}

}  // namespace
}  // namespace hybrid
