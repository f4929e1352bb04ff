#include "benchmark_mode.h"

#include <fmt/format.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "analysis/filter.h"
#include "base/pattern.h"
#include "compare/benchmark_sides.h"
#include "compare/side_runs.h"
#include "foreign/google_benchmark.h"
#include "input_files.h"
#include "results/input_file.h"

namespace hybrid {
namespace {

std::vector<BenchmarkRun> ReadRuns(const std::vector<std::string>& files,
                                   const BenchmarkFilter& is_wanted,
                                   ComparedInputs& inputs) {
  std::vector<BenchmarkRun> runs;
  for (const std::string& path : files) {
    InputFile file = inputs.Open(path);
    runs.push_back(ReadGoogleBenchmark(file, is_wanted));
  }
  PrintNotes("hybrid-compare", DropRepeatedRuns(runs));
  return runs;
}

/// Whatever is compared with itself shows no difference.
void CheckRunsApart(const std::vector<BenchmarkRun>& baseline,
                    const std::vector<BenchmarkRun>& now) {
  for (const BenchmarkRun& before : baseline) {
    for (const BenchmarkRun& after : now) {
      if (!IsSameRun(before, after)) continue;
      throw std::runtime_error(fmt::format(
          "the run of {} is on both sides, in {} of the baseline and {} of "
          "the new results: compare different runs",
          before.context.date.empty() ? "no date" : before.context.date,
          before.file, after.file));
    }
  }
}

RunFinder FinderOf(std::vector<BenchmarkRun> runs) {
  return [runs = std::move(runs)](const ComparedConfiguration& c) {
    return SideRunsOf(runs, c.name);
  };
}

}  // namespace

TracedComparison CompareBenchmarkFiles(const BenchmarkFiles& files,
                                       ComparedInputs& inputs) {
  std::optional<Pattern> pattern;
  if (!files.filter.empty()) pattern = ParseFilter(files.filter);
  const BenchmarkFilter is_wanted = [&pattern](const std::string& name) {
    return !pattern || pattern->FoundIn(name);
  };
  std::vector<BenchmarkRun> baseline =
      ReadRuns(files.baseline, is_wanted, inputs);
  std::vector<BenchmarkRun> now = ReadRuns(files.now, is_wanted, inputs);
  CheckRunsApart(baseline, now);
  TracedComparison traced;
  traced.comparison = CompareBenchmarks(baseline, now, files.settings);
  traced.baseline = FinderOf(std::move(baseline));
  traced.now = FinderOf(std::move(now));
  return traced;
}

}  // namespace hybrid
