#include "base/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/json_text.h"

namespace hybrid {
namespace {

TEST(JsonOrNullTest, KeepsEveryDigit) {
  EXPECT_EQ(JsonOrNull(std::optional(1.0 / 3)), 1.0 / 3);
  EXPECT_EQ(JsonOrNull(std::optional<std::uint64_t>(1ULL << 63U)), 1ULL << 63U);
  EXPECT_TRUE(JsonOrNull(std::optional<double>()).is_null());
}

TEST(JsonArrayOfTest, HoldsEachValue) {
  EXPECT_EQ(JsonText(JsonArrayOf(std::vector<std::string>{"a", "b"})),
            R"(["a","b"])");
  EXPECT_EQ(JsonText(JsonArrayOf(std::vector<double>{1, 2.5})), "[1.0,2.5]");
  EXPECT_EQ(JsonText(JsonArrayOf(std::vector<int>())), "[]");
}

TEST(JsonNumberTest, SixSignificantDigits) {
  EXPECT_EQ(JsonText(JsonNumber(0.00010302440264900669)), "0.000103024");
  EXPECT_EQ(JsonText(JsonNumber(33315323291.63399)), "33315300000");
  EXPECT_EQ(JsonNumber(1.0 / 3), 0.333333);
  EXPECT_EQ(JsonText(JsonNumber(0.0)), "0");
  EXPECT_EQ(JsonText(JsonNumber(-1e300)), "-1e+300");
}

TEST(JsonNumberTest, WhatIsNoNumberIsNull) {
  EXPECT_TRUE(JsonNumber(std::nan("")).is_null());
  EXPECT_TRUE(JsonNumber(std::numeric_limits<double>::infinity()).is_null());
  EXPECT_TRUE(JsonNumber(std::optional<double>()).is_null());
  EXPECT_EQ(JsonNumber(std::optional(2.0)), 2);
}

TEST(ParseJsonTest, KeepsTheOrderOfKeys) {
  constexpr char kText[] = R"({"b":[1,-2,0.35,null,true],"a":{"c":"\u00e9"}})";
  EXPECT_EQ(JsonText(ParseJson(kText)),
            R"({"b":[1,-2,0.35,null,true],"a":{"c":"é"}})");
}

TEST(ParseJsonTest, ReadsWhatIsNestedDeeply) {
  const std::string text = std::string(500, '[') + std::string(500, ']');
  EXPECT_EQ(JsonText(ParseJson(text)), text);
}

TEST(ParseJsonTest, ThrowsForWhatIsNoJson) {
  for (const char* text : {"", "{", "{'a': 1}", "[1,]", "1 2", "\"\xFF\""}) {
    EXPECT_THROW(ParseJson(text), JsonError) << text;
  }
}

std::size_t WrongAt(const std::string& text) {
  try {
    ParseJson(text);
  } catch (const JsonError& error) {
    return error.offset();
  }
  return std::string::npos;
}

TEST(ParseJsonTest, TellsWhereItIsWrong) {
  EXPECT_EQ(WrongAt("{\"a\": 1,"), 8U);  // all of it: it ends too early
  EXPECT_EQ(WrongAt("{\"a\":\n x}"), 7U);
  EXPECT_EQ(WrongAt("[1] 2"), 4U);
}

}  // namespace
}  // namespace hybrid
