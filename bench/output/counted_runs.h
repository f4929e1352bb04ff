#ifndef HYBRID_BENCH_OUTPUT_COUNTED_RUNS_H_
#define HYBRID_BENCH_OUTPUT_COUNTED_RUNS_H_

#include <benchmark/benchmark.h>

#include <vector>

#include "measurement.h"

namespace hybrid {

/// `runs`, repetitions or aggregates of `measurement` as Google Benchmark saw
/// them, with the figures of the attempt that counts: where a noisy measurement
/// was repeated, Google Benchmark knows the first attempt only.
std::vector<benchmark::BenchmarkReporter::Run> CountedRuns(
    const Measurement& measurement,
    const std::vector<benchmark::BenchmarkReporter::Run>& runs);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_COUNTED_RUNS_H_
