#include "alternate/alternation_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/test_folder.h"
#include "results/csv_writer.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

class AlternationFilesTest : public ::testing::Test {
 protected:
  AlternationFiles Open() const { return {folder_.File("c"), base_, now_}; }

  /// What a side's program wrote in a round.
  static void WriteRound(const std::string& file, const std::string& run) {
    Row row;
    row.run_id = run;
    row.n = 64;
    row.batch = 8;
    row.wall_s = 1;
    row.status = Status::kOk;
    CsvWriter(file).Append(std::vector<Row>{row});
  }
  static void AddRound(AlternationFiles& files, const std::string& name) {
    const std::string before = files.NewRoundFile("baseline");
    const std::string after = files.NewRoundFile("new");
    WriteRound(before, "b" + name);
    WriteRound(after, "n" + name);
    files.AddRound(before, after);
  }
  std::string ErrorOf(const Contender& baseline) const {
    try {
      const AlternationFiles files(folder_.File("c"), baseline, now_);
    } catch (const AlternationError& error) {
      return error.what();
    }
    return "";
  }

  TestFolder folder_;
  Contender base_{"a/bench", {"--n=64"}};
  Contender now_{"b/bench", {"--n=64"}};
};

TEST_F(AlternationFilesTest, GoesOnWhereItEnded) {
  {
    AlternationFiles files = Open();
    EXPECT_EQ(files.rounds(), 0U);
    AddRound(files, "1");
    AddRound(files, "2");
  }
  AlternationFiles files = Open();
  EXPECT_EQ(files.rounds(), 2U);
  EXPECT_EQ(files.baseline().size(), 2U);
  AddRound(files, "3");
  EXPECT_EQ(files.now().back().run_id, "n3");
  EXPECT_EQ(Open().rounds(), 3U);
  EXPECT_FALSE(
      std::filesystem::exists(folder_.File("c/round-of-baseline.csv")));
}

// Killed when one side's file was replaced, and the other's was not.
TEST_F(AlternationFilesTest, ARoundThatWasNotFinishedIsNone) {
  {
    AlternationFiles files = Open();
    AddRound(files, "1");
  }
  const std::string file = folder_.File("c/baseline.csv");
  const std::string whole = ReadFile(file);
  WriteFile(file, whole + whole.substr(whole.find('\n') + 1));
  const AlternationFiles files = Open();
  EXPECT_EQ(files.rounds(), 1U);
  EXPECT_EQ(files.baseline().size(), 1U);
  EXPECT_EQ(ReadFile(file), whole);
}

TEST_F(AlternationFilesTest, OtherProgramsAreRefused) {
  Open();
  EXPECT_EQ(ErrorOf(base_), "");
  EXPECT_THAT(ErrorOf({"a/bench", {"--n=65"}}), HasSubstr("other programs"));
  EXPECT_THAT(ErrorOf({"x/bench", {"--n=64"}}), HasSubstr("--into"));
}

TEST_F(AlternationFilesTest, WhatIsNoneOfOursIsLeftAlone) {
  folder_.Lay("/c/letter.txt", "Dear");
  EXPECT_THAT(ErrorOf(base_), HasSubstr("holds something else"));
  folder_.Lay("/c/rounds.json", "{}");
  EXPECT_THAT(ErrorOf(base_), HasSubstr("is none that --run wrote"));
}

TEST_F(AlternationFilesTest, LostRoundsAreSaid) {
  {
    AlternationFiles files = Open();
    AddRound(files, "1");
  }
  WriteFile(folder_.File("c/new.csv"), "");
  EXPECT_THAT(ErrorOf(base_), HasSubstr("has lost some"));
}

TEST_F(AlternationFilesTest, OtherColumnsAreRefused) {
  AlternationFiles files = Open();
  AddRound(files, "1");
  const std::string before = files.NewRoundFile("baseline");
  const std::string after = files.NewRoundFile("new");
  WriteRound(after, "n2");
  std::filesystem::copy(HYBRID_EXAMPLES "/version-2.csv", before);
  EXPECT_THROW(files.AddRound(before, after), AlternationError);
  EXPECT_EQ(Open().rounds(), 1U);
}

}  // namespace
}  // namespace hybrid
