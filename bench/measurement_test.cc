#include "measurement.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "flags/google_flags.h"
#include "google_release.h"
#include "output/counted_runs.h"
#include "registration.h"

namespace hybrid {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Pair;
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
  return {.row = row,
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
    result.row.status = Status::kCapped;
    result.iterations_s.clear();
    result.ending = "capped";
    return result;
  };
  return {.name = std::move(name), .key = {}, .trial = trial};
}

/// A benchmark whose batches take `batch_s`, and that counts its trials.
Benchmark Taking(double batch_s, int& trials) {
  const auto trial = [batch_s, &trials](const Key& key,
                                        std::uint64_t iterations,
                                        const RunContext&, RunState&) {
    ++trials;
    TrialResult result = Second(key, iterations);
    result.row.wall_s = batch_s;
    result.iterations_s.assign(iterations, batch_s);
    return result;
  };
  return {.name = fmt::format("takes:{}", batch_s),
          .key = {},
          .trial = trial,
          .default_repetitions = kRepetitions};
}

/// Keeps how many repetitions were told of, after CountedRuns.
class KeepingReporter : public benchmark::BenchmarkReporter {
 public:
  explicit KeepingReporter(Measurements& measurements)
      : measurements_(measurements) {}
  bool ReportContext(const Context& /*context*/) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    Measurement& measurement = *std::find_if(
        measurements_.begin(), measurements_.end(), [&](const Measurement& m) {
          return m.name() == runs.front().run_name.function_name;
        });
    if (runs.front().run_type == Run::RT_Iteration) {
      rows.push_back(measurement.TakeRows(runs.size()).size());
    }
    for (const Run& run : CountedRuns(measurement, runs)) {
      if (run.run_type == Run::RT_Iteration) ++repetitions[measurement.name()];
      if (run.aggregate_name == "mean") {
        means.push_back(run.GetAdjustedRealTime());
      }
    }
  }
  std::vector<std::size_t> rows;
  std::map<std::string, int> repetitions;
  std::vector<double> means;

 private:
  Measurements& measurements_;
};

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

TEST_F(MeasurementTest, ALongBatchIsRepeatedThreeTimesByDefault) {
  int long_trials = 0;
  int short_trials = 0;
  std::vector<std::string> told;
  Onlooker onlooker;
  onlooker.on_long_batch = [&told](const Key&, double wall_s,
                                   std::size_t repetitions) {
    told.push_back(fmt::format("{} of {}", wall_s, repetitions));
  };
  Measurements measurements;
  measurements.emplace_back(Taking(6, long_trials), context_, state_, onlooker);
  measurements.emplace_back(Taking(4, short_trials), context_, state_,
                            onlooker);
  Benchmark as_asked = Taking(7, long_trials);
  as_asked.default_repetitions = 0;
  measurements.emplace_back(as_asked, context_, state_, onlooker);
  benchmark::ClearRegisteredBenchmarks();
  KeepingReporter reporter(measurements);
  RunAll(
      measurements,
      GoogleFlags({"--benchmark_repetitions=" + std::to_string(kRepetitions)}),
      reporter);
  EXPECT_EQ(long_trials, 3 + kRepetitions);
  EXPECT_EQ(short_trials, kRepetitions);
  EXPECT_THAT(told, ElementsAre("6 of 3"));
  EXPECT_THAT(reporter.rows, ElementsAre(3, kRepetitions, kRepetitions));
  EXPECT_THAT(reporter.repetitions,
              ElementsAre(Pair("takes:4", kRepetitions), Pair("takes:6", 3),
                          Pair("takes:7", kRepetitions)));
  EXPECT_THAT(reporter.means, ElementsAre(6e9, 4e9, 7e9));
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
