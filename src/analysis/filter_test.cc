#include "analysis/filter.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

#include "analysis/noise_floor.h"
#include "analysis/test_rows.h"

namespace hybrid {
namespace {

TEST(FilterTest, KeepsWhatItFindsAndNoise) {
  TestRows results;
  results.base.kernels_asked = kBestKernels;
  results.Ok({2, 1}, {1});
  results.Ok({1, 2}, {1});
  results.base.family = Family::kNoise;
  results.base.variant = kNoiseA;
  results.Ok({2, 1}, {1});
  std::vector<Row> by_name = results.rows;
  FilterRows("workers:2/", by_name);
  EXPECT_EQ(by_name.size(), 2U);
  std::vector<Row> by_text = results.rows;
  FilterRows("^gemm .* 1×2$", by_text);
  EXPECT_EQ(by_text.size(), 2U);
  EXPECT_EQ(by_text[0].workers, 1U);
  EXPECT_THROW(FilterRows("(", by_text), std::runtime_error);
}

}  // namespace
}  // namespace hybrid
