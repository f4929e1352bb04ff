#include "compare/key_rows.h"

#include <gtest/gtest.h>

#include <string_view>

#include "analysis/noise_floor.h"
#include "compare/test_results.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

TEST(KeyRowsTest, NamesForToolsAndForPeople) {
  Row row = TestResults().base;
  EXPECT_EQ(KeyText(WithoutSeed(row), KeyStyle::kFull),
            "Hybrid/gemm/n:256/batch:32/workers:2/"
            "blas_threads:1/precision:d/aspect:1/blas:blis/data:fresh/"
            "collect:none/kernels:best/pin:auto");
  EXPECT_EQ(KeyText(WithoutSeed(row), KeyStyle::kShort),
            "gemm n=256 batch=32 2×1");
  row.family = Family::kOverhead;
  row.variant = "gate";
  row.operation = "none";
  row.data = Data::kHot;
  row.kernels_asked = "library";
  EXPECT_EQ(KeyText(WithoutSeed(row), KeyStyle::kShort),
            "Overhead/gate none n=256 batch=32 2×1 data=hot");
  EXPECT_EQ(KeyText(WithoutSeed(row), KeyStyle::kGroup),
            "Overhead/gate none n=256 batch=32 data=hot");
}

TEST(KeyRowsTest, EveryFamilyButNoise) {
  TestResults results;
  const auto add = [&results](Family family, std::string_view variant) {
    results.base.family = family;
    results.base.variant = variant;
    results.Ok({1});
  };
  add(Family::kHybrid, "");
  add(Family::kNoise, kNoiseA);
  add(Family::kNoise, kNoiseB);
  add(Family::kTutorial, "processes");
  add(Family::kOverhead, "gate");
  EXPECT_EQ(GroupByKey(results.rows).size(), 3U);
}

}  // namespace
}  // namespace hybrid
