#include "alternate/alternation_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "alternate/alternation_error.h"
#include "base/test_folder.h"
#include "results/csv_reader.h"
#include "results/csv_writer.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

using Texts = std::vector<std::string>;

class AlternationFilesTest : public ::testing::Test {
 protected:
  AlternationFiles Open() const {
    return {folder_.File("c"), Program(base_), Program(now_)};
  }

  /// What a side's program wrote of one benchmark.
  std::string Written(const std::string& run) const {
    const std::string file = folder_.File("process.csv");
    std::filesystem::remove(file);
    Row row;
    row.run_id = run;
    row.n = 64;
    row.batch = 8;
    row.wall_s = 1;
    row.status = Status::kOk;
    CsvWriter(file).Append(std::vector<Row>{row});
    return ReadFile(file);
  }
  /// A round in which each side ran two benchmarks.
  void AddRound(AlternationFiles& files, const std::string& name) const {
    files.AddRound(Texts{Written("b" + name), Written("b" + name + "+")},
                   Texts{Written("n" + name), Written("n" + name + "+")});
    if (files.names().empty()) files.SetNames({{"a", "b", "c"}});
  }
  static std::size_t LinesOf(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }
  std::string ErrorOf(const Contender& baseline) const {
    try {
      const AlternationFiles files(folder_.File("c"), Program(baseline),
                                   Program(now_));
    } catch (const AlternationError& error) {
      return error.what();
    }
    return "";
  }

  TestFolder folder_;
  Contender base_{HYBRID_BENCH, {"--n=64"}};
  Contender now_{HYBRID_BENCH, {"--n=96"}};
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
  EXPECT_THAT(files.names(), ElementsAre(BenchmarkNames{"a", "b", "c"}));
  EXPECT_EQ(LinesOf(files.BaselineRound(1)), 3U);
  EXPECT_THAT(files.BaselineRound(1),
              AllOf(HasSubstr("b2+"), Not(HasSubstr("b1"))));
  AddRound(files, "3");
  EXPECT_THAT(files.NowRound(2), HasSubstr("n3"));
  EXPECT_EQ(Open().rounds(), 3U);
  // An ordinary result file.
  EXPECT_EQ(ReadCsv(folder_.File("c/new.csv")).size(), 6U);
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
  EXPECT_EQ(ReadFile(file), whole);
}

// Killed before it was known which benchmarks belong together.
TEST_F(AlternationFilesTest, AFirstRoundWithoutNamesIsNone) {
  AlternationFiles files = Open();
  files.AddRound(Texts{Written("b")}, Texts{Written("n")});
  EXPECT_EQ(Open().rounds(), 0U);
}

TEST_F(AlternationFilesTest, OtherProgramsAreRefused) {
  Open();
  EXPECT_EQ(ErrorOf(base_), "");
  EXPECT_THAT(ErrorOf({HYBRID_BENCH, {"--n=65"}}),
              AllOf(HasSubstr("other programs"), HasSubstr("--into")));
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
  const std::string older = ReadFile(HYBRID_EXAMPLES "/version-2.csv");
  EXPECT_THROW(files.AddRound(Texts{older}, Texts{Written("n2")}),
               AlternationError);
  EXPECT_EQ(Open().rounds(), 1U);
}

}  // namespace
}  // namespace hybrid
