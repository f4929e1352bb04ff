#ifndef HYBRID_COMPARE_TEST_RESULTS_H_
#define HYBRID_COMPARE_TEST_RESULTS_H_

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "compare/comparison.h"
#include "results/row.h"

namespace hybrid {

/// For tests: constructed results of one run on a machine of two cores.
class TestResults {
 public:
  /// What the rows that are added next have in common, with the next one's
  /// number as the repetition.
  Row base;
  std::vector<Row> rows;

  explicit TestResults(const std::string& run_id = "run") {
    base.run_id = run_id;
    base.time_utc = "2026-01-02T03:04:05Z";
    base.host = "node";
    base.machine_id = "m-1";
    base.cpu_model = "CPU";
    base.memory_bytes = 1;
    base.git_commit = "abc";
    base.kernels = base.library_kernels = "zen3";
    base.kernels_asked = "best";
    base.n = 256;
    base.batch = 32;
    base.workers = 2;
    base.blas_threads = 1;
    base.usable_cores = 2;
    base.blas_version = "0.9.0";
    base.blas_threading = "openmp";
    base.iterations = 1;
  }

  /// Sets the split of the rows that are added next.
  TestResults& Split(std::uint64_t workers, std::uint64_t blas_threads) {
    base.workers = workers;
    base.blas_threads = blas_threads;
    return *this;
  }

  /// Adds a completed repetition for each of `times`, in seconds.
  TestResults& Ok(const std::vector<double>& times) {
    for (const double time : times) Add(Status::kOk).wall_s = time;
    return *this;
  }

  /// Adds a repetition that was capped after `time` seconds.
  TestResults& Capped(double time) {
    Add(Status::kCapped).wall_s = time;
    return *this;
  }

  /// Adds a repetition that failed.
  TestResults& Error(const std::string& error) {
    Add(Status::kError).error = error;
    return *this;
  }

 private:
  Row& Add(Status status) {
    Row& row = rows.emplace_back(base);
    row.repetition = base.repetition++;
    row.status = status;
    return row;
  }
};

/// For tests: `count` times that lie evenly within ±`spread` of `time`, in a
/// fixed order.
inline std::vector<double> Around(double time, std::size_t count = 10,
                                  double spread = 0.01) {
  std::vector<double> times;
  for (std::size_t i = 0; i < count; ++i) {
    const auto step = static_cast<double>((i * 7) % count);
    const auto last = static_cast<double>(std::max<std::size_t>(count, 2) - 1);
    times.push_back(time * (1 + spread * (2 * step / last - 1)));
  }
  return times;
}

/// For tests: `count` times about `time` whose logarithms are normal, with the
/// standard deviation `noise`. The same ones with every standard library, whose
/// own distributions may differ.
inline std::vector<double> Lognormal(double time, double noise,
                                     std::size_t count,
                                     std::mt19937_64& random) {
  const auto uniform = [&random] {
    return (static_cast<double>(random() >> 11U) + 0.5) / 9007199254740992.0;
  };
  std::vector<double> times;
  for (std::size_t i = 0; i < count; ++i) {
    // G. E. P. Box and M. E. Muller, Annals of Mathematical Statistics 29
    // (1958), 610-611.
    const double radius = std::sqrt(-2 * std::log(uniform()));
    times.push_back(
        time *
        std::exp(noise * radius * std::cos(2 * std::numbers::pi * uniform())));
  }
  return times;
}

/// For tests: what Compare says of these rows.
inline Comparison CompareResults(const TestResults& baseline,
                                 const TestResults& now,
                                 const CompareSettings& settings = {}) {
  return Compare(baseline.rows, now.rows, settings);
}

}  // namespace hybrid

#endif  // HYBRID_COMPARE_TEST_RESULTS_H_
