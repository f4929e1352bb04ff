#include "resumption.h"

#include <fmt/format.h>

#include <utility>

#include "base/standard_streams.h"
#include "base/text.h"
#include "measure/resume_check.h"
#include "selection.h"

namespace hybrid {

std::optional<ResumePlan> ResumePlanFor(
    const CommandLine& line, const std::vector<Benchmark>& benchmarks,
    const Machine& machine) {
  if (!line.resume) return std::nullopt;
  std::vector<Wanted> wanted;
  wanted.reserve(benchmarks.size());
  for (const Benchmark& benchmark : benchmarks) {
    wanted.push_back({benchmark.name, benchmark.key,
                      RepetitionsOf(benchmark.key, line.google),
                      RepeatsByDefault(line.google)});
  }
  ResumePlan plan = PlanResume(*line.resume, wanted, machine);
  plan.differences.insert(plan.differences.begin(), line.differences.begin(),
                          line.differences.end());
  return plan;
}

std::vector<Benchmark> KeepRemaining(std::vector<Benchmark> benchmarks,
                                     const ResumePlan& plan) {
  std::vector<Benchmark> remaining;
  for (const Remaining& one : plan.remaining) {
    remaining.push_back(std::move(benchmarks[one.index]));
    remaining.back().attempt = one.attempt;
  }
  return remaining;
}

ResumePlan ComparedWith(const RunIdentity& run, const Site& site,
                        ResumePlan plan) {
  const std::vector<Row>& rows = plan.file.contents.rows;
  for (std::string& difference : BlasDifferences(rows, site)) {
    plan.differences.push_back(std::move(difference));
  }
  std::string note = CommitNote(rows, run);
  if (!note.empty()) plan.notes.push_back(std::move(note));
  return plan;
}

void CheckDifferences(const ResumePlan& plan, const Options& options) {
  for (const std::string& difference : plan.differences) {
    PrintError(
        fmt::format("bench: --resume={}: {}\n", plan.file.path, difference));
  }
  if (plan.differences.empty() || options.resume_anyway) return;
  throw FlagError(fmt::format(
      "--resume={}: stopped, the file is as it was; --resume_anyway goes on "
      "all the same",
      plan.file.path));
}

std::string ResumedText(const ResumePlan& plan) {
  std::string text =
      fmt::format("resumed   {} of {} from {}\n", plan.done,
                  Counted(plan.done + plan.remaining.size(), "configuration"),
                  plan.file.path);
  if (plan.file.contents.rows.empty()) {
    text +=
        "          no configuration was finished: it starts from the beginning "
        "with the flags given\n";
  }
  for (const std::string& note : plan.notes) {
    text += fmt::format("          {}\n", note);
  }
  return text;
}

}  // namespace hybrid
