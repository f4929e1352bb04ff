#ifndef HYBRID_BENCH_FAMILIES_BENCHMARK_LIST_H_
#define HYBRID_BENCH_FAMILIES_BENCHMARK_LIST_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "key/key.h"
#include "measure/trial.h"
#include "sweep/sweep.h"

namespace hybrid {

/// One of Google's benchmarks: a configuration, and how it is measured.
struct Benchmark {
  std::string name;  ///< KeyStyle::kBenchmark
  Key key;
  Trial trial;
  bool may_rerun = true;  ///< --rerun_noisy measures it again where noisy
  /// The number that its rows get; from 1 on, the file has some already.
  std::uint64_t attempt = 0;
  /// How many repetitions it gets if its batches are not long (long_batch.h); 0
  /// where the user said how many, whatever they take.
  std::size_t default_repetitions = 0;
};

/// What may run, in this order, and what may not.
struct BenchmarkList {
  std::vector<Benchmark> benchmarks;
  std::vector<SkippedKey> skipped;

  void Add(Key key, Trial trial, bool may_rerun = true);
  /// Moves `keys` from what may run to what may not.
  void Skip(std::vector<SkippedKey> keys);
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_FAMILIES_BENCHMARK_LIST_H_
