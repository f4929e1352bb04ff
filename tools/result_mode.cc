#include "result_mode.h"

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "analysis/filter.h"
#include "compare/comparison.h"
#include "compare/side_runs.h"
#include "input_files.h"
#include "results/record_reader.h"
#include "results/result_reader.h"
#include "results/results_error.h"
#include "results/row_format.h"

namespace hybrid {
namespace {

/// The rows of one side's files together, without what is filtered out.
ResultRows ReadSide(const std::vector<std::string>& paths,
                    const ResultFiles& files, ComparedInputs& inputs) {
  const auto policy = files.anyway ? SchemaPolicy::kAny : SchemaPolicy::kKnown;
  try {
    ResultRows side = ReadResultFiles(
        paths, policy,
        [&inputs](const std::string& path) { return inputs.Open(path); });
    PrintNotes("hybrid-compare", side.notes);
    if (!files.filter.empty()) FilterRows(files.filter, side.rows);
    return side;
  } catch (const SchemaError& error) {
    throw ResultsError(
        fmt::format("{} (--anyway reads what it can)", error.what()));
  }
}

/// Throws std::runtime_error if a run is on both sides: whatever it is compared
/// with itself shows no difference.
void CheckApart(const ResultRows& baseline, const ResultRows& now) {
  std::vector<std::string> shared;
  for (const auto& [run, file] : baseline.runs) {
    if (now.runs.contains(run)) shared.push_back(run);
  }
  if (shared.empty()) return;
  const std::string& run = shared.front();
  throw std::runtime_error(fmt::format(
      "run {}{} is on both sides, in {} of the baseline and {} of the new "
      "results: compare different runs",
      Excerpt(run),
      shared.size() == 1 ? ""
                         : fmt::format(" (and {} more)", shared.size() - 1),
      baseline.runs.at(run), now.runs.at(run)));
}

RunFinder RunsIn(ResultRows side) {
  return [side = std::move(side)](const ComparedConfiguration& c) {
    return SideRunsOf(side.rows, c.key, side.runs);
  };
}

}  // namespace

TracedComparison CompareResultFiles(const ResultFiles& files,
                                    ComparedInputs& inputs) {
  ResultRows baseline = ReadSide(files.baseline, files, inputs);
  ResultRows now = ReadSide(files.now, files, inputs);
  CheckApart(baseline, now);
  TracedComparison traced;
  traced.comparison = Compare(baseline.rows, now.rows, files.settings);
  traced.baseline = RunsIn(std::move(baseline));
  traced.now = RunsIn(std::move(now));
  return traced;
}

}  // namespace hybrid
