#ifndef HYBRID_COMPARE_BENCHMARK_SIDES_H_
#define HYBRID_COMPARE_BENCHMARK_SIDES_H_

#include <span>
#include <string>
#include <vector>

#include "compare/comparison.h"
#include "compare/judge.h"
#include "foreign/google_benchmark.h"

namespace hybrid {

/// Compares what programs with Google Benchmark measured, benchmark by
/// benchmark, by `real_time`. Refused are another host, number of CPUs or
/// caches, and times of threads of which one side has the mean and the other
/// has it divided by their number (Google Benchmark before 1.9.0); notes are
/// other clock rates, builds and versions of the library, and a scaling of the
/// clock rate. A pure function.
Comparison CompareBenchmarks(std::span<const BenchmarkRun> baseline,
                             std::span<const BenchmarkRun> now,
                             const CompareSettings& settings);

/// Whether both are of one run: of the same date and host, with the same
/// results.
bool IsSameRun(const BenchmarkRun& a, const BenchmarkRun& b);

/// Takes each run that repeats another one of `runs` out, and returns a line
/// about each: "b.json: the same run as in a.json: it counts once".
std::vector<std::string> DropRepeatedRuns(std::vector<BenchmarkRun>& runs);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_BENCHMARK_SIDES_H_
