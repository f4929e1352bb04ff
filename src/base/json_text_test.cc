#include "base/json_text.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"

namespace hybrid {
namespace {

const std::string kReplacement = "\xEF\xBF\xBD";

TEST(JsonTextTest, OneLineOrALinePerElement) {
  const Json json = {{"z", JsonArray({1, JsonArray(), nullptr})},
                     {"a", {{"b", true}}},
                     {"none", JsonObject()}};
  EXPECT_EQ(JsonText(json), R"({"z":[1,[],null],"a":{"b":true},"none":{}})");
  EXPECT_EQ(JsonText(json, 2),
            "{\n"
            "  \"z\": [\n"
            "    1,\n"
            "    [],\n"
            "    null\n"
            "  ],\n"
            "  \"a\": {\n"
            "    \"b\": true\n"
            "  },\n"
            "  \"none\": {}\n"
            "}");
}

TEST(JsonTextTest, IntegersAreExact) {
  EXPECT_EQ(JsonText(std::numeric_limits<std::uint64_t>::max()),
            "18446744073709551615");
  EXPECT_EQ(JsonText(std::numeric_limits<std::int64_t>::min()),
            "-9223372036854775808");
}

TEST(JsonTextTest, DoublesLookLikeDoubles) {
  const std::vector<std::pair<double, std::string>> cases = {
      {0.0, "0.0"},
      {-0.0, "-0.0"},
      {1.0, "1.0"},
      {-2.5, "-2.5"},
      {0.1, "0.1"},
      {1.0 / 3, "0.3333333333333333"},
      {0.0001, "0.0001"},
      {0.00012345678901234567, "0.00012345678901234567"},
      {0.00009999999999999999, "9.999999999999999e-05"},
      {1e-5, "1e-05"},
      {123456789012345.0, "123456789012345.0"},
      {999999999999999.9, "999999999999999.9"},
      {1e15, "1e+15"},
      {1234567890123456.0, "1.234567890123456e+15"},
      {1e100, "1e+100"},
      {-1.7976931348623157e308, "-1.7976931348623157e+308"},
      {5e-324, "5e-324"}};
  for (const auto& [value, text] : cases) EXPECT_EQ(JsonText(value), text);
  EXPECT_EQ(JsonText(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(JsonText(std::numeric_limits<double>::quiet_NaN()), "null");
}

TEST(JsonTextTest, EveryDoubleReadsBack) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> mantissa(1, 10);
  for (int exponent = -300; exponent <= 300; ++exponent) {
    const double value =
        std::strtod(("1e" + std::to_string(exponent)).c_str(), nullptr) *
        mantissa(random);
    const std::string text = JsonText(value);
    EXPECT_EQ(std::strtod(text.c_str(), nullptr), value) << text;
  }
}

TEST(JsonTextTest, EscapesWhatMustBe) {
  EXPECT_EQ(JsonText("\"\\/\b\f\n\r\t\x01\x1F\x7F"),
            "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F\"");
  EXPECT_EQ(JsonText(Json(std::string(1, '\0'))), "\"\\u0000\"");
  const Json key = {{"a\nb", 1}};
  EXPECT_EQ(JsonText(key), "{\"a\\nb\":1}");
}

TEST(JsonTextTest, KeepsWhatIsUtf8) {
  for (const std::string text :
       {"\xC2\x80",
        "2\xC3\x97"
        "1",
        "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
        "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_EQ(JsonText(Json(text)), '"' + text + '"');
  }
}

TEST(JsonTextTest, ReplacesWhatIsNotUtf8) {
  const std::string& r = kReplacement;
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"a\xFF"
       "b",
       "a" + r + "b"},
      {"\x80", r},
      {"cut \xE2\x80", "cut " + r},
      {"\xE2\x80"
       "A",
       r + "A"},
      {"\xE2\x80\xC3\x97", r + "\xC3\x97"},
      {"\xC0\xAF", r + r},                  // an overlong slash
      {"\xE0\x9F\xBF", r + r + r},          // overlong
      {"\xED\xA0\x80", r + r + r},          // half a surrogate pair
      {"\xF0\x8F\xBF\xBF", r + r + r + r},  // overlong
      {"\xF4\x90\x80\x80", r + r + r + r},  // beyond U+10FFFF
      {"\xF0\x90\x80", r}};
  for (const auto& [text, repaired] : cases) {
    EXPECT_EQ(JsonText(Json(text)), '"' + repaired + '"');
  }
}

}  // namespace
}  // namespace hybrid
