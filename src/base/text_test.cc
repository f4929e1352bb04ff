#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hybrid {
namespace {

TEST(TextTest, OneIsSingular) {
  EXPECT_EQ(Counted(0, "core"), "0 cores");
  EXPECT_EQ(Counted(1, "core"), "1 core");
  EXPECT_EQ(Counted(2, "core"), "2 cores");
}

TEST(TextTest, NothingBreaksALine) {
  EXPECT_EQ(OneLine("a\nb\tc\x7F×"), "a b c ×");
}

TEST(TextTest, WhatWasPrintedLastIsToldInWholeCharacters) {
  EXPECT_EQ(ItPrinted(""), "");
  EXPECT_EQ(ItPrinted("\n \n"), "");
  EXPECT_EQ(ItPrinted("one\ntwo\n"), "; it printed: one two");
  EXPECT_EQ(ItPrinted(std::string(301, 'a')),
            "; it printed: …" + std::string(300, 'a'));
  EXPECT_EQ(ItPrinted("×" + std::string(299, 'a')),
            "; it printed: …" + std::string(299, 'a'));
}

TEST(TextTest, ColumnsCountCharacters) {
  EXPECT_EQ(DisplayWidth("2×1 …"), 5U);
  EXPECT_EQ(DisplayWidth(""), 0U);
}

TEST(TextTest, WhatIsCutSaysSo) {
  EXPECT_EQ(CutTo("2×1 ab", 6), "2×1 ab");
  EXPECT_EQ(CutTo("2×1 ab", 5), "2×1 …");
  EXPECT_EQ(CutTo("2×1 ab", 2), "2…");
  EXPECT_EQ(CutTo("ab", 0), "");
}

TEST(TextTest, WordsStandBetweenBlanks) {
  EXPECT_EQ(WordsOf("  a  bc d "), (std::vector<std::string>{"a", "bc", "d"}));
  EXPECT_TRUE(WordsOf(" ").empty());
}

TEST(TextTest, WrappedLinesBeginBelowEachOther) {
  EXPECT_EQ(Wrapped("a: ", {"one", "two", "three", "×"}, 11),
            "a: one two\n   three ×\n");
  EXPECT_EQ(Wrapped("a: ", {"much-too-long", "b"}, 5),
            "a: much-too-long\n   b\n");
  EXPECT_EQ(Wrapped("a: ", {}, 5), "a:\n");
  EXPECT_EQ(Wrapped("a: ", {"1,", "2,", "3"}, 7, ""), "a: 1,2,\n   3\n");
}

}  // namespace
}  // namespace hybrid
