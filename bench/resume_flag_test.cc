// --resume: what it goes on with, and what it refuses.

#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "blas/test_libraries.h"
#include "key/key_text.h"
#include "results/csv_reader.h"
#include "results/row_format.h"
#include "results/test_former.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class ResumeFlagTest : public BenchTest {
 protected:
  /// Four configurations of two repetitions.
  void MeasureAll(const std::vector<std::string>& arguments = {}) {
    const BenchResult result =
        Run(Quick(Override({"--n=16,17", "--csv=r.csv"}, arguments)));
    ASSERT_EQ(result.exit_code(), 0) << result.err;
    lines_ = Lines(ReadFile(File("r.csv")));
  }

  /// The header and so many rows, and `tail`.
  void Keep(std::size_t rows, const std::string& tail = "") {
    std::string text;
    for (std::size_t i = 0; i <= rows; ++i) text += lines_.at(i) + "\n";
    WriteFile(File("r.csv"), text + tail);
  }

  /// Each configuration once with both repetitions.
  void ExpectAll(std::size_t rows = 8) const {
    std::set<std::string> seen;
    const std::vector<Row> all = ReadCsv(File("r.csv"));
    for (const Row& row : all) {
      EXPECT_EQ(row.run_id, all[0].run_id);
      EXPECT_EQ(row.flags, all[0].flags);
      EXPECT_EQ(row.attempt, 0U);
      seen.insert(KeyText(row, KeyStyle::kFull) + " " +
                  std::to_string(row.repetition));
    }
    EXPECT_THAT(all, SizeIs(rows));
    EXPECT_THAT(seen, SizeIs(rows));
  }

  /// Exit status 2 with nothing on stdout, and the file as it was.
  std::vector<std::string> Refused(const std::vector<std::string>& arguments,
                                   const BenchSettings& settings = {}) {
    const std::string before = ReadFile(File("r.csv"));
    const std::vector<std::string> files = Files();
    const BenchResult result = Run(arguments, settings);
    EXPECT_EQ(result.exit_code(), 2) << result.out;
    EXPECT_THAT(result.out, IsEmpty());
    EXPECT_EQ(ReadFile(File("r.csv")), before);
    EXPECT_EQ(Files(), files);
    return Lines(result.err);
  }

  std::vector<std::string> lines_;
};

TEST_F(ResumeFlagTest, TheFileTellsTheFlagsAndIsCompleted) {
  MeasureAll({"--seed=5", "--launch=keep"});
  Keep(3, lines_[4].substr(0, 30));
  const std::vector<std::string> good(lines_.begin(), lines_.begin() + 3);
  const BenchResult result = Run({"--resume=r.csv"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.err, IsEmpty());
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("resumed   1 of 4 configurations from r.csv\n"),
                    HasSubstr("[2/4] n=16 "), HasSubstr("[4/4] "),
                    Not(HasSubstr("[1/4]")), HasSubstr("FILE    r.csv")));
  // The answer is over all of them.
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("\n     16 "), HasSubstr("\n     17 ")));
  ExpectAll();
  const std::vector<std::string> now = Lines(ReadFile(File("r.csv")));
  EXPECT_TRUE(std::equal(good.begin(), good.end(), now.begin()));
  EXPECT_THAT(ReadCsv(File("r.csv")), Each(Field(&Row::seed, 5U)));
}

