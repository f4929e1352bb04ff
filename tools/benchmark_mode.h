#ifndef HYBRID_TOOLS_BENCHMARK_MODE_H_
#define HYBRID_TOOLS_BENCHMARK_MODE_H_

#include <string>
#include <vector>

#include "compare/judge.h"
#include "compared_inputs.h"
#include "traced_comparison.h"

namespace hybrid {

/// Which files of Google Benchmark's JSON are compared, and how.
struct BenchmarkFiles {
  std::vector<std::string> baseline;
  std::vector<std::string> now;
  std::string filter;  ///< of names; empty takes all
  CompareSettings settings{};
};

/// Reads and compares the files; notes go to standard error. Throws
/// ResultsError for files that can't be read, and std::runtime_error for a run
/// that is on both sides.
TracedComparison CompareBenchmarkFiles(const BenchmarkFiles& files,
                                       ComparedInputs& inputs);

}  // namespace hybrid

#endif  // HYBRID_TOOLS_BENCHMARK_MODE_H_
