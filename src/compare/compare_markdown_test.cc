#include "compare/compare_markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "compare/test_comparison.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

using CompareMarkdownTest = ComparedTest;

TEST_F(CompareMarkdownTest, MarkdownEscapesAndFolds) {
  const std::string text = CompareMarkdown(comparison, settings);
  EXPECT_THAT(text, StartsWith("### 2 of 3 configurations regressed\n"));
  EXPECT_THAT(text, HasSubstr("a\\|b &lt;i&gt; \\`c\\`, \"d\" and &#64;e |\n"));
  const std::size_t fold = text.find("<details>");
  EXPECT_LT(text.find("2×1"), fold);
  EXPECT_GT(text.find("| gemm n=256 batch=32 1×1 |"), fold);
}

TEST_F(CompareMarkdownTest, TheGateIsTheLastLine) {
  settings.gate = FindGate(comparison);
  EXPECT_THAT(CompareMarkdown(comparison, settings),
              MatchesRegex("(.*\n)*gate: failed: [^\n]*\n"));
}

/// The first line of what is said of these two.
std::string HeadlineOf(const TestResults& baseline, const TestResults& now) {
  const std::string text = CompareMarkdown(CompareResults(baseline, now), {});
  return text.substr(0, text.find('\n'));
}

TEST(CompareMarkdownHeadlineTest, PromisesNoMoreThanWasTold) {
  TestResults base = TestResults().Ok(Around(1));
  EXPECT_EQ(HeadlineOf(base, base),
            "### No regression found in 1 configuration");
  EXPECT_EQ(HeadlineOf(TestResults().Ok({1, 1}), TestResults().Ok({1, 1})),
            "### Undecided: nothing can be told of 1 configuration");
  EXPECT_EQ(HeadlineOf(TestResults().Error("x"), TestResults().Error("x")),
            "### Undecided: nothing can be told of 1 configuration");
  EXPECT_EQ(HeadlineOf(base, TestResults().Ok(Around(0.5)).Split(1, 1).Ok({1})),
            "### No regression, 1 of 1 configuration faster");
  // Nor more than the gate.
  TestResults more = base;
  const Comparison missing = CompareResults(more.Split(1, 1).Ok({1}), base);
  OutputSettings gated;
  gated.gate = FindGate(missing);
  EXPECT_THAT(
      CompareMarkdown(missing, gated),
      StartsWith("### Undecided: not all of the baseline can be told\n"));
  TestResults now = base;
  base.Split(1, 1).Capped(9);
  now.Split(1, 1).Capped(9);
  EXPECT_EQ(HeadlineOf(base, now),
            "### No regression found in 1 of 2 configurations");
}

}  // namespace
}  // namespace hybrid
