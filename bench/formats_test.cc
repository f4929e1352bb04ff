// Google Benchmark's own flags work as its users expect.

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "results/csv_reader.h"
#include "results/row.h"
#include "test_bench.h"
#include "test_google_json.h"

namespace hybrid {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

const std::string kFirst =
    "Hybrid/gemm/n:16/batch:4/workers:1/blas_threads:1/kernels:library/"
    "manual_time";
const std::string kSecond =
    "Hybrid/gemm/n:16/batch:4/workers:2/blas_threads:1/kernels:library/"
    "manual_time";

class FormatsTest : public BenchTest {
 protected:
  BenchResult Small(const std::vector<std::string>& arguments) {
    return Run(Quick(Override({"--csv=none"}, arguments)));
  }
};

TEST_F(FormatsTest, JsonOnStdoutIsNothingButJson) {
  const BenchResult result = Small({"--benchmark_format=json"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  const GoogleJson json = ParseGoogleJson(result.out);
  EXPECT_THAT(json.Repetitions(), SizeIs(4));
  EXPECT_THAT(result.err, HasSubstr("ANSWER"));
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(FormatsTest, CsvOnStdoutIsNothingButCsv) {
  const BenchResult result = Small({"--benchmark_format=csv"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  const std::vector<std::string> lines = Lines(result.out);
  ASSERT_FALSE(lines.empty());
  EXPECT_THAT(lines.front(), StartsWith("name,iterations,real_time"));
  const auto commas = std::count(lines[0].begin(), lines[0].end(), ',');
  for (const std::string& line : lines) {
    EXPECT_EQ(std::count(line.begin(), line.end(), ','), commas) << line;
  }
}

TEST_F(FormatsTest, ConsoleShowsGoogleLinesAndTheAnswer) {
  const BenchResult result = Small({"--benchmark_format=console"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  for (const std::string& name : {kFirst, kSecond}) {
    EXPECT_THAT(result.out, HasSubstr("\n" + name));
    EXPECT_THAT(result.out, HasSubstr("\n" + name + "_median"));
  }
  EXPECT_THAT(result.out, HasSubstr("UserCounters"));
  EXPECT_THAT(result.out, HasSubstr("ANSWER"));
}

TEST_F(FormatsTest, OutFileMayBeCsv) {
  const BenchResult result =
      Small({"--benchmark_out=r.csv", "--benchmark_out_format=csv"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  const std::string text = ReadFile(File("r.csv"));
  EXPECT_THAT(text, HasSubstr("name,iterations,real_time"));
  EXPECT_THAT(text, HasSubstr("\"wall_s\""));
  EXPECT_THAT(text, HasSubstr("\"" + kFirst + "\","));
  EXPECT_THAT(text, HasSubstr("\"" + kSecond + "\","));
  EXPECT_THAT(Files(), ElementsAre("r.csv"));
}

TEST_F(FormatsTest, EveryBenchmarkHasEveryCounter) {
  const std::string filter =
      "--benchmark_filter=Hybrid|Tutorial/serial|Overhead/(gate|start)/"
      "workers:1";
  const BenchResult result =
      Small({filter, "--operation=gemm,none", "--benchmark_out=r.json"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  std::set<std::string> names;
  std::set<std::set<std::string>> sets;
  for (const GoogleRun& run :
       ParseGoogleJson(ReadFile(File("r.json"))).Repetitions()) {
    names.insert(run.name);
    std::set<std::string> counters;
    for (const auto& counter : run.counters) counters.insert(counter.first);
    sets.insert(counters);
  }
  EXPECT_THAT(names, SizeIs(2 * 2 + 1 + 2));
  EXPECT_THAT(sets, ElementsAre(Contains("wall_s")));
  // Google Benchmark's CSV aborts at a counter that the first one lacks.
  EXPECT_EQ(
      Small({filter, "--benchmark_out=r.csv", "--benchmark_out_format=csv",
             "--benchmark_enable_random_interleaving"})
          .exit_code(),
      0);
}

TEST_F(FormatsTest, OutFileMayBeCsvWhenTheFirstBenchmarkHasNoResult) {
  const BenchResult result =
      Small({"--n=1000,16", "--batch=2000", "--cap=0.05",
             "--benchmark_out=r.csv", "--benchmark_out_format=csv"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  const std::string text = ReadFile(File("r.csv"));
  EXPECT_THAT(text, HasSubstr("capped"));
  EXPECT_THAT(text, HasSubstr("\"wall_s\""));
}

TEST_F(FormatsTest, RepetitionsAndAggregatesOnly) {
  const BenchResult result =
      Small({"--benchmark_repetitions=3", "--benchmark_report_aggregates_only",
             "--benchmark_out=r.json"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  const GoogleJson json = ParseGoogleJson(ReadFile(File("r.json")));
  EXPECT_THAT(json.Repetitions(), IsEmpty());
  EXPECT_THAT(json.runs, SizeIs(2 * 4));
}

// In every release of Google Benchmark, of which some take no unit and others
// complain of its absence.
TEST_F(FormatsTest, SecondsOfARepetitionWithAndWithoutTheirUnit) {
  for (const std::string& seconds : {std::string("0.1"), std::string("0.1s")}) {
    const BenchResult result =
        Run(Quick({"--workers=1", "--csv=" + seconds + ".csv",
                   "--benchmark_min_time=" + seconds}));
    EXPECT_EQ(result.exit_code(), 0) << result.err;
    EXPECT_THAT(result.err, IsEmpty());
    EXPECT_THAT(result.out, Not(HasSubstr("suffix")));
    for (const Row& row : ReadCsv(File(seconds + ".csv"))) {
      EXPECT_GT(static_cast<double>(row.iterations) * row.wall_s.value(), 0.05);
    }
  }
}

TEST_F(FormatsTest, ARepetitionOfSoManyIterations) {
  BenchSettings settings;
  settings.environment = {"BENCHMARK_MIN_TIME=10x"};
  const BenchResult result = Run(
      {"--benchmark_filter=Hybrid", "--n=16", "--batch=4", "--workers=1,2",
       "--blas_threads=1", "--kernels=library", "--ceilings=none",
       "--benchmark_repetitions=2", "--csv=r.csv", "--benchmark_out=r.json"},
      settings);
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  EXPECT_THAT(rows, SizeIs(4));
  for (const Row& row : rows) EXPECT_EQ(row.iterations, 10U);
  const GoogleJson json = ParseGoogleJson(ReadFile(File("r.json")));
  EXPECT_THAT(json.Repetitions(), SizeIs(4));
  for (const GoogleRun& run : json.Repetitions()) {
    EXPECT_EQ(run.iterations, 10);
    EXPECT_THAT(run.name, AnyOf(kFirst, kSecond));
  }
  const BenchResult resumed = Run({"--resume=r.csv"}, settings);
  EXPECT_EQ(resumed.exit_code(), 0) << resumed.err;
}

TEST_F(FormatsTest, FilterSelects) {
  const BenchResult result =
      Small({"--benchmark_filter=Hybrid.*workers:2", "--benchmark_out=r.json"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  for (const GoogleRun& run : ParseGoogleJson(ReadFile(File("r.json"))).runs) {
    EXPECT_THAT(run.name, StartsWith(kSecond));
  }
}

TEST_F(FormatsTest, NegativeFilterSelectsTheRest) {
  const BenchResult result =
      Small({"--benchmark_filter=-Noise|Tutorial|Overhead|workers:1",
             "--benchmark_out=r.json"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(ParseGoogleJson(ReadFile(File("r.json"))).Repetitions(),
              SizeIs(2));
}

TEST_F(FormatsTest, VariablesAreFlagsToo) {
  const BenchResult result =
      Run({"--n=16", "--batch=4", "--workers=1,2", "--blas_threads=1",
           "--cap=600", "--csv=none", "--benchmark_min_time=0.01"},
          {.environment = {"BENCHMARK_FILTER=Hybrid.*workers:2",
                           "BENCHMARK_REPETITIONS=3", "BENCHMARK_OUT=r.json"},
           .largest_file_bytes = 0,
           .cpus = 0});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(ParseGoogleJson(ReadFile(File("r.json"))).Repetitions(),
              SizeIs(3));
  // A worker that inherited the first would have emptied the file.
  EXPECT_THAT(Files(), ElementsAre("r.json"));
}

TEST_F(FormatsTest, ListNamesTheBenchmarksAndTouchesNoFile) {
  WriteFile(File("kept.json"), "kept");
  const BenchResult result =
      Run(Quick({"--n=16", "--batch=4", "--workers=1,2",
                 "--benchmark_list_tests", "--benchmark_out=kept.json"}));
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(Lines(result.out), ElementsAre(kFirst, kSecond));
  EXPECT_THAT(Files(), ElementsAre("kept.json"));
  EXPECT_EQ(ReadFile(File("kept.json")), "kept");
}

TEST_F(FormatsTest, FilterWithoutAMatchTouchesNoFile) {
  WriteFile(File("kept.json"), "kept");
  const BenchResult result = Run(
      {"--benchmark_filter=nothing_of_that_name", "--benchmark_out=kept.json"});
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(result.out, IsEmpty());
  EXPECT_THAT(
      Lines(result.err),
      ElementsAre(HasSubstr("--benchmark_filter=nothing_of_that_name")));
  EXPECT_THAT(Files(), ElementsAre("kept.json"));
  EXPECT_EQ(ReadFile(File("kept.json")), "kept");
}

TEST_F(FormatsTest, UnwritableOutFileMeasuresNothing) {
  const BenchResult result = Small({"--benchmark_out=no/such/folder/r.json"});
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(result.out, Not(HasSubstr("GFLOP/s")));
  EXPECT_THAT(Files(), IsEmpty());
}

}  // namespace
}  // namespace hybrid
