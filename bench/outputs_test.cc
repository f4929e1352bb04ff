// What becomes of a run's outputs where they can't be written, and where only
// part of them is asked for.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "base/unique_fd.h"
#include "results/csv_reader.h"
#include "test_bench.h"
#include "test_google_json.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

// --- Aggregates only ---

struct AggregatesOnly {
  std::vector<std::string> arguments;
  std::vector<std::string> environment;
  bool out_file_too;  ///< has no repetitions either
};

class AggregatesOnlyTest
    : public BenchTest,
      public ::testing::WithParamInterface<AggregatesOnly> {};

TEST_P(AggregatesOnlyTest, TableAnswerAndRowsAreThere) {
  std::vector<std::string> arguments = GetParam().arguments;
  arguments.insert(arguments.end(), {"--csv=r.csv", "--benchmark_out=r.json"});
  BenchSettings settings;
  settings.environment = GetParam().environment;
  const BenchResult result = Run(Quick(arguments), settings);
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("[1/2]"), HasSubstr("[2/2]"),
                                HasSubstr("\nANSWER  ")));
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(4));
  const GoogleJson json = ParseGoogleJson(ReadFile(File("r.json")));
  EXPECT_THAT(json.Repetitions(), SizeIs(GetParam().out_file_too ? 0 : 4));
  EXPECT_THAT(json.runs, SizeIs(2 * 4 + (GetParam().out_file_too ? 0 : 4)));
}

INSTANTIATE_TEST_SUITE_P(
    Flags, AggregatesOnlyTest,
    ::testing::Values(
        AggregatesOnly{{"--benchmark_report_aggregates_only=true"}, {}, true},
        AggregatesOnly{{"--benchmark_display_aggregates_only=true"}, {}, false},
        AggregatesOnly{{}, {"BENCHMARK_REPORT_AGGREGATES_ONLY=1"}, true},
        AggregatesOnly{{}, {"BENCHMARK_DISPLAY_AGGREGATES_ONLY=1"}, false}));

class OutputsTest : public BenchTest {};

TEST_F(OutputsTest, GooglesOwnLinesAreTheAggregatesIfSoAsked) {
  const BenchResult result =
      Run(Quick({"--benchmark_format=console", "--workers=1",
                 "--benchmark_display_aggregates_only=true", "--csv=r.csv"}));
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("/manual_time_median"), HasSubstr("\nANSWER  "),
                    Not(HasSubstr("/manual_time "))));
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(2));
}

// One repetition has no aggregates.
TEST_F(OutputsTest, WithoutAggregatesTheRepetitionsAreReported) {
  const BenchResult result = Run(Quick(
      {"--benchmark_repetitions=1", "--benchmark_report_aggregates_only=true",
       "--csv=none", "--benchmark_out=r.json"}));
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(ParseGoogleJson(ReadFile(File("r.json"))).Repetitions(),
              SizeIs(2));
}

// --- Full disks and readers that are gone ---

TEST_F(OutputsTest, ATableThatCantBeWrittenLosesNoRows) {
  const BenchResult result =
      Run(Quick({"--csv=r.csv"}), WithStreams("/dev/full"));
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(
      Lines(result.err),
      Contains(AllOf(HasSubstr("standard output: No space left on device"),
                     HasSubstr("r.csv"))));
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(4));
}

TEST_F(OutputsTest, GooglesFormatsOnAFullDisk) {
  for (const char* format : {"json", "csv", "console"}) {
    const BenchResult result =
        Run(Quick({"--workers=1", "--csv=none",
                   std::string("--benchmark_format=") + format}),
            WithStreams("/dev/full"));
    EXPECT_EQ(result.exit_code(), 1) << format;
    EXPECT_THAT(result.err, HasSubstr("standard output: No space left"));
  }
}

TEST_F(OutputsTest, NothingIsPrintedInVainWithStatusZero) {
  for (const std::string& mode :
       {std::string("--help"), std::string("--dry_run"),
        std::string("--benchmark_list_tests")}) {
    const BenchResult result = Run(Quick({mode}), WithStreams("/dev/full"));
    EXPECT_EQ(result.exit_code(), 1) << mode;
    EXPECT_EQ(result.err, "bench: standard output: No space left on device\n");
    EXPECT_THAT(Files(), IsEmpty());
  }
}

