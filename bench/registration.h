#ifndef HYBRID_BENCH_REGISTRATION_H_
#define HYBRID_BENCH_REGISTRATION_H_

#include <benchmark/benchmark.h>

#include <vector>

#include "families/benchmark_list.h"
#include "flags/google_flags.h"
#include "measurement.h"

namespace hybrid {

/// Runs all `measurements` as Google Benchmark's, which takes the times that
/// they give. To be called once: a second time Google Benchmark crashes.
void RunAll(Measurements& measurements, const GoogleFlags& flags,
            benchmark::BenchmarkReporter& reporter);

/// What --benchmark_list_tests prints.
void ListNames(const std::vector<Benchmark>& benchmarks,
               const GoogleFlags& flags);

}  // namespace hybrid

#endif  // HYBRID_BENCH_REGISTRATION_H_
