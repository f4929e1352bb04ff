#include "output/tutorial_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "base/text.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Row CaseRow(const std::string& name, std::uint64_t workers,
            std::uint64_t blas_threads, Status status) {
  Row row;
  row.family = Family::kTutorial;
  row.variant = name;
  row.n = 2000;
  row.batch = 100;
  row.workers = workers;
  row.blas_threads = blas_threads;
  row.usable_cores = 4;
  row.status = status;
  return row;
}

Row Timed(Row row, double wall_s) {
  row.wall_s = wall_s;
  return row;
}

std::string LineWith(const std::string& text, const std::string& part) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(part) != std::string::npos) return line;
  }
  return "";
}

TEST(TutorialTableTest, IsEmptyWithoutACase) {
  EXPECT_EQ(TutorialTable({}), "");
  Row other = CaseRow("serial", 1, 1, Status::kOk);
  other.family = Family::kHybrid;
  EXPECT_EQ(TutorialTable(std::vector<Row>{other}), "");
}

TEST(TutorialTableTest, HasMediansBesideTheTutorialsFigures) {
  const std::string table = TutorialTable(
      std::vector<Row>{Timed(CaseRow("serial", 1, 1, Status::kOk), 39),
                       Timed(CaseRow("serial", 1, 1, Status::kOk), 40),
                       Timed(CaseRow("serial", 1, 1, Status::kOk), 90),
                       Timed(CaseRow("processes", 4, 1, Status::kOk), 10)});
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(DisplayWidth(line), kScreenColumns) << line;
  }
  EXPECT_THAT(LineWith(table, "33.1"),
              AllOf(HasSubstr("1×1"), HasSubstr("40"), HasSubstr("1.00")));
  // Ours is a quarter of serial, the tutorial's 0.35.
  EXPECT_THAT(LineWith(table, "11.5"),
              AllOf(HasSubstr("4×1"), HasSubstr("10"), HasSubstr("0.25"),
                    HasSubstr("0.35")));
}

TEST(TutorialTableTest, AScriptHasColumnsOfItsOwn) {
  const auto script_row = [](const std::string& name, std::uint64_t workers,
                             Status status) {
    Row row = CaseRow(name + "_script", workers, 1, status);
    row.operation = kCommandOperation;
    return row;
  };
  const std::string table = TutorialTable(
      std::vector<Row>{Timed(CaseRow("serial", 1, 1, Status::kOk), 40),
                       Timed(script_row("serial", 1, Status::kOk), 50),
                       script_row("blas_threads_default", 1, Status::kError),
                       Timed(CaseRow("processes", 4, 1, Status::kOk), 10),
                       Timed(script_row("processes", 4, Status::kOk), 20)});
  for (std::istringstream lines(table); !lines.eof();) {
    std::string line;
    std::getline(lines, line);
    EXPECT_LE(DisplayWidth(line), kScreenColumns) << line;
  }
  EXPECT_THAT(LineWith(table, "case"),
              AllOf(HasSubstr("here"), HasSubstr("script")));
  EXPECT_THAT(LineWith(table, "33.1"), AllOf(HasSubstr("40"), HasSubstr("50")));
  EXPECT_THAT(LineWith(table, "default BLAS threads"),
              AllOf(HasSubstr("not run"), HasSubstr("error")));
  // By the serial case of its own.
  EXPECT_THAT(LineWith(table, "11.5"),
              AllOf(HasSubstr("0.25"), HasSubstr("0.40"), HasSubstr("0.35")));
  EXPECT_THAT(table, HasSubstr("script: what --command starts"));
}

TEST(TutorialTableTest, SaysWhatIsMissingFailedOrCapped) {
  const std::string table = TutorialTable(std::vector<Row>{
      Timed(CaseRow("serial", 1, 1, Status::kOk), 40),
      CaseRow("processes", 4, 1, Status::kError),
      Timed(CaseRow("processes_blas_threads", 4, 8, Status::kCapped), 20)});
  EXPECT_THAT(LineWith(table, "default BLAS threads"), HasSubstr("not run"));
  EXPECT_THAT(LineWith(table, "11.5"), HasSubstr("error"));
  // The cap's time is none of the case's.
  EXPECT_THAT(
      LineWith(table, "12.1"),
      AllOf(HasSubstr("capped"), Not(HasSubstr("20")), Not(HasSubstr("0.50"))));
}

TEST(TutorialTableTest, WithoutSerialHasNoRatios) {
  const std::string table = TutorialTable(
      std::vector<Row>{Timed(CaseRow("processes", 4, 1, Status::kOk), 10)});
  EXPECT_THAT(LineWith(table, "11.5"),
              AllOf(HasSubstr("10"), HasSubstr(" - "), HasSubstr("0.35")));
  EXPECT_THAT(LineWith(table, "33.1"), HasSubstr("not run"));
}

}  // namespace
}  // namespace hybrid
