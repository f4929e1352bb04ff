#ifndef HYBRID_ANALYSIS_TEST_ROWS_H_
#define HYBRID_ANALYSIS_TEST_ROWS_H_

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "key/key.h"
#include "results/row.h"

namespace hybrid {

/// What fills a row's further columns, in terms of its wall_s.
using Evident = std::function<void(Row&)>;

/// Fills load, operate and idle by their shares of wall time (idle is the
/// rest), and the wait of all threads by that of one thread per second.
inline Evident Phases(double load, double operate, double run_delay = 0) {
  return [=](Row& row) {
    const auto threads = static_cast<double>(row.split().all_threads());
    row.load_s = load * *row.wall_s;
    row.operate_s = operate * *row.wall_s;
    row.idle_s = (1 - load - operate) * *row.wall_s;
    row.run_delay_s = run_delay * threads * *row.wall_s;
  };
}

/// Fills what `first` fills and then what `second` does.
inline Evident operator+(const Evident& first, const Evident& second) {
  return [=](Row& row) {
    first(row);
    second(row);
  };
}

/// Fills the latency of a task: its median and 99th percentile.
inline Evident Latency(double p50_s, double p99_s) {
  return [=](Row& row) {
    row.task_p50_s = p50_s;
    row.task_p99_s = p99_s;
  };
}

/// Fills what the slowest of several hosts took of wall time: half of `network`
/// for the gate and half for the report, `starved` for want of tasks.
inline Evident HostShares(double network, double starved, double ranges) {
  return [=](Row& row) {
    row.gate_s = row.report_s = network / 2 * *row.wall_s;
    row.clock_bound_s = 1e-6;
    row.starved_s = starved * *row.wall_s;
    row.ranges = ranges;
    row.agent_cpu_s = 1e-4;
  };
}

/// Fills how long the workers took to start.
inline Evident Start(double seconds) {
  return [=](Row& row) { row.start_s = seconds; };
}

/// Fills what a hypervisor took: `share` of the CPU time of the two cores.
inline Evident Steal(double share) {
  return [=](Row& row) { row.steal_s = share * 2 * *row.wall_s; };
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
    base.blas_version = "0.9.0";
  }

  /// Adds completed repetitions of these wall times; `evidence` fills each
  /// row's further columns.
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

  /// Adds a repetition that was stopped after `time` with `tasks` tasks done;
  /// `evidence` fills its further columns.
  void Capped(Split split, double time, std::uint64_t tasks,
              const Evident& evidence = {}) {
    Row& row = Add(split, Status::kCapped);
    row.wall_s = time;
    row.tasks_done = tasks;
    row.tasks_per_s = static_cast<double>(tasks) / time;
    if (evidence) evidence(row);
  }

  /// Adds a repetition that failed.
  void Error(Split split, const std::string& message) {
    Add(split, Status::kError).error = message;
  }

  /// All that was added.
  std::vector<Row> rows;

 protected:
  Row& Add(Split split, Status status) {
    Row& row = rows.emplace_back(base);
    row.workers = split.workers;
    row.blas_threads = split.blas_threads;
    row.engine = split.engine;
    row.host_count = split.host_count;
    row.oversubscribed = split.workers * split.blas_threads > row.usable_cores;
    row.status = status;
    return row;
  }
};

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_TEST_ROWS_H_
