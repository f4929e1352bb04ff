#include "attempts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "output/counted_runs.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Two repetitions of three iterations, `wide` apart.
std::vector<Row> Attempt(double wall_s, double wide, std::uint64_t number = 0) {
  std::vector<Row> rows(2);
  for (Row& row : rows) {
    row.iterations = 3;
    row.attempt = number;
  }
  rows[0].wall_s = wall_s;
  rows[1].wall_s = wall_s + wide;
  rows[1].repetition = 1;
  return rows;
}

class AttemptsTest : public ::testing::Test {
 protected:
  /// A benchmark whose trials give `rows`, one after the other, and then fail.
  Measurement& Measuring(std::vector<Row> rows) {
    const auto trial = [rows, next = std::size_t{0}](
                           const Key&, std::uint64_t iterations,
                           const RunContext&, RunState&) mutable {
      if (next == rows.size()) throw std::runtime_error("worker 0 of 1 died");
      TrialResult result;
      result.row = rows[next++];
      result.iterations_s.assign(iterations, *result.row.wall_s);
      return result;
    };
    return measurements_.emplace_back(
        Benchmark{.name = "b", .key = {}, .trial = trial}, context_, state_);
  }

  const RunContext context_{};
  RunState state_{context_, CapPolicy(std::nullopt)};
  Measurements measurements_;
};

std::vector<Row> Both(std::vector<Row> a, const std::vector<Row>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

TEST_F(AttemptsTest, WhatIsCalmIsLeftAlone) {
  Measurement& measurement = Measuring({});
  EXPECT_THAT(RerunNoisy(measurement, Attempt(1, 0.01), 2), SizeIs(1));
  EXPECT_THAT(measurement.replacing(), IsEmpty());
}

TEST_F(AttemptsTest, TheCalmestCountsAndIsTheLast) {
  Measurement& measurement = Measuring(Both(Attempt(2, 0.8), Attempt(3, 9)));
  const std::vector<std::vector<Row>> attempts =
      RerunNoisy(measurement, Attempt(1, 2, 4), 2);
  ASSERT_THAT(attempts, SizeIs(3));
  for (std::uint64_t i = 0; i < 3; ++i) {
    for (const Row& row : attempts[i]) EXPECT_EQ(row.attempt, 4 + i);
  }
  EXPECT_EQ(attempts[0][0].wall_s, 3);
  EXPECT_EQ(attempts[1][0].wall_s, 1);
  EXPECT_EQ(attempts[2][0].wall_s, 2);
  EXPECT_EQ(measurement.replacing(), attempts[2]);
}

TEST_F(AttemptsTest, WhereTheFirstIsTheCalmestItCounts) {
  Measurement& measurement = Measuring(Attempt(2, 9));
  const std::vector<std::vector<Row>> attempts =
      RerunNoisy(measurement, Attempt(1, 0.5), 1);
  ASSERT_THAT(attempts, SizeIs(2));
  EXPECT_EQ(attempts[1][0].wall_s, 1);
  EXPECT_EQ(attempts[1][0].attempt, 1U);
  EXPECT_THAT(measurement.replacing(), IsEmpty());
}

TEST_F(AttemptsTest, AFailedOneIsAFailureAndLosesNothing) {
  Measurement& measurement = Measuring({});
  ::testing::internal::CaptureStderr();
  EXPECT_THAT(RerunNoisy(measurement, Attempt(1, 2), 2), SizeIs(1));
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              HasSubstr("--rerun_noisy: gemm batch=0 1×1"));
  EXPECT_EQ(measurement.failed_reruns(), 1);
}

// A worker's death leaves a row without a batch.
TEST_F(AttemptsTest, WhatWasNotMeasuredIsNotMeasuredAgain) {
  Measurement& measurement = Measuring(Attempt(1, 0));
  std::vector<Row> rows = Attempt(1, 2);
  rows.emplace_back().status = Status::kError;
  EXPECT_THAT(RerunNoisy(measurement, rows, 2), SizeIs(1));
  EXPECT_EQ(measurement.failed_reruns(), 0);
}

// Google Benchmark saw 100 and 300 s; 2 and 4 s count.
TEST_F(AttemptsTest, GooglesOutputSaysTheOnesThatCount) {
  using Run = benchmark::BenchmarkReporter::Run;
  Measurement& measurement = Measuring({});
  measurement.Replace(Attempt(2, 2));
  std::vector<Run> runs(6);
  const std::vector<std::string> aggregates{"mean", "median", "stddev", "cv"};
  for (std::size_t i = 0; i < runs.size(); ++i) {
    runs[i].run_name.function_name = measurement.name();
    runs[i].repetition_index = static_cast<std::int64_t>(i);
    runs[i].iterations = i < 2 ? 3 : 2;
    runs[i].real_accumulated_time = i == 0 ? 300 : 900;
    if (i < 2) continue;
    runs[i].run_type = Run::RT_Aggregate;
    runs[i].aggregate_name = aggregates[i - 2];
  }
  std::vector<double> times;
  for (const Run& run : CountedRuns(measurement, runs)) {
    times.push_back(run.real_accumulated_time /
                    static_cast<double>(run.iterations));
    if (run.aggregate_name != "cv") {
      EXPECT_DOUBLE_EQ(run.counters.at("wall_s").value, times.back());
    }
  }
  EXPECT_THAT(times, ElementsAre(2, 4, 3, 3, ::testing::DoubleEq(std::sqrt(2)),
                                 ::testing::DoubleEq(std::sqrt(2) / 3 / 2)));
}

}  // namespace
}  // namespace hybrid
