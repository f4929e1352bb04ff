#include "report/runs.h"

#include <algorithm>
#include <map>

#include "base/json.h"

namespace hybrid {
namespace {

void TakeFirst(const std::string& value, std::string& kept) {
  if (kept.empty()) kept = value;
}

void Add(const Row& row, const std::string& file, ReportRun& run) {
  ++run.rows;
  if (run.files.empty() || run.files.back() != file) run.files.push_back(file);
  if (run.start_utc.empty() || row.time_utc < run.start_utc) {
    run.start_utc = row.time_utc;
  }
  run.end_utc = std::max(run.end_utc, row.time_utc);
  TakeFirst(row.host, run.host);
  TakeFirst(row.git_commit, run.git_commit);
  TakeFirst(row.flags, run.flags);
  TakeFirst(row.warnings, run.warnings);
}

}  // namespace

std::vector<ReportRun> FindRuns(std::span<const ResultFile> files) {
  std::vector<ReportRun> runs;
  std::map<std::string, std::size_t> places;
  for (const ResultFile& file : files) {
    for (const Row& row : file.rows) {
      const auto [place, is_new] = places.try_emplace(row.run_id, runs.size());
      if (is_new) runs.emplace_back().run_id = row.run_id;
      Add(row, file.name, runs[place->second]);
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
  for (const ReportRun& run : runs) {
    json.push_back({{"run_id", run.run_id},
                    {"file", run.files.front()},
                    {"host", run.host},
                    {"start_utc", run.start_utc},
                    {"end_utc", run.end_utc},
                    {"git_commit", run.git_commit},
                    {"flags", run.flags},
                    {"warnings", run.warnings},
                    {"rows", run.rows}});
  }
  return json;
}

}  // namespace hybrid
