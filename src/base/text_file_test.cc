#include "base/text_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/test_folder.h"

namespace hybrid {
namespace {

using ::testing::Optional;

TEST(TextFileTest, ReadsTheWholeFile) {
  const TestFolder root;
  for (const std::string& text :
       {std::string(), std::string("one\ntwo"), std::string(100000, 'x')}) {
    root.Lay("/proc/file", text);
    EXPECT_THAT(text_file::Read(root.path() + "/proc/file"), Optional(text));
  }
}

TEST(TextFileTest, NothingIfItCannotBeOpenedOrRead) {
  const TestFolder root;
  EXPECT_EQ(text_file::Read(root.path() + "/missing"), std::nullopt);
  // A directory opens, and then read fails.
  EXPECT_EQ(text_file::Read(root.path()), std::nullopt);
}

TEST(TextFileTest, FindsTheNumberBehindAKey) {
  const std::string text = "a: 1 kB\nb 2\nc\t:\t3\nd : x\ne:\nf 1.5\n";
  EXPECT_THAT(text_file::FindNumber<int>(text, "a"), Optional(1));
  EXPECT_THAT(text_file::FindNumber<int>(text, "b"), Optional(2));
  EXPECT_THAT(text_file::FindNumber<int>(text, "c"), Optional(3));
  EXPECT_THAT(text_file::FindNumber<double>(text, "f"), Optional(1.5));
  for (const char* key : {"d", "e", "g"}) {
    EXPECT_EQ(text_file::FindNumber<int>(text, key), std::nullopt) << key;
  }
}

TEST(TextFileTest, CommandsOfProcessesMayHoldAnything) {
  EXPECT_THAT(text_file::StatFields("42 (a ) (b) S 1 42\n"),
              ::testing::ElementsAre("S", "1", "42"));
  EXPECT_THAT(text_file::StatFields("42 S 1"), ::testing::IsEmpty());
  EXPECT_THAT(text_file::StatFields(""), ::testing::IsEmpty());
}

}  // namespace
}  // namespace hybrid
