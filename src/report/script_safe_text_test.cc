#include "report/script_safe_text.h"

#include <gtest/gtest.h>

#include <string>

#include "base/json.h"

namespace hybrid {
namespace {

TEST(ScriptSafeTextTest, CannotEndAScriptAndReadsBackAsItWas) {
  for (const std::string text :
       {"</script><script>alert(1)</script>", "<!--<SCRIPT",
        "a \"quoted\" 'one'", "back\\slash\n\ttab",
        "line\xE2\x80\xA8paragraph\xE2\x80\xA9"
        "end",
        "2\xC3\x97"
        "1 \xE2\x80\xA6"}) {
    const Json json = {{text, text}};
    const std::string safe = ScriptSafeText(json);
    EXPECT_EQ(safe.find('<'), std::string::npos) << safe;
    EXPECT_EQ(safe.find("\xE2\x80\xA8"), std::string::npos) << safe;
    EXPECT_EQ(safe.find("\xE2\x80\xA9"), std::string::npos) << safe;
    EXPECT_EQ(safe.find('\n'), std::string::npos) << safe;
    EXPECT_EQ(ParseJson(safe), json);
  }
}

TEST(ScriptSafeTextTest, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(ScriptSafeText("a\xFF<"), "\"a\xEF\xBF\xBD\\u003c\"");
}

}  // namespace
}  // namespace hybrid
