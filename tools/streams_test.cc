// Runs the real tools on pipes, on process substitution and on their standard
// streams, in the place of files.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "results/row.h"
#include "results/test_files.h"
#include "test_tool.h"
#include "test_tool_files.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class StreamsTest : public ToolTest {
 protected:
  StreamsTest() {
    std::vector<Row> others = RowsOfTwoSplits();
    for (Row& row : others) row.run_id = "other";
    Write("a.csv", RowsOfTwoSplits());
    Write("b.csv", others);
    EXPECT_EQ(Bash("gzip -k a.csv b.csv").status, 0);
  }

  /// Runs a script of bash in the folder, where the tools are called by their
  /// names.
  ToolResult Bash(const std::string& script) const {
    WriteFile(folder_.File("script"), "set -u; cd '" + folder_.path() +
                                          "'; answer='" HYBRID_ANSWER
                                          "'; compare='" HYBRID_COMPARE "'\n" +
                                          script + "\n");
    return RunTool("bash " + Quoted("script"));
  }

  /// What the tool that `script` ends with says on stderr; its status is 2.
  std::string ErrorOf(const std::string& script) const {
    const ToolResult result = Bash("{ " + script + "; } 3>&1 >/dev/null 2>&3");
    EXPECT_EQ(result.status, 2) << script;
    EXPECT_EQ(result.output.find('\n'), result.output.size() - 1)
        << script << '\n'
        << result.output;
    return result.output;
  }
};

// The whole answer: the first screen names its file.
TEST_F(StreamsTest, TheAnswerOfAPipeIsThatOfTheFile) {
  const ToolResult of_file = Bash("$answer --why a.csv");
  ASSERT_EQ(of_file.status, 0);
  ASSERT_THAT(of_file.output, HasSubstr("2×1"));
  for (const std::string script :
       {"$answer --why <(zcat a.csv.gz)", "zcat a.csv.gz | $answer --why -",
        "$answer --why - <a.csv", "$answer --why /dev/stdin <a.csv",
        "cp a.csv ./-; $answer --why ./-",
        "mkfifo p; { cat a.csv >p & }; $answer --why p",
        "{ head -c 1000 a.csv; sleep 0.3; tail -c +1001 a.csv; } | $answer "
        "--why "
        "-"}) {
    const ToolResult result = Bash(script + " 2>&1");
    EXPECT_EQ(result.status, 0) << script;
    EXPECT_EQ(result.output, of_file.output) << script;
  }
}

TEST_F(StreamsTest, PipesAndFilesArePooled) {
  const std::string of_files = Bash("$answer --why a.csv b.csv").output;
  EXPECT_EQ(Bash("$answer --why <(zcat a.csv.gz) <(zcat b.csv.gz) 2>&1").output,
            of_files);
  EXPECT_EQ(Bash("zcat a.csv.gz | $answer --why - b.csv 2>&1").output,
            of_files);
}

TEST_F(StreamsTest, ACopyInAPipeCountsOnce) {
  EXPECT_THAT(Bash("$answer a.csv - <a.csv 2>&1 >/dev/null").output,
              StartsWith("hybrid-answer: standard input: 6 rows stand in "
                         "a.csv, too"));
}

// A record that another program has begun to read is nobody's.
TEST_F(StreamsTest, StandardInputIsReadFromWhereItStands) {
  const std::string script =
      "{ echo something else; cat a.csv; } >mixed; "
      "{ read -r _; $answer --why -; } <mixed 2>&1";
  EXPECT_EQ(Bash(script).output, Bash("$answer --why a.csv").output);
}

TEST_F(StreamsTest, EitherSideOfAComparison) {
  const std::string of_files = Bash("$compare a.csv b.csv --all").output;
  const auto table = [](const std::string& text) {
    return text.substr(text.find("\nconfiguration"));
  };
  for (const std::string script :
       {"zcat a.csv.gz | $compare - b.csv --all",
        "zcat b.csv.gz | $compare a.csv - --all",
        "$compare <(zcat a.csv.gz) <(zcat b.csv.gz) --all",
        "$compare --baseline=- --new=b.csv --all <a.csv",
        "zcat b.csv.gz | $compare --baseline=a.csv --new - --all",
        "$compare --baseline=<(zcat a.csv.gz) --new=<(zcat b.csv.gz) --all"}) {
    const ToolResult result = Bash(script + " 2>&1");
    EXPECT_EQ(result.status, 0) << script << result.output;
    ASSERT_THAT(result.output, HasSubstr("\nconfiguration")) << script;
    EXPECT_EQ(table(result.output), table(of_files)) << script;
  }
  EXPECT_THAT(Bash("$compare - b.csv <a.csv").output,
              StartsWith("baseline  standard input  "));
}

TEST_F(StreamsTest, ARunOnBothSidesIsOfStandardInput) {
  EXPECT_THAT(ErrorOf("$compare - a.csv <a.csv"),
              HasSubstr("in standard input of the baseline and a.csv of"));
}

