#ifndef HYBRID_ANALYSIS_TEST_ROWS_H_
#define HYBRID_ANALYSIS_TEST_ROWS_H_

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "analysis/split_result.h"
#include "results/row.h"

namespace hybrid {

/// What fills a row's further columns.
using Evident = std::function<void(Row&)>;

/// Shares of wall time, and the wait of one thread per second of it.
inline Evident Phases(double load, double operate, double run_delay = 0) {
  return [=](Row& row) {
    const auto threads = static_cast<double>(row.workers * row.blas_threads);
    row.load_s = load * *row.wall_s;
    row.operate_s = operate * *row.wall_s;
    row.idle_s = (1 - load - operate) * *row.wall_s;
    row.run_delay_s = run_delay * threads * *row.wall_s;
  };
}

/// Both, one after the other.
inline Evident operator+(const Evident& first, const Evident& second) {
  return [=](Row& row) {
    first(row);
    second(row);
  };
}

inline Evident Latency(double p50_s, double p99_s) {
  return [=](Row& row) {
    row.task_p50_s = p50_s;
    row.task_p99_s = p99_s;
  };
}

inline Evident Start(double seconds) {
  return [=](Row& row) { row.start_s = seconds; };
}

/// Constructed results of one group on a machine of two cores.
class TestRows {
 public:
  /// What the rows that are added next have in common.
  Row base;

  TestRows() {
    base.host = "node";
    base.kernels = "generic";
    base.n = 256;
    base.batch = 64;
    base.usable_cores = 2;
    base.blis_version = "0.9.0";
  }

  /// Completed repetitions; `evidence` fills each row's further columns, in
  /// terms of its wall_s.
  void Ok(Split split, std::initializer_list<double> times,
          const Evident& evidence = {}) {
    std::uint64_t repetition = 0;
    for (const double time : times) {
      Row& row = Add(split, Status::kOk);
      row.repetition = repetition++;
      row.iterations = 1;
      row.wall_s = time;
      row.tasks_per_s = static_cast<double>(row.batch) / time;
      if (row.operation == "gemm") {
        const auto n = static_cast<double>(row.n);
        row.gflops = 2 * n * n * n * *row.tasks_per_s / 1e9;
      }
      if (evidence) evidence(row);
    }
  }

  void Capped(Split split, double time, std::uint64_t tasks,
              const Evident& evidence = {}) {
    Row& row = Add(split, Status::kCapped);
    row.wall_s = time;
    row.tasks_done = tasks;
    row.tasks_per_s = static_cast<double>(tasks) / time;
    if (evidence) evidence(row);
  }

  void Error(Split split, const std::string& message) {
    Add(split, Status::kError).error = message;
  }

  std::vector<Row> rows;

 private:
  Row& Add(Split split, Status status) {
    Row& row = rows.emplace_back(base);
    row.workers = split.workers;
    row.blas_threads = split.blas_threads;
    row.oversubscribed = split.workers * split.blas_threads > row.usable_cores;
    row.status = status;
    return row;
  }
};

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_TEST_ROWS_H_
