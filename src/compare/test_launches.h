#ifndef HYBRID_COMPARE_TEST_LAUNCHES_H_
#define HYBRID_COMPARE_TEST_LAUNCHES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compare/comparison.h"
#include "compare/test_results.h"
#include "results/row.h"

namespace hybrid {

/// For tests: constructed launches of one run on a machine of four cores.
class TestLaunches {
 public:
  /// What the rows that are added next have in common.
  Row base;
  std::vector<Row> rows;

  explicit TestLaunches(const std::string& run_id = "run") {
    base = TestResults(run_id).base;
    base.usable_cores = base.usable_cpus = 4;
  }

  /// Rounds of a grid: a whole launch for each of `times`, in seconds.
  TestLaunches& Grid(Split split, const std::vector<double>& times) {
    std::uint64_t round = 0;
    for (const double time : times) Ok(split, Stage::kGrid, ++round, time);
    return *this;
  }

  /// The screening of a search and the rounds of its race in which the split
  /// took part: a whole launch for each of `times`.
  TestLaunches& Search(Split split, const std::vector<double>& times) {
    std::uint64_t round = 0;
    for (const double time : times) {
      Ok(split, round == 0 ? Stage::kScreen : Stage::kRace, round, time);
      ++round;
    }
    return *this;
  }

  /// A launch for the bound: a second of tasks that take `task_s`.
  TestLaunches& Bound(double task_s) {
    Row& row = Add({1, 1}, Stage::kBound, 1);
    row.wall_s = 1;
    row.tasks_done = static_cast<std::uint64_t>(1 / task_s);
    row.load_s = 0.2;
    row.operate_s = 0.8;
    return *this;
  }

  /// A launch that was stopped after `time`.
  TestLaunches& Stopped(Split split, Stage stage, std::uint64_t round,
                        double time) {
    Row& row = Add(split, stage, round);
    row.status = Status::kCapped;
    row.wall_s = row.cap_s = time;
    return *this;
  }

  /// What a search left out since it takes `bound_s`, or without one a budget.
  TestLaunches& Skipped(Split split, std::optional<double> bound_s = {}) {
    Row& row = Add(split, bound_s ? Stage::kScreen : Stage::kGrid, 0);
    row.status = Status::kSkipped;
    row.bound_s = bound_s;
    row.start_s.reset();
    return *this;
  }

 private:
  Row& Add(Split split, Stage stage, std::uint64_t round) {
    Row& row = rows.emplace_back(base);
    row.workers = split.workers;
    row.blas_threads = split.blas_threads;
    row.oversubscribed = split.workers * split.blas_threads > row.usable_cores;
    row.stage = stage;
    row.round = round;
    row.repetition = round;
    row.start_s = 0.01 + 1e-6 * static_cast<double>(rows.size());
    return row;
  }

  void Ok(Split split, Stage stage, std::uint64_t round, double time) {
    Row& row = Add(split, stage, round);
    row.status = Status::kOk;
    row.wall_s = row.batch_median_s = time;
  }
};

/// For tests: what Compare says of these launches.
inline Comparison CompareLaunches(const TestLaunches& baseline,
                                  const TestLaunches& now) {
  return Compare(baseline.rows, now.rows, {});
}

}  // namespace hybrid

#endif  // HYBRID_COMPARE_TEST_LAUNCHES_H_
