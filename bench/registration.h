#ifndef HYBRID_BENCH_REGISTRATION_H_
#define HYBRID_BENCH_REGISTRATION_H_

#include <benchmark/benchmark.h>

#include "flags/google_flags.h"
#include "measurement.h"

namespace hybrid {

/// Runs all `measurements` as Google Benchmark's, which takes the times that
/// they give. To be called once: a second time Google Benchmark crashes.
void RunAll(Measurements& measurements, const GoogleFlags& flags,
            benchmark::BenchmarkReporter& reporter);

}  // namespace hybrid

#endif  // HYBRID_BENCH_REGISTRATION_H_