TEST_F(StreamsTest, AStreamIsReadOnce) {
  const std::string twice =
      "standard input: is named twice, and a stream can be read only once\n";
  EXPECT_EQ(ErrorOf("$answer - - <a.csv"), "hybrid-answer: " + twice);
  EXPECT_EQ(ErrorOf("$answer - /dev/stdin <a.csv"), "hybrid-answer: " + twice);
  EXPECT_EQ(ErrorOf("$compare - - <a.csv"), "hybrid-compare: " + twice);
  EXPECT_EQ(ErrorOf("$compare --baseline=- --new=- <a.csv"),
            "hybrid-compare: " + twice);
  EXPECT_EQ(ErrorOf("$compare --baseline=-,- --new=a.csv <b.csv"),
            "hybrid-compare: " + twice);
  EXPECT_EQ(ErrorOf("mkfifo q; $compare q q"),
            "hybrid-compare: q: is named twice, and a stream can be read only "
            "once\n");
}

TEST_F(StreamsTest, WhatIsNoResultFileIsOneLine) {
  EXPECT_EQ(ErrorOf("$answer - </dev/null"),
            "hybrid-answer: standard input:1: the file is empty\n");
  EXPECT_EQ(ErrorOf("zcat a.csv.gz | head -c -10 | $answer -"),
            "hybrid-answer: standard input:7: the last line is torn: it has "
            "no final newline\n");
  EXPECT_EQ(ErrorOf("$answer - <a.csv.gz"),
            "hybrid-answer: standard input:1: compressed with gzip: unpack it "
            "first (gunzip)\n");
  EXPECT_EQ(ErrorOf("$answer a.csv.gz"),
            "hybrid-answer: a.csv.gz:1: compressed with gzip: unpack it first "
            "(gunzip)\n");
  EXPECT_EQ(ErrorOf("$answer - <."),
            "hybrid-answer: standard input: Is a directory\n");
  EXPECT_EQ(ErrorOf("$answer - <&-"),
            "hybrid-answer: standard input: Bad file descriptor\n");
  EXPECT_THAT(ErrorOf("$answer <(false)"), HasSubstr(": the file is empty"));
  EXPECT_THAT(ErrorOf("yes | $answer -"), StartsWith("hybrid-answer: standard "
                                                     "input:1: "));
}

TEST_F(StreamsTest, NothingIsAddedToTheFileOnStandardInput) {
  const std::string before = ReadFile(folder_.File("a.csv"));
  EXPECT_EQ(ErrorOf("$answer - <a.csv >>a.csv"),
            "hybrid-answer: standard input: standard output goes into that "
            "result file, too\n");
  EXPECT_EQ(ReadFile(folder_.File("a.csv")), before);
}

TEST_F(StreamsTest, AHistoryIsMadeOfFiles) {
  const ToolResult result = Bash(
      "mkdir h; cp a.csv b.csv h; mkfifo h/c.csv; $compare --history h 2>&1");
  EXPECT_THAT(result.output,
              HasSubstr("left out: h/c.csv: not a regular file\n"));
}

#ifdef HYBRID_REPORT
TEST_F(StreamsTest, APageOfPipesAndIntoThem) {
  if (!HasPage(HYBRID_BUILD)) GTEST_SKIP() << "the build has no page";
  const std::string report = "'" HYBRID_REPORT "' ";
  ToolResult result = Bash("zcat a.csv.gz | " + report + "- -o - 2>told");
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.output, AllOf(StartsWith("<!"),
                                   HasSubstr(R"("files":["standard input"])"),
                                   Not(HasSubstr("wrote"))));
  EXPECT_THAT(ReadFile(folder_.File("told")),
              AllOf(StartsWith("wrote standard output: "),
                    ::testing::EndsWith(", 6 rows of 1 run\n")));
  const std::string page = result.output;
  EXPECT_EQ(Bash(report + "- -o /dev/stdout <a.csv 2>/dev/null").output, page);
  EXPECT_EQ(Bash(report + "- -o - <a.csv 2>/dev/null >page; cat page").output,
            page);
  // The shell does not wait for what stands in >( ).
  result = Bash("mkfifo q; { cat q >page2 & }; " + report +
                "- -o q <a.csv >/dev/null && wait && cat page2 || kill $!");
  EXPECT_EQ(result.output, page);
  EXPECT_EQ(Bash(report + "- -o >(cat) <a.csv >told; wait; sleep 0.2").status,
            0);
  EXPECT_THAT(Bash(report + "<(cat a.csv) -o - 2>/dev/null").output,
              HasSubstr(R"("files":["/dev/fd/)"));
  EXPECT_THAT(ErrorOf(report + "- - -o x.html <a.csv"), HasSubstr("twice"));
  EXPECT_EQ(ErrorOf(report + "a.csv --svg=-"),
            "hybrid-report: --svg=-: takes a folder\n");
  EXPECT_THAT(Bash("ls -- - 2>/dev/null").output, IsEmpty());
}
#endif

}  // namespace
}  // namespace hybrid
