// --rerun_noisy beside busy loops, which make every configuration noisy.

#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/test_child.h"
#include "results/csv_reader.h"
#include "test_bench.h"
#include "test_google_json.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

/// On the first CPU that this process may use, as a bench with one CPU.
[[noreturn]] void BurnTheFirstCpu() {
  PinToOneCpu();
  Burn();
}

class RerunNoisyTest : public BenchTest {
 protected:
  void TearDown() override {
    first_.reset();
    second_.reset();
    BenchTest::TearDown();
  }
  /// Two configurations, the first of which is long.
  static std::vector<std::string> Arguments(
      const std::vector<std::string>& more) {
    return Quick(
        Override({"--n=16,700", "--workers=1", "--rerun_noisy=1",
                  "--launch=keep", "--csv=r.csv", "--benchmark_min_time=0.3"},
                 more));
  }
  /// Of one order in the file of results.
  std::vector<Row> RowsOf(std::uint64_t n) const {
    std::vector<Row> rows = ReadCsv(File("r.csv"));
    std::erase_if(rows, [n](const Row& row) { return row.n != n; });
    return rows;
  }

  const BenchSettings one_cpu_{
      .environment = {}, .largest_file_bytes = 0, .cpus = 1};

 private:
  std::optional<TestChild> first_{std::in_place, BurnTheFirstCpu};
  std::optional<TestChild> second_{std::in_place, BurnTheFirstCpu};
};

TEST_F(RerunNoisyTest, BothOutputsSayTheAttemptThatCounts) {
  const BenchResult result =
      Run(Arguments({"--n=256", "--benchmark_out=r.json", "--rerun_noisy=2"}),
          one_cpu_);
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  const std::vector<Row> rows = RowsOf(256);
  ASSERT_THAT(rows, SizeIs(6));
  const std::vector<GoogleRun> runs =
      ParseGoogleJson(ReadFile(File("r.json"))).Repetitions();
  ASSERT_THAT(runs, SizeIs(2));
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Row& last = rows[4 + i];
    EXPECT_EQ(last.attempt, 2U);
    EXPECT_NEAR(runs[i].counters.at("wall_s"), *last.wall_s,
                1e-6 * *last.wall_s);
    EXPECT_NEAR(runs[i].real_time, 1e9 * *last.wall_s, 1e4 * *last.wall_s);
  }
}

// The row of the death has no batch: nothing can be divided by it.
TEST_F(RerunNoisyTest, AWorkersDeathCostsItsConfigurationOnly) {
  BenchProcess bench(folder(),
                     Arguments({"--n=700,16", "--benchmark_repetitions=3",
                                "--benchmark_min_time=1"}),
                     one_cpu_);
  // Past the estimation, in a repetition.
  usleep(3000000);
  kill(bench.AwaitBusyWorker(), SIGKILL);
  const BenchResult result = bench.Wait();
  EXPECT_EQ(result.exit_code(), 1) << result.err;
  EXPECT_THAT(Lines(result.err),
              Contains(AllOf(HasSubstr("n=700"), HasSubstr("signal 9"))));
  EXPECT_EQ(RowsOf(700).back().status, Status::kError);
  ASSERT_THAT(RowsOf(16), Not(SizeIs(0)));
  EXPECT_EQ(RowsOf(16).back().status, Status::kOk);
}

TEST_F(RerunNoisyTest, ADeathInTheRepeatIsAFailureWithItsReason) {
  BenchProcess bench(folder(), Arguments({"--n=700,16"}), one_cpu_);
  const pid_t first = bench.AwaitBusyWorker();
  pid_t repeat = first;
  while (repeat == first) repeat = bench.AwaitBusyWorker();
  kill(repeat, SIGKILL);
  const BenchResult result = bench.Wait();
  EXPECT_EQ(result.exit_code(), 1) << result.err;
  EXPECT_THAT(Lines(result.err),
              Contains(AllOf(HasSubstr("--rerun_noisy"), HasSubstr("n=700"),
                             HasSubstr("signal 9"))));
  const std::vector<Row> rows = RowsOf(700);
  ASSERT_THAT(rows, SizeIs(2));
  for (const Row& row : rows) EXPECT_EQ(row.status, Status::kOk);
  EXPECT_THAT(RowsOf(16), Not(SizeIs(0)));
}

}  // namespace
}  // namespace hybrid
