#include "flags/shell_words.h"

#include <gmock/gmock.h>

#include "results/results_error.h"

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
  EXPECT_THAT(SplitWords(""), IsEmpty());
  EXPECT_THROW(SplitWords("a 'b"), ResultsError);
}

TEST(ShellWordsTest, ReadsBackWhatWasQuoted) {
  for (const char* text : {"a b", "'", "''", "\\", "$(x) `y` \"z\" *?[!"}) {
    EXPECT_THAT(SplitWords(Quote(text)), ElementsAre(text));
  }
}

}  // namespace
}  // namespace hybrid
