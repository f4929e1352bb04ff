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

struct LoadSettings {
  /// Take runs of other machines too, and files of any schema.
  bool anyway = false;
  /// Only configurations that match (compare/filter.h); empty: all.
  std::string filter;
  StepSettings steps;
};

/// The runs of one machine, oldest first, and what changed between them.
struct History {
  std::string machine_id;  ///< of the newest run; empty in files of version 2
  std::string cpu_model;   ///< likewise
  std::vector<HistoryRun> runs;
  std::vector<Series> series;
  std::vector<Step> steps;  ///< worst first
  LoadSettings settings;    ///< with which it was loaded
  /// Files that could not be read, "FILE: cause" each; they are left out.
  std::vector<std::string> unreadable;
};

/// The history that `runs`, by their times, make.
History MakeHistory(std::vector<HistoryRun> runs,
                    const StepSettings& settings = {});

/// Reads all files `*.csv` of `folders`, one after the other, keeping of each
/// only what HistoryRun holds. Runs are sorted by the time of their first row,
/// then by the file's name. Throws ResultsError, one line, if a folder can't be
/// read, holds no results or several machines' folders, if no file can be read,
/// or if a file is of another machine than the newest and `anyway` is not set.
History LoadHistory(std::span<const std::string> folders,
                    const LoadSettings& settings = {});

/// All rows of the runs `first` to `end` (exclusive), read from their files
/// again: a comparison needs more of them than a history keeps. Throws
/// ResultsError.
std::vector<Row> ReadRunRows(const History& history, std::size_t first,
                             std::size_t end);

}  // namespace hybrid

#endif  // HYBRID_HISTORY_LOAD_HISTORY_H_
