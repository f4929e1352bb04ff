#include "measurement.h"

#include <benchmark/benchmark.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "flags/google_flags.h"
#include "google_release.h"
#include "registration.h"

namespace hybrid {
namespace {

using ::testing::Each;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int kRepetitions = 5;

/// Counts what is reported, and prints nothing.
class CountingReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& /*context*/) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Iteration) continue;
      ++(HasFailed(run) ? errors : completed);
      if (!HasFailed(run)) {
        EXPECT_EQ(run.GetAdjustedRealTime(), 1e9) << "nanoseconds";
      }
    }
  }
  int completed = 0;
  int errors = 0;
};

/// A trial whose iterations take a second each, so that the first pass
/// suffices.
TrialResult Second(const Key& key, std::uint64_t iterations) {
  Row row;
  static_cast<Key&>(row) = key;
  row.iterations = iterations;
  row.wall_s = 1;
  return {.rows = {row},
          .iterations_s = std::vector<double>(iterations, 1),
          .ending = {}};
}

/// What call number `first_bad` and those behind it do.
enum class Bad { kThrow, kCap };

Benchmark Failing(std::string name, int first_bad, Bad bad) {
  const auto trial = [first_bad, bad, calls = 0](
                         const Key& key, std::uint64_t iterations,
                         const RunContext&, RunState&) mutable {
    TrialResult result = Second(key, iterations);
    if (calls++ < first_bad) return result;
    if (bad == Bad::kThrow) throw std::runtime_error("no worker");
    result.rows.front().status = Status::kCapped;
    result.iterations_s.clear();
    result.ending = "capped";
    return result;
  };
  return {.name = std::move(name), .key = {}, .trial = trial};
}

class MeasurementTest : public ::testing::Test {
 protected:
  const RunContext context_{};
  RunState state_{context_, CapPolicy(std::nullopt)};
};

// Google Benchmark 1.7.1 aborts where repetitions differ in iterations, and
// crashes where a later one succeeds: whichever it is, it must come through.
TEST_F(MeasurementTest, SurvivesAnEarlyEndInAnyRepetition) {
  Measurements measurements;
  for (const Bad bad : {Bad::kThrow, Bad::kCap}) {
    for (int first_bad = 0; first_bad <= kRepetitions; ++first_bad) {
      measurements.emplace_back(
          Failing("bad:" + std::to_string(first_bad) +
                      (bad == Bad::kThrow ? "/throw" : "/cap"),
                  first_bad, bad),
          context_, state_);
    }
  }
  const GoogleFlags flags(
      {"--benchmark_repetitions=" + std::to_string(kRepetitions)});
  std::string program = "measurement_test";
  std::string argument = flags.arguments().front();
  char* argv[] = {program.data(), argument.data(), nullptr};
  int argc = 2;
  benchmark::Initialize(&argc, argv);
  CountingReporter reporter;
  RunAll(measurements, flags, reporter);
  EXPECT_EQ(reporter.completed, 2 * (0 + 1 + 2 + 3 + 4 + 5));
  EXPECT_EQ(reporter.errors, 2 * (5 + 4 + 3 + 2 + 1 + 0));
  int first_bad = 0;
  for (Measurement& measurement : measurements) {
    const std::vector<Row> rows = measurement.TakeRows(kRepetitions);
    ASSERT_FALSE(rows.empty());
    EXPECT_FALSE(measurement.interrupted());
    const Status failed = measurement.name().ends_with("throw")
                              ? Status::kError
                              : Status::kCapped;
    const bool ended = !measurement.ending().empty();
    EXPECT_EQ(ended, first_bad < kRepetitions);
    EXPECT_EQ(rows.back().status, ended ? failed : Status::kOk);
    // Those before the end, and the end itself.
    EXPECT_THAT(rows, SizeIs(std::min(first_bad + 1, kRepetitions)));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(rows[i].repetition, i);
    }
    first_bad = (first_bad + 1) % (kRepetitions + 1);
  }
}

TEST_F(MeasurementTest, MeasuresAgainWithAsManyIterations) {
  Benchmark benchmark = Failing("never", 100, Bad::kThrow);
  std::vector<Row> rows(2);
  rows[0].iterations = 3;
  rows[1].iterations = 5;
  rows[1].repetition = 1;
  const std::vector<Row> again =
      Measurement(benchmark, context_, state_).MeasureAgain(rows);
  ASSERT_THAT(again, SizeIs(2));
  EXPECT_THAT(again, Each(Field(&Row::attempt, 1U)));
  EXPECT_EQ(again[0].iterations, 3U);
  EXPECT_EQ(again[1].iterations, 5U);
  EXPECT_EQ(again[1].repetition, 1U);
  benchmark.may_rerun = false;
  EXPECT_THAT(Measurement(benchmark, context_, state_).MeasureAgain(rows),
              IsEmpty());
  Benchmark capped = Failing("capped", 1, Bad::kCap);
  EXPECT_THAT(Measurement(capped, context_, state_).MeasureAgain(rows),
              IsEmpty());
}

}  // namespace
}  // namespace hybrid
