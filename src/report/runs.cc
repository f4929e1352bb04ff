#include "report/runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "base/json.h"
#include "base/text.h"
#include "results/row.h"

namespace hybrid {
namespace {

void AddToRun(const Row& row, const std::string& file, ReportRun& run) {
  ++run.rows;
  if (run.files.empty() || run.files.back() != file) run.files.push_back(file);
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

/// The single warnings of the column `warnings`, which `; ` separates.
JsonArray WarningsJson(std::string_view warnings) {
  constexpr std::string_view kSeparator = "; ";
  JsonArray json;
  while (!warnings.empty()) {
    const std::size_t end =
        std::min(warnings.find(kSeparator), warnings.size());
    if (end > 0) json.emplace_back(warnings.substr(0, end));
    warnings.remove_prefix(std::min(end + kSeparator.size(), warnings.size()));
  }
  return json;
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
                    {"file", run.files.front()},
                    {"host", run.host},
                    {"start_utc", run.start_utc},
                    {"end_utc", run.end_utc},
                    {"git_commit", run.git_commit},
                    {"flags", run.flags},
                    {"warnings", WarningsJson(run.warnings)},
                    {"rows", run.rows}});
  }
  return json;
}

}  // namespace hybrid
