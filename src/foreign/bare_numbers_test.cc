#include "foreign/bare_numbers.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

TEST(WithoutBareNumbersTest, ReplacesThemOutsideOfStringsAlone) {
  EXPECT_EQ(WithoutBareNumbers(R"({"a": NaN, "b": -NaN, "c": Infinity,
"d": [-Infinity, 1], "NaN": "is NaN"})"),
            R"({"a": null, "b": null, "c": null,
"d": [null, 1], "NaN": "is NaN"})");
}

TEST(WithoutBareNumbersTest, KnowsWhereStringsEnd) {
  EXPECT_EQ(WithoutBareNumbers(R"(["\"NaN", "\\", NaN])"),
            R"(["\"NaN", "\\", null])");
  EXPECT_EQ(WithoutBareNumbers("[\"NaN\\"), "[\"NaN\\");
  EXPECT_EQ(WithoutBareNumbers(""), "");
}

}  // namespace
}  // namespace hybrid
