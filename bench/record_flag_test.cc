// --record, names that are taken, and what a row says of its machine.

#include <gmock/gmock.h>

#include <set>
#include <string>
#include <vector>

#include "results/csv_reader.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::SizeIs;
using ::testing::StartsWith;

class RecordFlagTest : public BenchTest {};

TEST_F(RecordFlagTest, FolderIsTheMachineAndNameTimeAndCommit) {
  const BenchResult result = RunOneSplit({"--record"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  ASSERT_THAT(
      Files(),
      ElementsAre("results", MatchesRegex("results/[a-z0-9-]+"),
                  MatchesRegex("results/[a-z0-9-]+/"
                               "[0-9]{8}T[0-9]{6}Z-[0-9a-z]+(-dirty)?\\.csv")));
  const std::vector<Row> rows = ReadCsv(File(Files()[2]));
  ASSERT_THAT(rows, SizeIs(2));
  for (const Row& row : rows) {
    EXPECT_EQ(Files()[1], "results/" + row.machine_id);
    EXPECT_THAT(Files()[2], HasSubstr("-" + row.git_commit + ".csv"));
    EXPECT_THAT(row.os, HasSubstr("Linux "));
    EXPECT_GT(row.memory_bytes, std::uint64_t{1} << 27);
  }
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("\nid        " + rows[0].machine_id + "\n"),
                    HasSubstr("FILE    " + Files()[2])));
}

TEST_F(RecordFlagTest, FlagsReadAsTheyWereGiven) {
  EXPECT_EQ(RunOneSplit({"--csv=r.csv", "--benchmark_filter=Hybrid|x y",
                         "--benchmark_format=console", "--seed=3"})
                .exit_code(),
            0);
  for (const Row& row : ReadCsv(File("r.csv"))) {
    EXPECT_EQ(row.flags,
              "--n=16 --batch=4 --workers=1 --blas_threads=1 --kernels=library "
              "--seed=3 --cap=600 --ceilings=none --rerun_noisy=0 "
              "--benchmark_filter='Hybrid|x y' --benchmark_repetitions=2 "
              "--benchmark_min_time=0.01");
  }
}

TEST_F(RecordFlagTest, GoogleOutputNamesTheMachine) {
  EXPECT_EQ(RunOneSplit({"--csv=r.csv", "--benchmark_out=r.json"}).exit_code(),
            0);
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_THAT(ReadFile(File("r.json")),
              HasSubstr("\"machine_id\": \"" + rows[0].machine_id + "\""));
}

TEST_F(RecordFlagTest, RunsOfTheSameSecondGetFilesOfTheirOwn) {
  constexpr std::size_t kRuns = 4;
  for (const char* flag : {"--csv=auto", "--record"}) {
    std::vector<std::unique_ptr<BenchProcess>> runs;
    for (std::size_t i = 0; i < kRuns; ++i) {
      runs.push_back(std::make_unique<BenchProcess>(
          folder(), Quick({"--workers=1", flag})));
    }
    for (const auto& run : runs) EXPECT_EQ(run->Wait().exit_code(), 0);
  }
  std::set<std::string> run_ids;
  for (const std::string& file : Files()) {
    if (!file.ends_with(".csv")) continue;
    const std::vector<Row> rows = ReadCsv(File(file));
    ASSERT_THAT(rows, SizeIs(2)) << file;
    run_ids.insert(rows[0].run_id);
  }
  EXPECT_THAT(run_ids, SizeIs(2 * kRuns));
}

TEST_F(RecordFlagTest, NothingMeasuredLeavesNoFolder) {
  const BenchResult result = RunOneSplit(
      {"--record", "--kernels=no_such", "--benchmark_repetitions=1"});
  EXPECT_EQ(result.exit_code(), 2);
  EXPECT_THAT(Lines(result.err), ElementsAre(HasSubstr("--kernels=no_such")));
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(RecordFlagTest, AFolderThatCanNotBeMadeIsOneLine) {
  WriteFile(File("results"), "a file");
  const BenchResult result = RunOneSplit({"--record"});
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(Lines(result.err),
              ElementsAre(AllOf(StartsWith("bench: --record: results/"),
                                HasSubstr("Not a directory"))));
  EXPECT_THAT(result.out, IsEmpty());
}

}  // namespace
}  // namespace hybrid
