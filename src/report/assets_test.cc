#include "report/assets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/test_errors.h"
#include "base/test_folder.h"
#include "report/report_error.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::vector<std::string> NamesOf(const std::vector<Asset>& assets) {
  std::vector<std::string> names;
  for (const Asset& asset : assets) names.push_back(asset.name);
  return names;
}

class AssetsTest : public ::testing::Test {
 protected:
  AssetsTest() {
    for (const char* file :
         {"/page.html", "/page.css", "/page.js", "/charts.js", "/b.js", "/a.js",
          "/vega.min.js", "/vega-lite.min.js", "/vega-embed.min.js",
          "/.hidden.js", "/render.mjs"}) {
      root_.Lay(file, file);
    }
    root_.Lay("/specs/two.json", "2");
    root_.Lay("/specs/one.json", "1");
  }

  /// Why the folder can't be used; `no error` if it can.
  std::string LoadProblem() const {
    return MessageOf<ReportError>([this] { LoadAssets(root_.path()); });
  }

  TestFolder root_;
};

TEST_F(AssetsTest, InTheOrderInWhichAPageNeedsThem) {
  const PageAssets assets = LoadAssets(root_.path());
  EXPECT_EQ(assets.page, "/page.html");
  EXPECT_EQ(assets.style, "/page.css");
  EXPECT_THAT(NamesOf(assets.libraries),
              ElementsAre("vega", "vega-lite", "vega-embed"));
  EXPECT_THAT(NamesOf(assets.specs), ElementsAre("one", "two"));
  EXPECT_THAT(NamesOf(assets.scripts), ElementsAre("charts", "a", "b", "page"));
  EXPECT_EQ(assets.scripts[1].text, "/a.js");
}

TEST_F(AssetsTest, NamesWhatIsMissing) {
  for (const char* file : {"/page.css", "/charts.js", "/vega-lite.min.js"}) {
    std::filesystem::remove(root_.path() + file);
    EXPECT_THAT(LoadProblem(), StartsWith(root_.path() + file));
    root_.Lay(file, file);
  }
  EXPECT_EQ(LoadProblem(), "no error");
}

TEST_F(AssetsTest, ASpecMustBeJson) {
  root_.Lay("/specs/one.json", "{'mark': 'bar'}");
  EXPECT_EQ(LoadProblem(), root_.path() + "/specs/one.json: is not JSON");
}

TEST_F(AssetsTest, AreBesideTheProgramOrInstalled) {
  const std::string program = root_.path() + "/prefix/bin";
  EXPECT_THAT(MessageOf<ReportError>([&program] { FindAssets(program); }),
              AllOf(HasSubstr(program + "/report"), HasSubstr("--charts=DIR")));
  root_.Lay("/prefix/share/hybridbench/report/page.html", "");
  EXPECT_EQ(FindAssets(program),
            root_.path() + "/prefix/share/hybridbench/report");
  root_.Lay("/prefix/bin/report/page.html", "");
  EXPECT_EQ(FindAssets(program), program + "/report");
}

}  // namespace
}  // namespace hybrid
