#include "resumption.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "base/flag_error.h"
#include "base/standard_streams.h"
#include "base/text.h"
#include "group_measurements.h"
#include "measure/group_plan.h"
#include "measure/resume_check.h"
#include "selection.h"

namespace hybrid {

namespace {

/// What is left of searches is whole groups.
void KeepUnfinishedSearches(const std::vector<Wanted>& wanted,
                            const GroupPlan& group_plan, const Machine& machine,
                            ResumePlan& plan) {
  std::vector<Key> keys;
  keys.reserve(wanted.size());
  for (const Wanted& one : wanted) keys.push_back(one.key);
  std::set<Key> done;
  for (const std::vector<Key>& group : HybridGroups(keys)) {
    if (IsGroupDone(group, group_plan, machine, plan.rows())) {
      done.insert(group.begin(), group.end());
    }
  }
  std::erase_if(plan.remaining, [&](const Remaining& one) {
    return wanted[one.index].key.family == Family::kHybrid;
  });
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].key.family != Family::kHybrid) continue;
    if (!done.contains(wanted[i].key)) plan.remaining.push_back({i, 0});
  }
  std::sort(
      plan.remaining.begin(), plan.remaining.end(),
      [](const Remaining& a, const Remaining& b) { return a.index < b.index; });
  plan.done = wanted.size() - plan.remaining.size();
}

std::size_t CountLaunches(const ResumePlan& plan,
                          const std::vector<Wanted>& wanted) {
  std::set<Key> remaining;
  for (const Remaining& one : plan.remaining) {
    remaining.insert(wanted[one.index].key);
  }
  return static_cast<std::size_t>(std::count_if(
      plan.rows().begin(), plan.rows().end(), [&](const Row& row) {
        return row.is_launch() && row.status != Status::kSkipped &&
               remaining.contains(row);
      }));
}

}  // namespace

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
  if (line.options.search) {
    KeepUnfinishedSearches(wanted, *GroupPlanFor(line.options, line.google),
                           machine, plan);
  }
  plan.launches = CountLaunches(plan, wanted);
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
  std::string text = fmt::format(
      "resumed   {} of {}{} from {}\n", plan.done,
      Counted(plan.done + plan.remaining.size(), "configuration"),
      plan.launches == 0
          ? ""
          : fmt::format(", {} of others",
                        plan.launches == 1
                            ? "1 launch"
                            : fmt::format("{} launches", plan.launches)),
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
