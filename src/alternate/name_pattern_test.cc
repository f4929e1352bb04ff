#include "alternate/name_pattern.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/pattern.h"

namespace hybrid {
namespace {

TEST(NamePatternTest, FindsTheNamesAndNoOthers) {
  const std::vector<std::string> names = {"Hybrid/gemm/n:64/workers:1",
                                          "Hybrid/gemm/n:64/workers:1/data:hot",
                                          "Hybrid/gemm/n:256/workers:1",
                                          "BM_copy<int>(a.b)",
                                          "BM|x/2+",
                                          "[a]{2}"};
  for (const auto grammar :
       {Pattern::Grammar::kExtended, Pattern::Grammar::kEcmaScript}) {
    const Pattern pattern(NamePattern(names), grammar);
    for (const std::string& name : names) EXPECT_TRUE(pattern.FoundIn(name));
    for (const char* const other :
         {"Hybrid/gemm/n:64", "Hybrid/gemm/n:64/workers:2", "BM_copy<int>(aXb)",
          "xHybrid/gemm/n:256/workers:1", "Hybrid/gemm/n:256/workers:1/x", "BM",
          "x/2", "[a]{2}/", "Hybrid/gemm/n:256/workers:1/data:hot", ""}) {
      EXPECT_FALSE(pattern.FoundIn(other)) << other;
    }
  }
}

TEST(NamePatternTest, SaysOnceWhatNamesHaveInCommon) {
  EXPECT_EQ(NamePattern({"a/b/c", "a/b/d"}), "^a/b(/c|/d)$");
  EXPECT_EQ(NamePattern({"a/b", "a/b/d"}), "^a/b(/d)?$");
}

}  // namespace
}  // namespace hybrid
