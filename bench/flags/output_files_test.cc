#include "flags/output_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/flag_error.h"
#include "base/test_errors.h"
#include "results/row_format.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class OutputFilesTest : public ::testing::Test {
 protected:
  std::string File(const std::string& name) const { return folder_.File(name); }

  /// What is said of `--csv=csv --benchmark_out=out`, or of --resume.
  static std::string ErrorOf(const std::string& csv, const std::string& out,
                             const std::string& flag = "--csv") {
    return MessageOf<FlagError>([&] {
      CheckOutputFiles(ParseOptions({flag + "=" + csv}),
                       GoogleFlags({"--benchmark_out=" + out}));
    });
  }

  TestFolder folder_;
};

TEST_F(OutputFilesTest, TwoNamesOfOneFile) {
  EXPECT_THAT(ErrorOf(File("x"), File("x")),
              AllOf(HasSubstr("--csv="), HasSubstr("--benchmark_out="),
                    Not(HasSubstr("\n"))));
  EXPECT_THAT(ErrorOf(File("x"), File("new/../x")), HasSubstr("--csv"));
  std::filesystem::create_symlink("x", File("link"));
  EXPECT_THAT(ErrorOf(File("x"), File("link")), HasSubstr("--csv"));
  WriteFile(File("x"), "");
  std::filesystem::create_hard_link(File("x"), File("hard"));
  EXPECT_THAT(ErrorOf(File("hard"), File("x")), HasSubstr("--csv"));
  EXPECT_THAT(ErrorOf(File("x"), File("x"), "--resume"),
              HasSubstr("is the file of --resume="));
}

TEST_F(OutputFilesTest, WhatIsNobodyElses) {
  EXPECT_EQ(ErrorOf(File("x"), File("y")), "no error");
  EXPECT_EQ(ErrorOf("none", File("none")), "no error");
  EXPECT_EQ(ErrorOf(File("x"), ""), "no error");
  EXPECT_EQ(ErrorOf("/dev/null", "/dev/null"), "no error");
  WriteFile(File("old.json"), "{}");
  EXPECT_EQ(ErrorOf("auto", File("old.json")), "no error");
}

TEST_F(OutputFilesTest, AResultFileIsNoPlaceForAnythingElse) {
  WriteFile(File("old.csv"), HeaderLine());
  EXPECT_THAT(ErrorOf("auto", File("old.csv")),
              AllOf(HasSubstr("--benchmark_out="), HasSubstr("holds results")));
}

}  // namespace
}  // namespace hybrid
