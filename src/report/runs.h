#ifndef HYBRID_REPORT_RUNS_H_
#define HYBRID_REPORT_RUNS_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/json_fwd.h"
#include "report/result_file.h"

namespace hybrid {

/// One run of `bench`, as its rows tell of it. Host, commit, flags and warnings
/// are those of the first row that has them.
struct ReportRun {
  std::string run_id;
  std::string file;  ///< the name of the first file that holds it
  std::string host;
  std::string start_utc;  ///< the time of its earliest row
  std::string end_utc;    ///< the time of its latest row
  std::string git_commit;
  std::string flags;
  std::string warnings;  ///< as JoinWarnings joined them
  std::size_t rows = 0;
};

/// The runs that the rows of `files` belong to, by start; those that started in
/// the same second in the files' order.
std::vector<ReportRun> FindRuns(std::span<const ResultFile> files);

/// `runs` as the page lists them, each with a name that is short enough for an
/// axis.
JsonArray RunsJson(std::span<const ReportRun> runs);

}  // namespace hybrid

#endif  // HYBRID_REPORT_RUNS_H_
