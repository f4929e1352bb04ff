#include "base/shell_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ShellWordsTest, QuotesOnlyWhatAShellWouldTakeApart) {
  EXPECT_EQ(Quote("64,256"), "64,256");
  EXPECT_EQ(Quote("64:256:*2"), "'64:256:*2'");
  EXPECT_EQ(Quote("it's"), "'it'\\''s'");
  EXPECT_EQ(Quote(""), "");
}

TEST(ShellWordsTest, SplitsAtBlanksOutsideQuotes) {
  EXPECT_THAT(SplitWords(" a  b'c d'e \\' ''"),
              ElementsAre("a", "bc de", "'", ""));
  EXPECT_THAT(SplitWords("a\tb\nc"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(SplitWords(""), IsEmpty());
  EXPECT_THROW(SplitWords("a 'b"), std::invalid_argument);
  EXPECT_THROW(SplitWords("a \"b'"), std::invalid_argument);
}

TEST(ShellWordsTest, BackslashesMeanWhatTheyMeanToAShell) {
  EXPECT_THAT(SplitWords(R"(a\ b \"c\" \\)"),
              ElementsAre("a b", "\"c\"", "\\"));
  EXPECT_THAT(SplitWords(R"("a \"b\" \\ \$x \y 'z'")"),
              ElementsAre(R"(a "b" \ $x \y 'z')"));
  EXPECT_THAT(SplitWords(R"('a\b"c')"), ElementsAre(R"(a\b"c)"));
  EXPECT_THAT(SplitWords("one\\\nword"), ElementsAre("oneword"));
  EXPECT_THAT(SplitWords("end\\"), ElementsAre("end\\"));
}

TEST(ShellWordsTest, ExpandsNothing) {
  EXPECT_THAT(SplitWords("sh -c \"echo $HOME; ls *\" ~"),
              ElementsAre("sh", "-c", "echo $HOME; ls *", "~"));
}

TEST(ShellWordsTest, ReadsBackWhatWasQuoted) {
  for (const char* text : {"a b", "'", "''", "\\", "$(x) `y` \"z\" *?[!"}) {
    EXPECT_THAT(SplitWords(Quote(text)), ElementsAre(text));
  }
}

}  // namespace
}  // namespace hybrid
