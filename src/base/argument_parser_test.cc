#include "base/argument_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "base/test_errors.h"
#include "base/text.h"
#include "base/version.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
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
    parser_.AddRepeated("--run_flags", repeated_, "Flags", "FLAGS");
    parser_.AddSwitch("--all", all_, "Everything");
    parser_.AddOptionalText("--dry_run", dry_run_, "Nothing");
    parser_.AddFiles("FILE", files_, "Result files");
    parser_.AddTable("Exit status", {{"0", "always"}});
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
  std::vector<std::string> repeated_;
  bool all_ = false;
  std::string dry_run_;
  std::vector<std::string> files_;
};

TEST_F(ArgumentParserTest, TakesAValueEachTimeThatMayBeFlagsItself) {
  ASSERT_TRUE(parser_.Parse({"--run_flags=--n=64,256 --data=hot", "a.csv",
                             "--run_flags", "x", "--run_flags=", "b.csv"}));
  EXPECT_THAT(repeated_, ElementsAre("--n=64,256 --data=hot", "x", " "));
  EXPECT_THAT(files_, ElementsAre("a.csv", "b.csv"));
}

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
  EXPECT_THAT(ErrorOf({"a", "-o=", "--all"}), HasSubstr("-o"));
  EXPECT_THAT(ErrorOf({"a", "--window=", "3"}), HasSubstr("--window"));
  EXPECT_THAT(ErrorOf({"a", "--format=", "csv"}), HasSubstr("--format"));
  EXPECT_THAT(ErrorOf({"a", "--baseline=", "b"}), HasSubstr("--baseline="));
  EXPECT_THAT(ErrorOf({"a", "--baseline=b,,c"}), HasSubstr("--baseline=b,,c"));
  EXPECT_THAT(ErrorOf({"a", "--all=", "b"}), HasSubstr("--all="));
  EXPECT_THAT(ErrorOf({"a", ""}), HasSubstr("empty"));
  ASSERT_TRUE(parser_.Parse({"--text=", "a"}));
  EXPECT_EQ(text_, "");
  EXPECT_THAT(files_, ElementsAre("a"));
}

TEST_F(ArgumentParserTest, AValueThatIsMissingIsNotTheNextFlag) {
  for (const char* flag :
       {"--text", "--output", "-o", "--window", "--format", "--baseline"}) {
    EXPECT_THAT(ErrorOf({"a", flag, "--all"}),
                AllOf(HasSubstr(flag), HasSubstr("--all")));
    EXPECT_THAT(ErrorOf({"a", flag}), HasSubstr(flag));
  }
  EXPECT_FALSE(all_);
  ASSERT_TRUE(parser_.Parse({"a", "--text=--all", "-o", "-"}));
  EXPECT_EQ(text_, "--all");
  EXPECT_EQ(name_, "-");
}

TEST_F(ArgumentParserTest, EverySpellingOfAShortFlag) {
  for (const std::vector<std::string>& spelling :
       {std::vector<std::string>{"-o", "x.html"},
        {"-ox.html"},
        {"-o=x.html"},
        {"--output", "x.html"},
        {"--output=x.html"}}) {
    ArgumentParser parser("tool", "");
    std::string name;
    parser.AddName("-o,--output", name, "");
    ASSERT_TRUE(parser.Parse(spelling));
    EXPECT_EQ(name, "x.html") << spelling.front();
  }
}

TEST_F(ArgumentParserTest, OnceIsEnoughButForLists) {
  EXPECT_EQ(ErrorOf({"a", "--text=x", "--text", "x"}),
            "--text: is given twice, once is enough");
  EXPECT_EQ(ErrorOf({"a", "-o=x", "--output=y"}),
            "--output: is given twice, once is enough");
  EXPECT_THAT(ErrorOf({"a", "--all", "--all"}), HasSubstr("twice"));
  ASSERT_TRUE(parser_.Parse({"a", "--baseline=b", "--baseline=c"}));
  EXPECT_THAT(list_, ElementsAre("b", "c"));
}

