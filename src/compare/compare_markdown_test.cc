#include "compare/compare_markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "compare/test_comparison.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
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

}  // namespace
}  // namespace hybrid
