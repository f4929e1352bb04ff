// Where the result file goes, and what happens where it can't.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "results/csv_reader.h"
#include "test_bench.h"
#include "test_google_json.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

class ResultFileTest : public BenchTest {};

TEST_F(ResultFileTest, DefaultNameHasTimeAndHost) {
  EXPECT_EQ(RunOneSplit({}).exit_code(), 0);
  ASSERT_THAT(Files(),
              ElementsAre("results", MatchesRegex("results/[0-9]{8}T[0-9]{6}Z-"
                                                  ".+\\.csv")));
  const std::vector<Row> rows = ReadCsv(File(Files()[1]));
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_THAT(Files()[1], HasSubstr(rows[0].host));
}

TEST_F(ResultFileTest, NoneWritesNoFile) {
  EXPECT_EQ(RunOneSplit({"--csv=none"}).exit_code(), 0);
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(ResultFileTest, FoldersAreMadeAsNeeded) {
  EXPECT_EQ(RunOneSplit({"--csv=a/b/r.csv"}).exit_code(), 0);
  EXPECT_THAT(ReadCsv(File("a/b/r.csv")), SizeIs(2));
}

TEST_F(ResultFileTest, EmptyFileIsTaken) {
  WriteFile(File("r.csv"), "");
  EXPECT_EQ(RunOneSplit({"--csv=r.csv"}).exit_code(), 0);
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(2));
}

class UnwritableTest : public BenchTest,
                       public ::testing::WithParamInterface<const char*> {};

TEST_P(UnwritableTest, OneLineNamesTheFlagAndNothingIsMeasured) {
  WriteFile(File("kept.csv"), "kept\n");
  const BenchResult result =
      Run(Quick({"--workers=1", std::string("--csv=") + GetParam()}));
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(result.out, IsEmpty());
  EXPECT_THAT(
      Lines(result.err),
      ElementsAre(testing::AllOf(HasSubstr("--csv"), HasSubstr(GetParam()))));
  EXPECT_THAT(Files(), ElementsAre("kept.csv"));
  EXPECT_EQ(ReadFile(File("kept.csv")), "kept\n");
}

INSTANTIATE_TEST_SUITE_P(Paths, UnwritableTest,
                         ::testing::Values("/proc/no-such-folder/r.csv",
                                           "/dev/full", "kept.csv",
                                           "kept.csv/r.csv", "."));

TEST_F(ResultFileTest, FullDiskInMidSweepLeavesWholeLines) {
  // Rows are 170 to 1000 bytes long: a group fits, six don't.
  constexpr std::size_t kLimitBytes = 60000;
  constexpr std::size_t kRepetitions = 60;
  const BenchResult result =
      Run(Quick({"--n=16:21:+1", "--batch=2", "--workers=1", "--csv=r.csv",
                 "--benchmark_min_time=0.001",
                 "--benchmark_repetitions=" + std::to_string(kRepetitions)}),
          {.environment = {}, .largest_file_bytes = kLimitBytes, .cpus = 0});
  EXPECT_EQ(result.exit_code(), 1);
  // ReadCsv refuses a torn line.
  const std::size_t rows = ReadCsv(File("r.csv")).size();
  EXPECT_GE(rows, kRepetitions);
  EXPECT_LT(rows, 6 * kRepetitions);
  std::vector<std::string> about_csv;
  for (const std::string& line : Lines(result.err)) {
    if (line.find("--csv") != std::string::npos) about_csv.push_back(line);
  }
  EXPECT_THAT(about_csv, ElementsAre(HasSubstr("r.csv")));
  // The rest of the sweep went on, and the answer knows it.
  EXPECT_THAT(result.out, HasSubstr("n=21"));
}

TEST_F(ResultFileTest, CappedConfigurationLooksLikeNoCompletedOne) {
  // The cap comes behind Quick's, and the last one counts for neither: so the
  // arguments are spelt out.
  const BenchResult result =
      Run(Quick({"--n=256", "--batch=1000000", "--workers=1", "--cap=0.05",
                 "--csv=r.csv", "--benchmark_out=r.json"}));
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].status, Status::kCapped);
  EXPECT_LT(rows[0].tasks_done.value(), 1000000U);
  EXPECT_GT(rows[0].tasks_done.value(), 0U);
  EXPECT_GT(rows[0].tasks_per_s.value(), 0);
  for (const GoogleRun& run :
       ParseGoogleJson(ReadFile(File("r.json"))).Repetitions()) {
    EXPECT_TRUE(run.error_occurred);
    EXPECT_THAT(run.error_message, HasSubstr("capped"));
    EXPECT_THAT(run.counters, IsEmpty());
  }
}

}  // namespace
}  // namespace hybrid
