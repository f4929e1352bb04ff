#ifndef HYBRID_REPORT_RUNS_H_
#define HYBRID_REPORT_RUNS_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/json_fwd.h"
#include "report/result_file.h"

namespace hybrid {

/// One run of `bench`, as its rows tell of it.
struct ReportRun {
  std::string run_id;
  std::vector<std::string> files;  // more than one: its rows count again
  std::string host;
  std::string start_utc;  // of its first row
  std::string end_utc;    // and of its last
  std::string git_commit;
  std::string flags;
  std::string warnings;
  std::size_t rows = 0;
};

/// By start; runs that started in the same second in the files' order.
std::vector<ReportRun> FindRuns(std::span<const ResultFile> files);

JsonArray RunsJson(std::span<const ReportRun> runs);

}  // namespace hybrid

#endif  // HYBRID_REPORT_RUNS_H_
