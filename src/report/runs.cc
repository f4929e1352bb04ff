#include "report/runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/json.h"
#include "base/text.h"
#include "results/row.h"
#include "results/warnings_text.h"

namespace hybrid {
namespace {

void AddToRun(const Row& row, const std::string& file, ReportRun& run) {
  ++run.rows;
  KeepFirst(file, run.file);
  if (run.start_utc.empty() || row.time_utc < run.start_utc) {
    run.start_utc = row.time_utc;
  }
  run.end_utc = std::max(run.end_utc, row.time_utc);
  KeepFirst(row.host, run.host);
  KeepFirst(row.git_commit, run.git_commit);
  KeepFirst(row.flags, run.flags);
  KeepFirst(row.warnings, run.warnings);
}

/// The day and minute in which `run` began, "11-22 16:08"; "run 3" for the one
/// at index 2 if that is not known.
std::string RunName(const ReportRun& run, std::size_t index) {
  // In 2026-11-22T16:08:16Z.
  constexpr std::size_t kDayBegin = 5;
  constexpr std::size_t kMinuteEnd = 16;
  if (run.start_utc.size() < kMinuteEnd) {
    return fmt::format("run {}", index + 1);
  }
  std::string name = run.start_utc.substr(kDayBegin, kMinuteEnd - kDayBegin);
  std::replace(name.begin(), name.end(), 'T', ' ');
  return name;
}

}  // namespace

std::vector<ReportRun> FindRuns(std::span<const ResultFile> files) {
  std::vector<ReportRun> runs;
  std::map<std::string, std::size_t> places;
  for (const ResultFile& file : files) {
    for (const Row& row : file.rows) {
      const auto [place, is_new] = places.try_emplace(row.run_id, runs.size());
      if (is_new) runs.emplace_back().run_id = row.run_id;
      AddToRun(row, file.name, runs[place->second]);
    }
  }
  std::stable_sort(runs.begin(), runs.end(),
                   [](const ReportRun& a, const ReportRun& b) {
                     return a.start_utc < b.start_utc;
                   });
  return runs;
}

JsonArray RunsJson(std::span<const ReportRun> runs) {
  JsonArray json;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const ReportRun& run = runs[i];
    json.push_back({{"name", RunName(run, i)},
                    {"run_id", run.run_id},
                    {"file", run.file},
                    {"host", run.host},
                    {"start_utc", run.start_utc},
                    {"end_utc", run.end_utc},
                    {"git_commit", run.git_commit},
                    {"flags", run.flags},
                    {"warnings", JsonArrayOf(SplitWarnings(run.warnings))},
                    {"rows", run.rows}});
  }
  return json;
}

}  // namespace hybrid
