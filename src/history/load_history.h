#ifndef HYBRID_HISTORY_LOAD_HISTORY_H_
#define HYBRID_HISTORY_LOAD_HISTORY_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "history/series.h"
#include "history/steps.h"
#include "results/row.h"

namespace hybrid {

/// What of the result files makes a history, and what counts as a step in it.
struct LoadSettings {
  /// Take runs of other machines too, and files of any schema.
  bool anyway = false;
  /// Only configurations that FilterRows leaves; empty: all.
  std::string filter;
  StepSettings steps;
};

/// The runs of one machine, oldest first, and what changed between them.
struct History {
  std::string machine_id;  ///< of the newest run; empty in files of version 2
  std::string cpu_model;   ///< of the newest run; empty in files of version 2
  std::vector<HistoryRun> runs;  ///< oldest first
  std::vector<Series> series;    ///< of all configurations
  std::vector<Step> steps;       ///< worst first
  LoadSettings settings;         ///< with which it was loaded
  /// What was left out, "FILE: cause" each: files that can't be read, and rows
  /// that another file has, too.
  std::vector<std::string> left_out;
};

/// The history of `runs`, which are sorted by time; its `settings` and
/// `left_out` are not set.
History MakeHistory(std::vector<HistoryRun> runs,
                    const StepSettings& settings = {});

/// Reads all files `*.csv` of `folders`, one after the other, keeping of each
/// only what HistoryRun holds. Runs are sorted by the time of their first row,
/// then by the file's name; a history has at least one. Throws ResultsError,
/// one line, if a folder can't be read or holds no result files, if no file can
/// be read, if none holds rows, or if a run is of another machine than the
/// newest one and `anyway` is not set; std::runtime_error for a filter that is
/// no regular expression.
History LoadHistory(std::span<const std::string> folders,
                    const LoadSettings& settings = {});

/// The rows of the runs `first` to `end` (exclusive) that the filter leaves,
/// read from their files again: a comparison needs more of them than a history
/// keeps. Throws ResultsError if a file can no longer be read.
std::vector<Row> ReadRunRows(const History& history, std::size_t first,
                             std::size_t end);

}  // namespace hybrid

#endif  // HYBRID_HISTORY_LOAD_HISTORY_H_
