#include "base/argument_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/test_errors.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ArgumentParserTest : public ::testing::Test {
 protected:
  ArgumentParserTest() : parser_("tool", "What it does.") {
    parser_.AddText("--text", text_, "Any text");
    parser_.AddName("-o,--output", name_, "A file");
    parser_.AddNumber("--window", number_, "How many");
    parser_.AddChoice("--format", choice_, {"text", "csv"}, "How");
    parser_.AddList("--baseline", list_, "Files");
    parser_.AddSwitch("--all", all_, "Everything");
    parser_.AddFiles("FILE", files_, "Result files");
    parser_.SetFooter("Exit status: 0.");
  }

  std::string ErrorOf(const std::vector<std::string>& arguments) {
    return MessageOf<ArgumentError>([&] { parser_.Parse(arguments); });
  }

  ArgumentParser parser_;
  std::string text_ = "usual";
  std::string name_ = "report.html";
  std::size_t number_ = 10;
  std::string choice_ = "text";
  std::vector<std::string> list_;
  bool all_ = false;
  std::vector<std::string> files_;
};

TEST_F(ArgumentParserTest, ReadsWhatIsGivenAndKeepsTheRest) {
  ASSERT_TRUE(parser_.Parse({"a.csv", "--baseline=b.csv,c.csv", "--window", "3",
                             "--all", "d.csv", "--format=csv"}));
  EXPECT_THAT(files_, ElementsAre("a.csv", "d.csv"));
  EXPECT_THAT(list_, ElementsAre("b.csv", "c.csv"));
  EXPECT_EQ(number_, 3U);
  EXPECT_EQ(choice_, "csv");
  EXPECT_TRUE(all_);
  EXPECT_EQ(text_, "usual");
  EXPECT_TRUE(parser_.Given("--window"));
  EXPECT_FALSE(parser_.Given("--text"));
}

TEST_F(ArgumentParserTest, WhatCantBeTakenIsOneLineThatNamesIt) {
  EXPECT_THAT(ErrorOf({"a", "--windw=3"}), HasSubstr("--windw"));
  EXPECT_THAT(ErrorOf({"a", "--window=many"}), HasSubstr("--window"));
  EXPECT_THAT(ErrorOf({"a", "--format=xml"}), HasSubstr("--format"));
  EXPECT_THAT(ErrorOf({"a", "--output", ""}), HasSubstr("--output"));
  EXPECT_THAT(ErrorOf({}), HasSubstr("FILE"));
  EXPECT_EQ(ErrorOf({"a", "--window=x"}).find('\n'), std::string::npos);
}

TEST_F(ArgumentParserTest, AnEmptyValueIsNotTheNextArgument) {
  EXPECT_THAT(ErrorOf({"a", "--output=", "--all"}), HasSubstr("--output"));
  ASSERT_TRUE(parser_.Parse({"--text=", "a"}));
  EXPECT_EQ(text_, "");
  EXPECT_THAT(files_, ElementsAre("a"));
}

TEST_F(ArgumentParserTest, HelpShowsFlagsAndDefaults) {
  EXPECT_FALSE(parser_.Parse({"--help"}));
  EXPECT_THAT(parser_.Help(), HasSubstr("--window"));
  EXPECT_THAT(parser_.Help(), HasSubstr("report.html"));
  EXPECT_THAT(parser_.Help(), HasSubstr("Exit status: 0."));
}

}  // namespace
}  // namespace hybrid