TEST_F(ArgumentParserTest, SwitchesAndHelpTakeNoValue) {
  EXPECT_EQ(ErrorOf({"--help=bla"}), "--help=bla: takes no value");
  EXPECT_EQ(ErrorOf({"-hx"}), "-h=x: takes no value");
  EXPECT_EQ(ErrorOf({"a", "--all=maybe"}),
            "--all=maybe: takes no value but true and false");
  ASSERT_TRUE(parser_.Parse({"a", "--all=yes"}));
  EXPECT_TRUE(all_);
}

TEST_F(ArgumentParserTest, ATextThatMayBeLeftOut) {
  ASSERT_TRUE(parser_.Parse({"a", "--dry_run", "b"}));
  EXPECT_EQ(dry_run_, "true");
  EXPECT_THAT(files_, ElementsAre("a", "b"));
  ASSERT_TRUE(parser_.Parse({"a", "--dry_run=full"}));
  EXPECT_EQ(dry_run_, "full");
}

TEST_F(ArgumentParserTest, WhatStandsBehindTwoDashesIsNoFlag) {
  ASSERT_TRUE(parser_.Parse({"a", "--", "--all"}));
  EXPECT_THAT(files_, ElementsAre("a", "--all"));
  EXPECT_FALSE(all_);
}

TEST_F(ArgumentParserTest, WhatNobodyTakesIsNamed) {
  ArgumentParser parser("tool", "");
  EXPECT_EQ(MessageOf<ArgumentError>([&] { parser.Parse({"stray"}); }),
            "stray: nothing is taken here without a flag");
}

TEST_F(ArgumentParserTest, HelpShowsFlagsAndDefaults) {
  EXPECT_FALSE(parser_.Parse({"--help"}));
  EXPECT_EQ(parser_.Help(), R"(What it does.

Usage: tool [FLAGS] FILE...
  FILE                    Result files

Flags:
  --help, -h              print this and exit
  --version               print what this was built of, and exit
  --text=TEXT             Any text (default: usual)
  --output=FILE, -o       A file (default: report.html)
  --window=NUMBER         How many (default: 10)
  --format=CHOICE         How (default: text)
  --baseline=LIST         Files
  --run_flags=FLAGS       Flags
  --all                   Everything
  --dry_run               Nothing

Exit status:
  0                       always
)");
}

TEST_F(ArgumentParserTest, HelpIsNeverWiderThanAHundredColumns) {
  std::string words;
  for (int i = 0; i < 50; ++i) words += "words × ";
  ArgumentParser parser("tool", words);
  parser.AddTable("In front", {{words.substr(0, 40), words}});
  std::string text = "usual";
  parser.AddText("--a_name_longer_than_its_column", text, words);
  std::istringstream lines(parser.Help());
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(DisplayWidth(line), 100U) << line;
  }
  EXPECT_LT(parser.Help().find("In front:"), parser.Help().find("Flags:"));
}

TEST_F(ArgumentParserTest, HelpHasSectionsOfFlags) {
  parser_.AddSection("More");
  bool more = false;
  parser_.AddSwitch("--more", more, "Of that");
  const std::string help = parser_.Help();
  EXPECT_LT(help.find("--dry_run"), help.find("\n\nMore:\n  --more "));
  EXPECT_LT(help.find("\n  --more "), help.find("\nExit status:\n"));
}

TEST_F(ArgumentParserTest, VersionIsInPlaceOfTheHelp) {
  EXPECT_FALSE(parser_.Parse({"a", "--version"}));
  EXPECT_EQ(parser_.Help(), VersionLine("tool"));
  EXPECT_EQ(ErrorOf({"--version=1"}), "--version=1: takes no value");
}

}  // namespace
}  // namespace hybrid
