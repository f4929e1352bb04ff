#include "compare/compare_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "compare/test_comparison.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

using CompareCsvTest = ComparedTest;

TEST_F(CompareCsvTest, CsvHasEveryConfiguration) {
  const std::string text = CompareCsv(comparison);
  // The error's line end is inside of quotes.
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 3 + 1);
  EXPECT_THAT(
      text,
      HasSubstr("\nHybrid,,gemm,,,,d,1,blis,fresh,none,best,auto,256,32,1,"
                "processes,2,1,0.01"));
  EXPECT_THAT(text, HasSubstr(",failed,\"a|b <i> `c`, \"\"d\"\"\nand @e\",\n"));
}

}  // namespace
}  // namespace hybrid
