#include "history/load_history.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include "compare/filter.h"
#include "results/csv_reader.h"
#include "results/host_names.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

/// What a folder holds, by name.
struct FolderEntries {
  std::vector<std::string> files;  // *.csv
  std::vector<std::string> folders;
};

FolderEntries ListFolder(const std::string& folder) {
  FolderEntries entries;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end;
       !failure && entry != end; entry.increment(failure)) {
    std::error_code ignored;
    if (entry->is_directory(ignored)) {
      entries.folders.push_back(entry->path().string());
    } else if (entry->path().extension() == ".csv") {
      entries.files.push_back(entry->path().string());
    }
  }
  if (failure) {
    throw ResultsError(fmt::format("{}: {}", folder, failure.message()));
  }
  std::sort(entries.files.begin(), entries.files.end());
  std::sort(entries.folders.begin(), entries.folders.end());
  return entries;
}

/// Throws ResultsError for a `folder` without result files, and names in it the
/// folders that hold some.
[[noreturn]] void ThrowNoFiles(const std::string& folder,
                               const FolderEntries& entries) {
  std::vector<std::string> machines;
  for (const std::string& inner : entries.folders) {
    std::error_code ignored;
    for (fs::directory_iterator entry(inner, ignored), end; entry != end;
         entry.increment(ignored)) {
      if (entry->path().extension() != ".csv") continue;
      machines.push_back(inner);
      break;
    }
  }
  std::sort(machines.begin(), machines.end());
  if (machines.empty()) {
    throw ResultsError(folder + ": no result files (*.csv)");
  }
  throw ResultsError(fmt::format(
      "{}: holds no result files but folders of {}: name {}{}", folder,
      machines.size() == 1 ? "a machine" : "machines",
      machines.size() == 1 ? "" : "one of ", fmt::join(machines, ", ")));
}

/// The result files of all folders. Throws ResultsError for one without any.
std::vector<std::string> FilesOf(std::span<const std::string> folders) {
  std::vector<std::string> files;
  for (const std::string& folder : folders) {
    const FolderEntries entries = ListFolder(folder);
    if (entries.files.empty()) ThrowNoFiles(folder, entries);
    files.insert(files.end(), entries.files.begin(), entries.files.end());
  }
  return files;
}

std::string MachineName(const HistoryRun& run) {
  return run.machine_id.empty() ? "a machine without an id (version 2)"
                                : run.machine_id;
}

/// Throws ResultsError if a run is of another machine than the newest one.
void CheckMachines(const std::vector<HistoryRun>& runs) {
  const HistoryRun& newest = runs.back();
  for (const HistoryRun& run : runs) {
    if (run.machine_id == newest.machine_id) continue;
    throw ResultsError(fmt::format(
        "{}: of {}, but the newest run, {}, is of {}: their times can't be "
        "compared; move it elsewhere, or take it with --anyway",
        run.file, MachineName(run), newest.file, MachineName(newest)));
  }
}

std::vector<Row> ReadRows(const std::string& file,
                          const LoadSettings& settings) {
  // Runs are read twice, which a pipe can't be.
  if (!fs::is_regular_file(file)) {
    throw ResultsError(file + ": not a regular file");
  }
  std::vector<Row> rows = ReadCsv(
      file, settings.anyway ? SchemaPolicy::kAny : SchemaPolicy::kKnown);
  if (!settings.filter.empty()) FilterRows(settings.filter, rows);
  HostNames().Unify(rows);
  return rows;
}

/// Adds the runs of one file to `runs` and their ids to `known`. A run that is
/// known already, because another file is a copy or was gone on with, is left
/// out and told in `unreadable`.
void AddRuns(const std::string& file, const LoadSettings& settings,
             std::set<std::string>& known, std::vector<HistoryRun>& runs,
             std::vector<std::string>& unreadable) {
  for (HistoryRun& run : GroupRuns(ReadRows(file, settings))) {
    run.file = file;
    if (!run.run_id.empty() && !known.insert(run.run_id).second) {
      unreadable.push_back(fmt::format("{}: its run {} is in another file, too",
                                       file, run.run_id));
      continue;
    }
    runs.push_back(std::move(run));
  }
}

}  // namespace

History MakeHistory(std::vector<HistoryRun> runs,
                    const StepSettings& settings) {
  History history;
  history.runs = std::move(runs);
  if (!history.runs.empty()) {
    history.machine_id = history.runs.back().machine_id;
    history.cpu_model = history.runs.back().cpu_model;
  }
  history.series = MakeSeries(history.runs);
  history.steps = FindSteps(history.runs, history.series, settings);
  return history;
}

History LoadHistory(std::span<const std::string> folders,
                    const LoadSettings& settings) {
  const std::vector<std::string> files = FilesOf(folders);
  const std::string named = fmt::format("{}", fmt::join(folders, ", "));
  std::vector<HistoryRun> runs;
  std::vector<std::string> unreadable;
  std::set<std::string> known;
  for (const std::string& file : files) {
    try {
      AddRuns(file, settings, known, runs, unreadable);
    } catch (const ResultsError& error) {
      unreadable.emplace_back(error.what());
    }
  }
  if (runs.empty() && unreadable.empty()) {
    throw ResultsError(named + ": its result files hold no rows");
  }
  if (runs.empty()) {
    throw ResultsError(
        fmt::format("{}: none of its {} result files can be read; {}", named,
                    files.size(), unreadable.front()));
  }
  std::stable_sort(
      runs.begin(), runs.end(), [](const HistoryRun& a, const HistoryRun& b) {
        return std::tie(a.time_utc, a.file) < std::tie(b.time_utc, b.file);
      });
  if (!settings.anyway) CheckMachines(runs);
  History history = MakeHistory(std::move(runs), settings.steps);
  history.settings = settings;
  history.unreadable = std::move(unreadable);
  return history;
}

std::vector<Row> ReadRunRows(const History& history, std::size_t first,
                             std::size_t end) {
  std::map<std::string, std::set<std::string>> wanted;
  for (std::size_t i = first; i < end; ++i) {
    wanted[history.runs[i].file].insert(history.runs[i].run_id);
  }
  std::vector<Row> rows;
  for (const auto& [file, run_ids] : wanted) {
    std::vector<Row> all = ReadRows(file, history.settings);
    std::erase_if(all, [&ids = run_ids](const Row& row) {
      return !ids.contains(row.run_id);
    });
    rows.insert(rows.end(), std::make_move_iterator(all.begin()),
                std::make_move_iterator(all.end()));
  }
  return rows;
}

}  // namespace hybrid
