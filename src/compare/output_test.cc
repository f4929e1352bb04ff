#include "compare/output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/json.h"
#include "compare/test_results.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class OutputTest : public ::testing::Test {
 protected:
  OutputTest() {
    TestResults base;
    TestResults now;
    base.Ok(Around(0.01));
    now.Ok(Around(0.0112));
    base.Split(1, 1).Ok(Around(0.02));
    now.Split(1, 1).Ok(Around(0.02));
    base.Split(1, 2).Ok(Around(0.02));
    now.Split(1, 2).Error("a|b <i> `c`, \"d\"\nand @e");
    comparison = CompareResults(base, now);
  }

  Comparison comparison;
  OutputSettings settings{"old.csv", "new.csv", false, false, false};
};

TEST_F(OutputTest, TextListsWhatIsNotTheSameWorstFirst) {
  const std::string text = CompareText(comparison, settings);
  EXPECT_THAT(text, StartsWith("baseline  old.csv  (1 run, 2026-01-02, node, "
                               "commit abc)\n"));
  EXPECT_LT(text.find("failed"), text.find("slower"));
  EXPECT_THAT(text, AllOf(HasSubstr("gemm n=256 batch=32 2×1   10.0 ms  11.2 "
                                    "ms  1.12× [1.11, 1.13]"),
                          HasSubstr("a|b <i> `c`, \"d\" and @e"),
                          Not(HasSubstr("1×1  "))));
  EXPECT_THAT(text, EndsWith("3 configurations: 1 failed, 1 slower, 1 same\n"
                             "threshold 3.0 %; false discovery rate 5.0 % over "
                             "2 tests\n"));
  settings.all = true;
  EXPECT_THAT(CompareText(comparison, settings), HasSubstr("1×1  "));
  settings.gate = true;
  EXPECT_THAT(CompareText(comparison, settings),
              HasSubstr("\ngate: failed: 1 of 3 configurations is slower and 1 "
                        "failed, worst gemm n=256 batch=32 1×2 failed: a|b"));
}

TEST_F(OutputTest, MarkdownEscapesAndFolds) {
  const std::string text = CompareMarkdown(comparison, settings);
  EXPECT_THAT(text, StartsWith("### 2 of 3 configurations regressed\n"));
  EXPECT_THAT(text, HasSubstr("a\\|b &lt;i&gt; \\`c\\`, \"d\" and &#64;e |\n"));
  const std::size_t fold = text.find("<details>");
  EXPECT_LT(text.find("2×1"), fold);
  EXPECT_GT(text.find("| gemm n=256 batch=32 1×1 |"), fold);
}

TEST_F(OutputTest, CsvHasEveryConfiguration) {
  const std::string text = CompareCsv(comparison);
  // The error's line end is inside of quotes.
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 3 + 1);
  EXPECT_THAT(text, HasSubstr("\nHybrid,,gemm,fresh,none,best,auto,256,32,2,1,"
                              "0.01"));
  EXPECT_THAT(text, HasSubstr(",failed,\"a|b <i> `c`, \"\"d\"\"\nand @e\",\n"));
}

TEST_F(OutputTest, JsonHasEverything) {
  settings.gate = true;
  comparison.configurations[0].reason = "not UTF-8: \xFF";
  const Json json = ParseJson(CompareJson(comparison, settings));
  EXPECT_EQ(json.at("regressions"), 2);
  EXPECT_EQ(json.at("gate").at("verdict"), "failed");
  ASSERT_EQ(json.at("configurations").as_array().size(), 3U);
  const Json& slower = json.at("configurations").at(1);
  EXPECT_EQ(slower.at("verdict"), "slower");
  EXPECT_NEAR(slower.at("ratio").as_double(), 1.12, 1e-9);
  EXPECT_EQ(slower.at("new").at("samples_s").as_array().size(), 10U);
  EXPECT_LT(slower.at("adjusted_p").as_double(), 0.05);
  EXPECT_TRUE(json.at("configurations").at(0).at("ratio").is_null());
}

}  // namespace
}  // namespace hybrid
