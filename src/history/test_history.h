#ifndef HYBRID_HISTORY_TEST_HISTORY_H_
#define HYBRID_HISTORY_TEST_HISTORY_H_

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <random>
#include <vector>

#include "results/row.h"

namespace hybrid {

/// How a simulated machine behaves. Noise is a standard deviation of
/// logarithms.
struct Simulation {
  std::size_t runs = 20;
  std::size_t configurations = 36;
  std::size_t repetitions = 7;
  double repetition_noise = 0.03;
  double run_noise = 0.02;
  /// How much slower configuration `c` is in run `r`: 1.1 is 10 %.
  std::function<double(std::size_t r, std::size_t c)> level;
};

/// What all rows of run `r` have.
inline Row RowOfRun(std::size_t r) {
  Row row;
  row.run_id = fmt::format("run-{:03}", r);
  row.time_utc =
      fmt::format("2026-{:02}-{:02}T12:00:00Z", 1 + r / 28, 1 + r % 28);
  row.git_commit = fmt::format("c{:03}", r);
  row.machine_id = "machine-2c-24g-00000001";
  row.cpu_model = "Simulated";
  row.host = "node";
  row.kernels_asked = "best";
  row.workers = 2;
  row.blas_threads = 1;
  row.usable_cores = 2;
  row.iterations = 1;
  row.status = Status::kOk;
  return row;
}

/// The rows of `simulation`, one vector a run, one run a day.
inline std::vector<std::vector<Row>> Simulate(const Simulation& simulation,
                                              std::uint64_t seed) {
  std::mt19937_64 random(seed);  // NOLINT(cert-msc51-cpp)
  std::normal_distribution<double> normal(0, 1);
  std::vector<std::vector<Row>> runs(simulation.runs);
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const Row of_run = RowOfRun(r);
    runs[r].reserve(simulation.configurations * simulation.repetitions);
    for (std::size_t c = 0; c < simulation.configurations; ++c) {
      const double run = simulation.run_noise * normal(random);
      for (std::size_t i = 0; i < simulation.repetitions; ++i) {
        Row& row = runs[r].emplace_back(of_run);
        row.n = std::uint64_t{64} << (c % 3);
        row.batch = 8 + c;
        row.repetition = i;
        const double noise = run + simulation.repetition_noise * normal(random);
        const double level = simulation.level ? simulation.level(r, c) : 1;
        row.wall_s =
            0.001 * static_cast<double>(1 + c) * level * std::exp(noise);
      }
    }
  }
  return runs;
}

/// All runs' rows one after the other.
inline std::vector<Row> Flatten(std::vector<std::vector<Row>> runs) {
  std::size_t size = 0;
  for (const std::vector<Row>& run : runs) size += run.size();
  std::vector<Row> rows;
  rows.reserve(size);
  for (std::vector<Row>& run : runs) {
    std::move(run.begin(), run.end(), std::back_inserter(rows));
  }
  return rows;
}

}  // namespace hybrid

#endif  // HYBRID_HISTORY_TEST_HISTORY_H_