TEST_F(ResumeFlagTest, FlagsThatSayTheSameAreTaken) {
  MeasureAll();
  Keep(2);
  const BenchResult result = Run({"--resume=r.csv", "--n=16:17:+1",
                                  "--cap=600.0", "--benchmark_format=console"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  ExpectAll();
}

TEST_F(ResumeFlagTest, EveryDifferenceIsNamedAndTheFileUntouched) {
  MeasureAll();
  Keep(3, "torn");
  EXPECT_THAT(
      Refused({"--resume=r.csv", "--n=16", "--seed=2",
               "--benchmark_repetitions=3"}),
      ElementsAre(HasSubstr("--n=16, but the file's is 16,17"),
                  HasSubstr("--seed=2, but the file's is 1 by default"),
                  HasSubstr("--benchmark_repetitions=3, but the file's is 2"),
                  HasSubstr("--resume_anyway")));
  EXPECT_THAT(
      Refused({"--resume=r.csv"}, {.environment = {"BENCHMARK_REPETITIONS=4"},
                                   .largest_file_bytes = 0,
                                   .cpus = 0}),
      ElementsAre(HasSubstr("--benchmark_repetitions=4"),
                  HasSubstr("--resume_anyway")));
}

TEST_F(ResumeFlagTest, AnotherMachineAndOtherKernelsAreNamed) {
  MeasureAll();
  std::vector<Row> rows = ReadCsv(File("r.csv"));
  rows.resize(3);
  std::string text = lines_[0] + "\n";
  for (Row& row : rows) {
    row.machine_id = "elsewhere";
    row.usable_cores += 7;
    row.blas_version = "0.1";
    row.library_kernels = "bulldozer";
    row.git_commit = "0123456789ab";
    AppendRecord(row, text);
  }
  WriteFile(File("r.csv"), text);
  EXPECT_THAT(Refused({"--resume=r.csv"}),
              ElementsAre(HasSubstr("usable_cores"), HasSubstr("elsewhere"),
                          HasSubstr("0.1"), HasSubstr("bulldozer"),
                          HasSubstr("--resume_anyway")));
  // Nor does a dry run call fine what a run would refuse.
  EXPECT_THAT(Refused({"--resume=r.csv", "--dry_run"}),
              ElementsAre(HasSubstr("usable_cores"), HasSubstr("elsewhere"),
                          HasSubstr("0.1"), HasSubstr("bulldozer"),
                          HasSubstr("--resume_anyway")));
  const BenchResult result = Run({"--resume=r.csv", "--resume_anyway"});
  EXPECT_EQ(result.exit_code(), 0);
  EXPECT_THAT(Lines(result.err), SizeIs(4));
  EXPECT_THAT(result.out, HasSubstr("0123456789ab for the file"));
  EXPECT_THAT(ReadFile(File("r.csv")),
              StartsWith(text.substr(0, text.size() / 2)));
  ExpectAll();
}

TEST_F(ResumeFlagTest, ResumeAnywayTakesTheFlagsGiven) {
  MeasureAll();
  Keep(2);
  const BenchResult result =
      Run({"--resume=r.csv", "--resume_anyway", "--n=16"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(Lines(result.err), ElementsAre(HasSubstr("--n=16")));
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, SizeIs(4));
  EXPECT_THAT(rows, Each(Field(&Row::n, 16U)));
  EXPECT_THAT(rows[3].flags, StartsWith("--n=16 --batch"));
}

TEST_F(ResumeFlagTest, AFinishedFileGivesItsAnswerAndIsLeftAlone) {
  MeasureAll();
  const auto time = std::filesystem::last_write_time(File("r.csv"));
  const BenchResult result = Run({"--resume=r.csv"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("resumed   4 of 4 configurations from r.csv"),
                    HasSubstr("ANSWER"), HasSubstr("FILE    r.csv"),
                    Not(HasSubstr("[4/4]"))));
  EXPECT_EQ(Lines(ReadFile(File("r.csv"))), lines_);
  EXPECT_EQ(std::filesystem::last_write_time(File("r.csv")), time);
}

TEST_F(ResumeFlagTest, WithoutARowItStartsFromTheBeginning) {
  MeasureAll();
  for (const std::string& start :
       {std::string(), lines_[0].substr(0, 20), lines_[0] + "\n",
        lines_[0] + "\n" + lines_[1].substr(0, 40)}) {
    WriteFile(File("r.csv"), start);
    std::vector<std::string> arguments = Quick({"--n=16,17"});
    arguments.push_back("--resume=r.csv");
    const BenchResult result = Run(arguments);
    EXPECT_EQ(result.exit_code(), 0) << result.err;
    EXPECT_THAT(result.out, AllOf(HasSubstr("resumed   0 of 4"),
                                  HasSubstr("starts from the beginning")));
    ExpectAll();
  }
}

TEST_F(ResumeFlagTest, FilesItCanNotGoOnWith) {
  EXPECT_THAT(Refused({"--resume=r.csv"}),
              ElementsAre(HasSubstr("r.csv: No such file")));
  EXPECT_THAT(
      Refused({"--resume=."}),
      ElementsAre(AllOf(HasSubstr("--resume"), HasSubstr("directory"))));
  WriteFile(File("r.csv"), "schema_version,run_id\n2,x\n");
  EXPECT_THAT(Refused({"--resume=r.csv", "--resume_anyway"}),
              ElementsAre(HasSubstr("r.csv")));
  MeasureAll({"--csv=s.csv"});
}

TEST_F(ResumeFlagTest, BrokenFlagsInTheFileAreNamed) {
  MeasureAll();
  std::vector<Row> rows = ReadCsv(File("r.csv"));
  for (const char* flags : {"--n='16", "--csv=x", "--n=16;", "--n=zero"}) {
    rows[0].flags = flags;
    std::string text = lines_[0] + "\n";
    AppendRecord(rows[0], text);
    WriteFile(File("r.csv"), text);
    EXPECT_THAT(Refused({"--resume=r.csv"}), SizeIs(1)) << flags;
  }
}

TEST_F(ResumeFlagTest, DryRunShowsWhatIsMissing) {
  MeasureAll({"--launch=keep"});
  Keep(5, "torn");
  const std::string before = ReadFile(File("r.csv"));
  const BenchResult result = Run({"--resume=r.csv", "--dry_run=full"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  std::vector<std::string> run;
  for (const std::string& line : Lines(result.out)) {
    if (line.starts_with("run ")) run.push_back(line);
  }
  EXPECT_THAT(run, ElementsAre(HasSubstr("n:17/batch:4/workers:1"),
                               HasSubstr("n:17/batch:4/workers:2")));
  EXPECT_THAT(result.out, HasSubstr("resumed   2 of 4"));
  EXPECT_EQ(ReadFile(File("r.csv")), before);
}

TEST_F(ResumeFlagTest, FailedAndCappedOnesAreDone) {
  MeasureAll({"--launch=keep"});
  std::vector<Row> rows = ReadCsv(File("r.csv"));
  std::string text = lines_[0] + "\n";
  rows[0].status = Status::kError;
  rows[0].error = "gone";
  AppendRecord(rows[0], text);
  rows[2].status = Status::kCapped;
  AppendRecord(rows[2], text);
  WriteFile(File("r.csv"), text);
  const BenchResult result = Run({"--resume=r.csv"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("resumed   2 of 4"));
  EXPECT_THAT(ReadFile(File("r.csv")), StartsWith(text));
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(6));
}

TEST_F(ResumeFlagTest, AGapInMidFileIsAnotherAttempt) {
  MeasureAll({"--launch=keep"});
  std::string text = lines_[0] + "\n";
  for (const std::size_t i : {1U, 3U, 4U}) text += lines_[i] + "\n";
  WriteFile(File("r.csv"), text);
  const BenchResult result = Run({"--resume=r.csv"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("measured again as attempt 2"));
  EXPECT_THAT(ReadFile(File("r.csv")), StartsWith(text));
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, SizeIs(9));
  EXPECT_EQ(rows[3].attempt, 1U);
  EXPECT_EQ(rows[4].attempt, 1U);
  EXPECT_EQ(rows[5].attempt, 0U);
}

TEST_F(ResumeFlagTest, TheProbesChoiceIsTakenOver) {
  MeasureAll({"--kernels=best", "--n=16", "--workers=1,2"});
  std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, SizeIs(4));
  // No probe would find this.
  rows[0].kernels_gain = rows[1].kernels_gain = 123.0;
  std::string text = lines_[0] + "\n";
  AppendRecord(rows[0], text);
  AppendRecord(rows[1], text);
  WriteFile(File("r.csv"), text);
  const BenchResult result = Run({"--resume=r.csv", "--verbose"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("(as in the file)"));
  const std::vector<Row> now = ReadCsv(File("r.csv"));
  ASSERT_THAT(now, SizeIs(4));
  EXPECT_THAT(
      now, Each(AllOf(Field(&Row::kernels_gain, 123.0),
                      Field(&Row::kernels, rows[0].kernels),
                      Field(&Row::kernels_setting, rows[0].kernels_setting))));
}

TEST_F(ResumeFlagTest, AFileSetsNoVariableOfWorkers) {
  MeasureAll({"--kernels=best", "--n=16", "--workers=1,2"});
  std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, SizeIs(4));
  const std::string library = rows[0].library_kernels;
  const std::string other = library == "generic" ? "haswell" : "generic";
  std::string text = lines_[0] + "\n";
  for (Row* const row : {rows.data(), &rows[1]}) {
    row->kernels = other;
    row->kernels_setting = "LD_PRELOAD=" + FakeLibrary("exits");
    AppendRecord(*row, text);
  }
  WriteFile(File("r.csv"), text);
  const BenchResult result = Run({"--resume=r.csv"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  const std::vector<Row> now = ReadCsv(File("r.csv"));
  ASSERT_THAT(now, SizeIs(4));
  for (std::size_t i = 2; i < now.size(); ++i) {
    EXPECT_EQ(now[i].status, Status::kOk);
    EXPECT_THAT(now[i].kernels_setting, Not(HasSubstr("LD_PRELOAD")));
  }
}

TEST_F(ResumeFlagTest, AFileDoesNotChooseWhatIsStarted) {
  const std::string worker = "--worker=" + FaultyWorker();
  MeasureAll({worker});
  Keep(2);
  const BenchResult refused = Run({"--resume=r.csv"});
  EXPECT_EQ(refused.exit_code(), 2);
  EXPECT_THAT(Lines(refused.err),
              ElementsAre(HasSubstr("give " + worker + " too")));
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(2));
  const BenchResult resumed = Run({"--resume=r.csv", worker});
  EXPECT_EQ(resumed.exit_code(), 0) << resumed.err;
  ExpectAll();
}

TEST_F(ResumeFlagTest, OneBenchAtATime) {
  BenchProcess first(folder(), Quick({"--n=16,2000", "--batch=10000",
                                      "--workers=1", "--csv=r.csv"}));
  first.Await([&] { return CountRows(File("r.csv")) == 2; });
  for (const char* flag : {"--resume=r.csv", "--csv=r.csv"}) {
    const BenchResult second =
        Run(Quick({"--n=16,2000", "--batch=10000", "--workers=1", flag}));
    EXPECT_NE(second.exit_code(), 0);
    EXPECT_THAT(second.out, IsEmpty());
    EXPECT_THAT(Lines(second.err),
                ElementsAre(HasSubstr("another bench is still writing it")));
  }
  kill(-first.pid(), SIGINT);
  EXPECT_EQ(first.Wait().exit_code(), 130);
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(2));
}

TEST_F(ResumeFlagTest, AfterControlC) {
  const std::vector<std::string> flags =
      Quick({"--n=16,2000", "--batch=20000", "--workers=1", "--csv=r.csv",
             "--benchmark_repetitions=1"});
  BenchProcess first(folder(), flags);
  first.Await([&] { return CountRows(File("r.csv")) == 1; });
  first.AwaitBusyWorker();
  kill(-first.pid(), SIGINT);
  EXPECT_EQ(first.Wait().exit_code(), 130);
  const std::string before = ReadFile(File("r.csv"));
  // Again before anything new is finished: nothing is lost.
  BenchProcess second(folder(), {"--resume=r.csv"});
  second.AwaitBusyWorker();
  kill(-second.pid(), SIGINT);
  EXPECT_EQ(second.Wait().exit_code(), 130);
  EXPECT_EQ(ReadFile(File("r.csv")), before);
  // A cap ends what would take too long here.
  const BenchResult third =
      Run({"--resume=r.csv", "--resume_anyway", "--cap=0.05"});
  EXPECT_EQ(third.exit_code(), 0) << third.err;
  EXPECT_THAT(ReadFile(File("r.csv")), StartsWith(before));
  EXPECT_THAT(ReadCsv(File("r.csv")),
              ElementsAre(Field(&Row::status, Status::kOk),
                          Field(&Row::status, Status::kCapped)));
}

// Whatever launches there are, the others are made, in whatever order.
TEST_F(ResumeFlagTest, LaunchesAreGoneOnFromOneByOne) {
  MeasureAll({"--benchmark_repetitions=3", "--workers=1,2,3"});
  ASSERT_EQ(lines_.size() - 1, 18U);
  for (const std::size_t kept : {1U, 2U, 4U, 8U, 9U, 10U, 17U}) {
    Keep(kept, lines_[kept + 1].substr(0, 30));
    const std::string before = ReadFile(File("r.csv"));
    const BenchResult result = Run({"--resume=r.csv"});
    EXPECT_EQ(result.exit_code(), 0) << result.err;
    EXPECT_THAT(result.err, IsEmpty());
    ExpectAll(18);
    EXPECT_THAT(ReadFile(File("r.csv")),
                StartsWith(before.substr(0, before.rfind('\n') + 1)));
  }
  EXPECT_THAT(Run({"--resume=r.csv"}).out, HasSubstr("resumed   6 of 6"));
}

// As they were before workers were launched anew, with their A/A check.
TEST_F(ResumeFlagTest, FilesOfAFormerVersionAreGoneOnWith) {
  MeasureAll({"--launch=keep"});
  std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, SizeIs(8));
  for (Row& row : rows) {
    row.schema_version = 8;
    row.cap_s.reset();
    row.batch_median_s.reset();
    row.batch_min_s.reset();
    row.sharing.clear();
    row.usable_cpus = 0;
    row.flags.replace(row.flags.find("--launch=keep"), 13, "--noise=auto");
  }
  Row noise = rows[0];
  noise.family = Family::kNoise;
  noise.variant = "A";
  rows.resize(3);
  rows.insert(rows.begin(), noise);
  std::string text = HeaderLine();
  for (const Row& row : rows) AppendRecord(row, text);
  WriteFile(File("r.csv"), InColumnsOf(8, text));
  const BenchResult result = Run({"--resume=r.csv"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.err, IsEmpty());
  EXPECT_THAT(result.out, HasSubstr("resumed   1 of 4"));
  const std::vector<Row> now = ReadCsv(File("r.csv"));
  ASSERT_THAT(now, SizeIs(1 + 8));
  // What was half measured is measured as it was begun, the rest in rounds.
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(now[i], rows[i]);
  for (std::size_t i = 3; i < 5; ++i) EXPECT_EQ(now[i].round, 0U);
  for (std::size_t i = 5; i < 9; ++i) EXPECT_GT(now[i].round, 0U);
  EXPECT_THAT(Files(), ElementsAre("r.csv"));
}

TEST_F(ResumeFlagTest, ALaunchThatFailedOrWasCappedIsNotMadeAgain) {
  MeasureAll();
  std::vector<Row> rows = ReadCsv(File("r.csv"));
  std::string text = lines_[0] + "\n";
  // The first round of the group n = 16.
  rows[0].status = Status::kError;
  rows[0].error = "gone";
  rows[1].status = Status::kCapped;
  for (const std::size_t i : {0U, 1U}) AppendRecord(rows[i], text);
  WriteFile(File("r.csv"), text);
  const BenchResult result = Run({"--resume=r.csv"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("resumed   2 of 4"));
  EXPECT_THAT(ReadFile(File("r.csv")), StartsWith(text));
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(6));
}

}  // namespace
}  // namespace hybrid
