#include "report/html_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/test_errors.h"
#include "report/report_error.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

PageAssets TestAssets() {
  PageAssets assets;
  assets.page =
      "<!doctype html>\n<!--hybrid:style-->\n  <!--hybrid:libraries-->\r\n"
      "<!--hybrid:specs-->\n<!--hybrid:data-->\n<!--hybrid:script-->";
  assets.style = "p { color: red }";
  assets.libraries = {{"vega", "var vega = 1;"}};
  assets.specs = {{"bars", R"({"mark": "bar"})"}};
  assets.scripts = {{"charts", "charts();"}, {"page", "page();"}};
  return assets;
}

TEST(HtmlPageTest, PutsEachPartInItsPlace) {
  EXPECT_EQ(HtmlPage(TestAssets(), "{}"),
            "<!doctype html>\n"
            "<style>\np { color: red }\n</style>\n"
            "<script>\nvar vega = 1;\n</script>\n"
            "<script type=\"application/json\" id=\"spec-bars\">"
            "{\"mark\":\"bar\"}</script>\n"
            "<script type=\"application/json\" id=\"data\">{}</script>\n"
            "<script>\ncharts();\n</script>\n<script>\npage();\n</script>\n");
}

TEST(HtmlPageTest, WhatIsPutInIsNoTemplate) {
  PageAssets assets = TestAssets();
  assets.style = "a\n<!--hybrid:data-->\nb";
  const std::string html = HtmlPage(assets, "{}");
  EXPECT_THAT(html, HasSubstr("a\n<!--hybrid:data-->\nb"));
}

TEST(HtmlPageTest, NothingEndsTheElementThatItIsIn) {
  PageAssets assets = TestAssets();
  assets.style = "a::after { content: '</STYLE>' }";
  assets.libraries[0].text = "x = '</script>' + '</SCRIPT >' + '<!--<script>'";
  assets.specs[0].text = R"({"title": "</script><b>"})";
  const std::string html = HtmlPage(assets, "{}");
  EXPECT_THAT(html, HasSubstr("'\\3c /STYLE>'"));
  EXPECT_THAT(html, HasSubstr("x = '\\x3c/script>' + '\\x3c/SCRIPT >' + "
                              "'\\x3c!--<script>'"));
  EXPECT_THAT(html, HasSubstr(R"({"title":"\u003c/script>\u003cb>"})"));
}

TEST(HtmlPageTest, SaysWhichLineTheTemplateLacks) {
  PageAssets assets = TestAssets();
  assets.page = "<!--hybrid:style-->\n<!--hybrid:style-->\n";
  const auto problem = [&assets] {
    return MessageOf<ReportError>([&assets] { HtmlPage(assets, "{}"); });
  };
  EXPECT_THAT(problem(), HasSubstr("more than one line <!--hybrid:style"));
  assets.page = "inline <!--hybrid:style-->\n";
  EXPECT_THAT(problem(), HasSubstr("no line <!--hybrid:style-->"));
}

TEST(DefusedTest, ReplacesTheFirstCharacterInAnyCase) {
  EXPECT_EQ(Defused("<<!--<!-- <!-", "<!--", "?"), "<?!--?!-- <!-");
  EXPECT_EQ(Defused("", "<!--", "?"), "");
}

}  // namespace
}  // namespace hybrid
