#include <benchmark/benchmark.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "fixture.h"

namespace hybrid {
namespace {

/// Counts what is reported, and prints nothing.
class CountingReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& /*context*/) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Iteration) continue;
      ++(run.error_occurred ? errors : completed);
    }
  }
  int completed = 0;
  int errors = 0;
};

/// Fails in its call number `first_bad`, before or in its loop.
class FailingFixture : public Fixture {
 public:
  FailingFixture(std::string name, Session& session, int first_bad,
                 bool in_loop)
      : Fixture(std::move(name), Key(), session),
        first_bad_(first_bad),
        in_loop_(in_loop) {}

 protected:
  void Measure(benchmark::State& state, Row& row) override {
    const bool bad = calls_++ >= first_bad_;
    if (bad && !in_loop_) throw std::runtime_error("no worker");
    Loop(state, [&] {
      if (bad) throw std::runtime_error("worker gone");
      state.SetIterationTime(1);  // the first pass suffices
      return true;
    });
    row.wall_s = 1;
  }

 private:
  int first_bad_;
  bool in_loop_;
  int calls_ = 0;
};

// Google Benchmark 1.7.1 aborts where repetitions differ in iterations, and
// crashes where a later one succeeds: whichever it is, it must come through.
TEST(FixtureTest, SurvivesAFailureInAnyRepetition) {
  const Machine machine;
  Session session{.machine = machine,
                  .info = NewRunInfo(),
                  .pools = PoolKeeper(machine, {}, {}, 1),
                  .caps = CapPolicy(std::nullopt)};
  constexpr int kRepetitions = 5;
  std::vector<std::unique_ptr<FailingFixture>> fixtures;
  for (const bool in_loop : {false, true}) {
    for (int bad = 0; bad <= kRepetitions; ++bad) {
      fixtures.push_back(std::make_unique<FailingFixture>(
          "bad:" + std::to_string(bad) + (in_loop ? "/loop" : "/before"),
          session, bad, in_loop));
      Register(*fixtures.back(), kRepetitions);
    }
  }
  CountingReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter, "all");
  EXPECT_EQ(reporter.completed, 2 * (0 + 1 + 2 + 3 + 4 + 5));
  EXPECT_EQ(reporter.errors, 2 * (5 + 4 + 3 + 2 + 1 + 0));
  for (const auto& fixture : fixtures) {
    const std::vector<Row> rows = fixture->TakeRows(kRepetitions);
    ASSERT_FALSE(rows.empty());
    const bool failed = !fixture->ending().empty();
    EXPECT_EQ(rows.back().status, failed ? Status::kError : Status::kOk);
  }
}

}  // namespace
}  // namespace hybrid
