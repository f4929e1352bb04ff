#include "base/pattern.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/test_errors.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

using Grammar = Pattern::Grammar;

const std::string kName =
    "Hybrid/gemm/n:16/batch:4/workers:16/blas_threads:1/kernels:library/"
    "manual_time";

std::string ErrorOf(const std::string& expression,
                    Grammar grammar = Grammar::kExtended) {
  return MessageOf<PatternError>([&] { Pattern(expression, grammar); });
}

std::string Repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(PatternTest, IsFoundAnywhere) {
  EXPECT_TRUE(Pattern("workers:1", Grammar::kExtended).FoundIn(kName));
  EXPECT_FALSE(Pattern("workers:1/", Grammar::kExtended).FoundIn(kName));
  EXPECT_TRUE(Pattern("n:(16|64)/.*workers:[0-9]{2}/", Grammar::kExtended)
                  .FoundIn(kName));
  EXPECT_TRUE(Pattern("^Hybrid.*time$", Grammar::kExtended).FoundIn(kName));
  EXPECT_TRUE(Pattern(R"(n:\d+/)", Grammar::kEcmaScript).FoundIn(kName));
  EXPECT_TRUE(Pattern("2×1", Grammar::kEcmaScript).FoundIn("gemm n=16 2×1"));
  EXPECT_TRUE(Pattern("", Grammar::kEcmaScript).FoundIn(kName));
}

// Each has more ways to divide the name than there are seconds in a lifetime.
TEST(PatternTest, NestedRepetitionsComeToAnEnd) {
  for (const Grammar grammar : {Grammar::kExtended, Grammar::kEcmaScript}) {
    for (const std::string& expression :
         {std::string("((((.*)*)*)*)*!"), std::string("(.+.+)+!"),
          std::string("(.|[a-z])*!"), Repeated(".*", 30) + "!",
          Repeated("(", 500) + "." + Repeated(")*", 500) + "!",
          std::string("(.?){100}!"), std::string("((.?){8}){8}!")}) {
      EXPECT_FALSE(Pattern(expression, grammar).FoundIn(kName)) << expression;
    }
  }
}

TEST(PatternTest, WhatCouldTakeForEverIsRefused) {
  EXPECT_THAT(ErrorOf(std::string(5000, '(')), HasSubstr("too large"));
  EXPECT_THAT(ErrorOf("((((.{100}){100}){100}){100})"), HasSubstr("too large"));
  EXPECT_THAT(ErrorOf("a{99999999999999999999}"), HasSubstr("too large"));
  EXPECT_THAT(ErrorOf(R"((.*)*\1)", Grammar::kEcmaScript),
              HasSubstr("back-references"));
}

TEST(PatternTest, SaysWhatIsNoExpression) {
  for (const char* expression : {"[", "(", "*a", "a{2,1}", "[z-a]", "\\"}) {
    EXPECT_THAT(ErrorOf(expression), HasSubstr("is no regular expression"))
        << expression;
  }
}

}  // namespace
}  // namespace hybrid
