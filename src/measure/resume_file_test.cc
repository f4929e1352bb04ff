#include "measure/resume_file.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/test_errors.h"
#include "measure/resume_standings.h"
#include "results/results_error.h"
#include "results/row_format.h"
#include "results/test_files.h"
#include "results/test_former.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Record(const Row& row) {
  std::string record;
  AppendRecord(row, record);
  return record;
}

Row Repetition(std::uint64_t n, std::uint64_t repetition) {
  Row row;
  row.n = n;
  row.batch = 8;
  row.repetition = repetition;
  row.status = Status::kOk;
  row.wall_s = 0.125;
  // A line break in a field is the end of no record.
  row.warnings = "two\nlines, \"quoted\"";
  return row;
}

class ResumeFileTest : public ::testing::Test {
 protected:
  std::string ErrorOf(const std::string& content) const {
    WriteFile(path_, content);
    return Error();
  }
  std::string Error() const {
    return MessageOf<ResultsError>([&] { ReadResumeFile(path_); });
  }

  TestFolder folder_;
  std::string path_ = folder_.File("r.csv");
};

TEST_F(ResumeFileTest, EveryTornHeaderHasNoRows) {
  for (std::size_t size = 0; size < HeaderLine().size(); ++size) {
    WriteFile(path_, HeaderLine().substr(0, size));
    const ResumeFile file = ReadResumeFile(path_);
    EXPECT_THAT(file.contents.rows, IsEmpty());
    EXPECT_EQ(file.position.kept, 0);
    EXPECT_EQ(file.position.size, static_cast<off_t>(size));
  }
  WriteFile(path_, HeaderLine());
  const ResumeFile file = ReadResumeFile(path_);
  EXPECT_THAT(file.contents.rows, IsEmpty());
  EXPECT_EQ(file.position.kept, static_cast<off_t>(HeaderLine().size()));
}

// Wherever in its last two rows a file ends: what is kept is whole, and what is
// done is exactly what all its rows are there for.
TEST_F(ResumeFileTest, EveryTornEndIsCutToWholeConfigurations) {
  const std::vector<Wanted> wanted{{"one", Repetition(1, 0), 2},
                                   {"two", Repetition(2, 0), 2}};
  std::string text = HeaderLine();
  std::vector<std::size_t> ends;
  for (const Row& row : {Repetition(1, 0), Repetition(1, 1), Repetition(2, 0),
                         Repetition(2, 1)}) {
    text += Record(row);
    ends.push_back(text.size());
  }
  for (std::size_t size = ends[1]; size <= text.size(); ++size) {
    WriteFile(path_, text.substr(0, size));
    const ResumeFile file = ReadResumeFile(path_);
    const Standings standings = FindStandings(file.contents.rows, wanted);
    const bool whole = size == text.size();
    EXPECT_TRUE(standings.of_wanted[0].done);
    EXPECT_EQ(standings.of_wanted[1].done, whole);
    EXPECT_THAT(standings.notes, IsEmpty());
    const std::size_t kept = whole ? ends[3] : ends[1];
    ASSERT_EQ(file.After(standings.kept_rows).kept, static_cast<off_t>(kept));
    EXPECT_EQ(file.After(0).kept, static_cast<off_t>(HeaderLine().size()));
    CsvWriter(path_, file.After(standings.kept_rows)).CutTail();
    EXPECT_EQ(ReadFile(path_), text.substr(0, kept));
  }
}

TEST_F(ResumeFileTest, OtherColumnsAreRefused) {
  std::string columns = HeaderLine();
  columns.replace(columns.find("attempt,repetition"), 18, "repetition,attempt");
  EXPECT_THAT(ErrorOf(columns), AllOf(HasSubstr("r.csv"), HasSubstr("header")));
  EXPECT_THAT(ErrorOf("\xEF\xBB\xBF" + HeaderLine()), HasSubstr("header"));
  EXPECT_THAT(ErrorOf("some notes"), HasSubstr("r.csv"));
  EXPECT_THAT(ErrorOf("some notes\nand more\n"), HasSubstr("r.csv"));
  EXPECT_THAT(ErrorOf(HeaderLine() + "rubbish\n"), HasSubstr("r.csv:2"));
}

TEST_F(ResumeFileTest, OlderVersionsAreNamed) {
  Row row = Repetition(1, 0);
  row.schema_version = 2;
  EXPECT_THAT(ErrorOf(HeaderLine() + Record(row)),
              AllOf(HasSubstr("version 2 "), HasSubstr("from 6 on")));
  std::filesystem::copy_file(std::string(HYBRID_EXAMPLES) + "/version-2.csv",
                             path_,
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_THAT(Error(), AllOf(HasSubstr("version 2 "), HasSubstr("from 6 on")));
}

// Its rows mean the same, but its columns are not those that are written.
TEST_F(ResumeFileTest, AFormerVersionIsTaken) {
  Row row = Repetition(1, 0);
  row.schema_version = 8;
  const std::string today = HeaderLine() + Record(row);
  WriteFile(path_, today);
  EXPECT_FALSE(ReadResumeFile(path_).is_former);
  WriteFile(path_, InColumnsOf(8, today));
  const ResumeFile former = ReadResumeFile(path_);
  EXPECT_TRUE(former.is_former);
  ASSERT_EQ(former.contents.rows.size(), 1U);
  EXPECT_EQ(former.contents.rows[0], row);
}

TEST_F(ResumeFileTest, WhatIsNoFileIsNamed) {
  EXPECT_THAT(Error(), HasSubstr("r.csv: No such file"));
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  EXPECT_THAT(Error(), HasSubstr("r.csv: no file but a stream"));
  std::filesystem::remove(path_);
  std::filesystem::create_directory(path_);
  EXPECT_THAT(Error(), HasSubstr("Is a directory"));
}

TEST_F(ResumeFileTest, WhatIsStillWrittenIsRefused) {
  {
    const CsvWriter writer(path_);
    EXPECT_THAT(Error(), HasSubstr("another bench is still writing it"));
  }
  EXPECT_THAT(ReadResumeFile(path_).contents.rows, SizeIs(0));
}

}  // namespace
}  // namespace hybrid
