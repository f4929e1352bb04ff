#include "report/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <string>

namespace hybrid {
namespace {

TEST(JsonNumberTest, SixSignificantDigits) {
  EXPECT_EQ(JsonNumber(0.00010302440264900669).dump(), "0.000103024");
  EXPECT_EQ(JsonNumber(33315323291.63399).dump(), "33315300000");
  EXPECT_EQ(JsonNumber(1.0 / 3), 0.333333);
  EXPECT_EQ(JsonNumber(0.0).dump(), "0");
  EXPECT_EQ(JsonNumber(-1e300).dump(), "-1e+300");
}

TEST(JsonNumberTest, WhatIsNoNumberIsNull) {
  EXPECT_TRUE(JsonNumber(std::nan("")).is_null());
  EXPECT_TRUE(JsonNumber(std::numeric_limits<double>::infinity()).is_null());
  EXPECT_TRUE(JsonNumber(std::optional<double>()).is_null());
  EXPECT_EQ(JsonNumber(std::optional(2.0)), 2.0);
}

TEST(ScriptSafeTextTest, CannotEndAScriptAndReadsBackAsItWas) {
  for (const std::string text :
       {"</script><script>alert(1)</script>", "<!--<SCRIPT",
        "a \"quoted\" 'one'", "back\\slash\n\ttab",
        "line\xE2\x80\xA8paragraph\xE2\x80\xA9"
        "end",
        "2\xC3\x97"
        "1 \xE2\x80\xA6"}) {
    const std::string safe = ScriptSafeText(Json({{text, text}}));
    EXPECT_EQ(safe.find('<'), std::string::npos) << safe;
    EXPECT_EQ(safe.find("\xE2\x80\xA8"), std::string::npos) << safe;
    EXPECT_EQ(safe.find("\xE2\x80\xA9"), std::string::npos) << safe;
    EXPECT_EQ(safe.find('\n'), std::string::npos) << safe;
    EXPECT_EQ(Json::parse(safe), Json({{text, text}}));
  }
}

TEST(ScriptSafeTextTest, ReplacesWhatIsNotUtf8) {
  for (const std::string text : {"a\xFF"
                                 "b",
                                 "cut \xE2\x80", "\xC0\xAF"}) {
    const Json read = Json::parse(ScriptSafeText(Json(text)));
    EXPECT_NE(read.get<std::string>().find("\xEF\xBF\xBD"), std::string::npos);
  }
}

}  // namespace
}  // namespace hybrid
