#include "flags/name_filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/flag_error.h"
#include "base/test_errors.h"

namespace hybrid {
namespace {

TEST(NameFilterTest, FindsAnywhereLikeGoogleBenchmark) {
  const NameFilter filter("workers:1");
  EXPECT_TRUE(filter.Selects("Hybrid/gemm/n:8/batch:1/workers:1/x"));
  EXPECT_TRUE(filter.Selects("Hybrid/gemm/n:8/batch:1/workers:16/x"));
  EXPECT_FALSE(filter.Selects("Hybrid/gemm/n:8/batch:1/workers:2/x"));
  EXPECT_FALSE(NameFilter("workers:1/").Selects("a/workers:16/"));
}

TEST(NameFilterTest, EmptyAndAllSelectEverything) {
  EXPECT_TRUE(NameFilter("").Selects("x"));
  EXPECT_TRUE(NameFilter("all").Selects("x"));
}

TEST(NameFilterTest, LeadingMinusNegates) {
  EXPECT_FALSE(NameFilter("-Hybrid").Selects("Hybrid/x"));
  EXPECT_TRUE(NameFilter("-Hybrid").Selects("Tutorial/x"));
}

TEST(NameFilterTest, BadExpressionNamesTheFlag) {
  EXPECT_THAT(MessageOf<FlagError>([] { NameFilter("-Hybrid("); }),
              ::testing::StartsWith("--benchmark_filter=-Hybrid(: is no "));
}

}  // namespace
}  // namespace hybrid
