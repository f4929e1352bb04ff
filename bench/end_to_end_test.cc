// The result file and Google Benchmark's own output of the same run agree.

#include <gmock/gmock.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "results/csv_reader.h"
#include "test_bench.h"
#include "test_google_json.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::string NameOf(const Row& row) {
  return "Hybrid/" + row.operation + "/n:" + std::to_string(row.n) +
         "/batch:" + std::to_string(row.batch) +
         "/workers:" + std::to_string(row.workers) +
         "/blas_threads:" + std::to_string(row.blas_threads) +
         "/kernels:" + row.kernels_asked + "/manual_time";
}

/// The measurements of `row`, 0 where it has none, and the two other columns
/// that are counters.
std::map<std::string, double> CountersOf(const Row& row) {
  std::map<std::string, double> counters{
      {"oversubscribed", row.oversubscribed ? 1 : 0},
      {"usable_cores", static_cast<double>(row.usable_cores)}};
  ForEachMeasurement(row, [&counters](const char* name, const auto& value) {
    counters.emplace(name, value ? static_cast<double>(*value) : 0.0);
  });
  return counters;
}

/// A repetition: its benchmark and its number.
using Repetition = std::pair<std::string, std::int64_t>;

class EndToEndTest : public BenchTest {
 protected:
  /// 2 × 2 × 2 configurations, three repetitions each.
  void Sweep(const std::vector<std::string>& arguments) {
    const std::vector<std::string> all = Override(
        Quick({"--n=16,32", "--batch=2,5", "--workers=1,2", "--csv=r.csv",
               "--benchmark_out=r.json", "--benchmark_repetitions=3"}),
        arguments);
    result_ = Run(all);
    ASSERT_EQ(result_.exit_code(), 0) << result_.out << result_.err;
    rows_ = ReadCsv(File("r.csv"));
    json_ = ParseGoogleJson(ReadFile(File("r.json")));
  }

  BenchResult result_;
  std::vector<Row> rows_;
  GoogleJson json_;
};

TEST_F(EndToEndTest, ResultFileHoldsEveryRepetitionOfEveryConfiguration) {
  Sweep({});
  std::set<Repetition> keys;
  for (const Row& row : rows_) {
    EXPECT_EQ(row.status, Status::kOk);
    EXPECT_EQ(row.family, Family::kHybrid);
    EXPECT_EQ(row.run_id, rows_.front().run_id);
    EXPECT_EQ(row.tasks_done, row.batch);
    EXPECT_THAT(row.wall_s, testing::Optional(Gt(0)));
    EXPECT_THAT(row.gflops, testing::Optional(Gt(0)));
    EXPECT_NEAR(row.load_s.value() + row.operate_s.value() + *row.idle_s,
                *row.wall_s, 1e-9 * *row.wall_s);
    EXPECT_GT(row.iterations, 0U);
    EXPECT_THAT(row.blas_threading, testing::AnyOf("openmp", "none"));
    EXPECT_THAT(row.error, IsEmpty());
    keys.emplace(NameOf(row), row.repetition);
  }
  EXPECT_THAT(rows_, SizeIs(2 * 2 * 2 * 3));
  EXPECT_THAT(keys, SizeIs(2 * 2 * 2 * 3));
  EXPECT_THAT(Files(), ElementsAre("r.csv", "r.json"));
}

TEST_F(EndToEndTest, GoogleOutputAgreesWithResultFile) {
  Sweep({});
  std::map<Repetition, GoogleRun> runs;
  for (GoogleRun& run : json_.Repetitions()) {
    runs.emplace(Repetition{run.name, run.repetition_index}, run);
  }
  ASSERT_THAT(runs, SizeIs(rows_.size()));
  for (const Row& row : rows_) {
    SCOPED_TRACE(NameOf(row));
    const auto run = runs.find(
        Repetition{NameOf(row), static_cast<std::int64_t>(row.repetition)});
    ASSERT_NE(run, runs.end());
    const GoogleRun& google = run->second;
    EXPECT_FALSE(google.error_occurred);
    EXPECT_EQ(static_cast<std::uint64_t>(google.iterations), row.iterations);
    ASSERT_EQ(google.time_unit, "ns");
    EXPECT_NEAR(google.real_time / 1e9, *row.wall_s, 1e-9 * *row.wall_s);
    // Boost 1.81 may read a number's last digit wrong.
    const std::map<std::string, double> counters = CountersOf(row);
    EXPECT_THAT(google.counters, SizeIs(counters.size()));
    for (const auto& [name, value] : counters) {
      ASSERT_TRUE(google.counters.contains(name)) << name;
      EXPECT_DOUBLE_EQ(google.counters.at(name), value) << name;
    }
  }
}

TEST_F(EndToEndTest, GoogleContextNamesProgramAndMachine) {
  Sweep({});
  EXPECT_THAT(json_.context["executable"], testing::EndsWith("bench"));
  EXPECT_EQ(json_.context["blis version"], rows_.front().blas_version);
  EXPECT_EQ(json_.context["usable_cores"],
            std::to_string(rows_.front().usable_cores));
}

TEST_F(EndToEndTest, RandomInterleavingMeasuresTheSame) {
  Sweep({"--benchmark_enable_random_interleaving"});
  std::set<Repetition> keys;
  for (const Row& row : rows_) {
    EXPECT_EQ(row.status, Status::kOk);
    keys.emplace(NameOf(row), row.repetition);
  }
  EXPECT_THAT(rows_, SizeIs(2 * 2 * 2 * 3));
  EXPECT_THAT(keys, SizeIs(2 * 2 * 2 * 3));
}

TEST_F(EndToEndTest, EndsWithTheAnswer) {
  Sweep({});
  EXPECT_THAT(result_.out, HasSubstr("TRUST"));
  EXPECT_THAT(result_.out, HasSubstr("ANSWER"));
  EXPECT_THAT(result_.out, HasSubstr("r.csv"));
  EXPECT_THAT(result_.err, Not(HasSubstr("bench:")));
}

TEST_F(EndToEndTest, BenchItselfLoadsNoBlas) {
  BenchProcess bench(folder(), Quick({"--n=1000", "--batch=100000",
                                      "--workers=1", "--csv=none"}));
  bench.AwaitBusyWorker();
  const std::string maps =
      ReadFile("/proc/" + std::to_string(bench.pid()) + "/maps");
  EXPECT_THAT(maps, HasSubstr("libbenchmark"));
  for (const char* library : {"libblis", "libblas", "openblas", "libgomp"}) {
    EXPECT_THAT(maps, Not(HasSubstr(library)));
  }
}

TEST_F(EndToEndTest, OnlyOnePoolLivesAtATime) {
  BenchProcess bench(folder(), Quick({"--n=16,2000", "--batch=10000",
                                      "--workers=2", "--csv=r.csv"}));
  bench.Await([&] { return CountRows(File("r.csv")) == 2; });
  bench.AwaitBusyWorker();
  EXPECT_THAT(bench.Children(), SizeIs(2));
}

}  // namespace
}  // namespace hybrid
