// What a run learns beside the times: evidence, ceilings, noise.

#include <gmock/gmock.h>

#include <algorithm>
#include <vector>

#include "base/test_child.h"
#include "results/csv_reader.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

/// Burns CPU time on the first CPU that this process may use, where a bench
/// that gets one CPU runs too.
[[noreturn]] void BurnTheFirstCpu() {
  PinToOneCpu();
  Burn();
}

constexpr int kOneCpu = 1;
const BenchSettings kOnOneCpu{
    .environment = {}, .largest_file_bytes = 0, .cpus = kOneCpu};

class ExplainedRunTest : public BenchTest {};

TEST_F(ExplainedRunTest, EvidenceOfEveryRepetition) {
  ASSERT_EQ(Run(Quick({"--csv=r.csv", "--n=64"})).exit_code(), 0);
  for (const Row& row : ReadCsv(File("r.csv"))) {
    ASSERT_TRUE(row.task_p50_s && row.task_p99_s && row.task_max_s);
    EXPECT_GT(*row.task_p50_s, 0);
    EXPECT_LE(*row.task_p50_s, *row.task_p99_s);
    EXPECT_LE(*row.task_p99_s, *row.task_max_s);
    // A batch of 4 tasks can't be shorter than the shortest half of them.
    EXPECT_LE(*row.task_p50_s, *row.wall_s);
    EXPECT_GT(row.cpu_s.value(), 0);
    EXPECT_TRUE(row.minor_faults && row.major_faults);
    EXPECT_TRUE(row.voluntary_switches && row.involuntary_switches);
    EXPECT_TRUE(row.steal_s && row.foreign_cpu_s);
    EXPECT_FALSE(row.peak_fraction) << "--ceilings=none";
  }
}

TEST_F(ExplainedRunTest, CeilingsGiveTheShareOfThePeak) {
  const BenchResult result =
      Run(Quick({"--csv=r.csv", "--n=200", "--ceilings=auto"}));
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("\nceilings  FMA peak "));
  for (const Row& row : ReadCsv(File("r.csv"))) {
    ASSERT_TRUE(row.peak_fraction && row.peak_gflops);
    EXPECT_GT(*row.peak_fraction, 0);
    EXPECT_NEAR(*row.peak_fraction, *row.gflops / *row.peak_gflops, 1e-9);
    EXPECT_GT(row.triad_bytes_per_s.value(), 0);
  }
}

TEST_F(ExplainedRunTest, CrowdedWorkersWaitForACpu) {
  ASSERT_EQ(Run(Quick({"--csv=r.csv", "--n=256", "--batch=64", "--workers=1,4",
                       "--benchmark_min_time=0.2"}),
                kOnOneCpu)
                .exit_code(),
            0);
  double alone = 0;
  double crowded = 0;
  for (const Row& row : ReadCsv(File("r.csv"))) {
    if (!row.run_delay_s) GTEST_SKIP() << "the kernel counts no run delay";
    double& most = row.workers == 1 ? alone : crowded;
    most = std::max(most, *row.run_delay_s / *row.wall_s);
  }
  // Three of four always wait.
  EXPECT_GT(crowded, 1);
  EXPECT_GT(crowded, alone);
}

TEST_F(ExplainedRunTest, RoundsTellTheNoise) {
  const BenchResult result =
      Run(Quick({"--csv=r.csv", "--benchmark_repetitions=3", "--why"}));
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("noise floor  "));
  EXPECT_THAT(result.out, Not(HasSubstr("noise floor  not measured")));
}

// Half of the CPU is the burner's in each round: as many as may be are measured
// again, and every measurement is kept.
TEST_F(ExplainedRunTest, DisturbedRoundsAreMeasuredAgain) {
  const TestChild burner(BurnTheFirstCpu);
  const BenchResult result =
      Run(Quick({"--csv=r.csv", "--n=256", "--batch=16", "--workers=1",
                 "--benchmark_min_time=0.2", "--rerun_noisy=1"}),
          kOnOneCpu);
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.err, AllOf(HasSubstr("n=256"), HasSubstr("round 1 of 2"),
                                HasSubstr("measured again")));
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, SizeIs(3));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].round, i < 2 ? 1U : 2U);
    EXPECT_EQ(rows[i].attempt, i == 1 ? 1U : 0U);
    EXPECT_EQ(rows[i].status, Status::kOk);
  }
}

TEST_F(ExplainedRunTest, NoisyConfigurationsAreMeasuredAgain) {
  const TestChild burner(BurnTheFirstCpu);
  const BenchResult result =
      Run(Quick({"--csv=r.csv", "--n=256", "--batch=16", "--workers=1",
                 "--benchmark_min_time=0.2", "--rerun_noisy=2", "--verbose",
                 "--launch=keep"}),
          kOnOneCpu);
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(Lines(result.out), Contains(EndsWith("!")));
  EXPECT_THAT(result.out, HasSubstr("noisy: "));
  // Half of the CPU is the burner's in each of the three attempts, and every
  // measurement is kept.
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, SizeIs(6));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].attempt, i / 2);
    EXPECT_EQ(rows[i].repetition, i % 2);
    EXPECT_EQ(rows[i].status, Status::kOk);
  }
}

TEST_F(ExplainedRunTest, WarnsOfForeignLoadBeforehand) {
  const TestChild burner(BurnTheFirstCpu);
  const BenchResult result =
      Run(Quick({"--csv=none", "--ceilings=auto"}), kOnOneCpu);
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out,
              AnyOf(HasSubstr("\nwarning   other"), HasSubstr("foreign")));
}

}  // namespace
}  // namespace hybrid