TEST_F(OutputsTest, AFinishedFileIsAnsweredOrAnError) {
  EXPECT_EQ(Run(Quick({"--csv=r.csv"})).exit_code(), 0);
  const BenchResult result = Run({"--resume=r.csv"}, WithStreams("/dev/full"));
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(result.err, HasSubstr("standard output: No space left"));
}

TEST_F(OutputsTest, AReaderThatIsGoneEndsTheTableAndNotTheSweep) {
  const std::string pipe = File("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  UniqueFd reader(open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  BenchProcess bench(folder(),
                     Quick({"--n=16,400", "--workers=1,2", "--csv=r.csv"}),
                     WithStreams(pipe));
  bench.Await([&] { return CountRows(File("r.csv")) >= 2; });
  reader.Close();
  const BenchResult result = bench.Wait();
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(result.err, AllOf(HasSubstr("standard output: Broken pipe"),
                                HasSubstr("r.csv")));
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(8));
}

TEST_F(OutputsTest, ErrorsThatCantBeToldStopNothing) {
  const BenchResult result = Run(Quick({"--n=16,17,18", "--workers=1",
                                        "--worker=/bin/false", "--csv=r.csv"}),
                                 WithStreams("", "/dev/full"));
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(3));
  EXPECT_THAT(result.out, HasSubstr("[3/3]"));
}

TEST_F(OutputsTest, ErrorsThatCantBeToldKeepTheirStatus) {
  const BenchSettings nowhere = WithStreams("/dev/full", "/dev/full");
  EXPECT_EQ(Run({"--n=0"}, nowhere).exit_code(), 2);
  EXPECT_EQ(Run({"--benchmark_filter=nothing"}, nowhere).exit_code(), 1);
  EXPECT_EQ(Run(Quick({"--csv=r.csv"}), nowhere).exit_code(), 1);
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(4));
}

TEST_F(OutputsTest, AnInterruptionThatCantBeToldIsOneAllTheSame) {
  BenchProcess bench(
      folder(),
      Quick({"--n=16,2000", "--batch=10000", "--workers=1,2", "--csv=r.csv"}),
      WithStreams("", "/dev/full"));
  bench.Await([&] { return CountRows(File("r.csv")) == 4; });
  bench.AwaitBusyWorker();
  kill(-bench.pid(), SIGINT);
  const BenchResult result = bench.Wait();
  EXPECT_EQ(result.exit_code(), 130);
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(4));
  EXPECT_THAT(result.out, HasSubstr("\nANSWER  "));
}

// --- The file of --benchmark_out ---

TEST_F(OutputsTest, AnOutFileThatCantBeMadeIsFoundOutFirst) {
  const BenchResult result = Run(
      Quick({"--csv=r.csv", "--benchmark_out=/no/dir/x", "--kernels=best"}));
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(result.out, IsEmpty());
  EXPECT_EQ(result.err,
            "bench: --benchmark_out: /no/dir/x: No such file or directory\n");
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(OutputsTest, AnOutFileOnAFullDiskIsAnError) {
  const BenchResult result =
      Run(Quick({"--csv=r.csv", "--benchmark_out=/dev/full"}));
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(
      Lines(result.err),
      Contains(StartsWith(
          "bench: --benchmark_out: /dev/full: No space left on device")));
  EXPECT_THAT(result.out, Not(HasSubstr("\n[1/")));
}

TEST_F(OutputsTest, ADiskThatFillsUpInMidSweepIsAnError) {
  BenchSettings settings;
  // Room for a worker's shared memory, and for some of 120 repetitions.
  settings.largest_file_bytes = 60000;
  const BenchResult result =
      Run(Quick({"--n=16:21:+1", "--batch=2", "--workers=1", "--csv=none",
                 "--benchmark_min_time=0.001", "--benchmark_repetitions=20",
                 "--benchmark_out=r.json"}),
          settings);
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(Lines(result.err),
              Contains(StartsWith("bench: --benchmark_out: r.json: File too "
                                  "large")));
  EXPECT_THAT(result.out, HasSubstr("n=21"));
}

}  // namespace
}  // namespace hybrid
