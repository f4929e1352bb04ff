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

#include "analysis/filter.h"
#include "results/result_reader.h"
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

ResultReader ReaderFor(const LoadSettings& settings) {
  return ResultReader(settings.anyway ? SchemaPolicy::kAny
                                      : SchemaPolicy::kKnown);
}

/// The rows of `file` that `reader` has not seen and the filter leaves.
std::vector<Row> ReadRows(ResultReader& reader, const std::string& file,
                          const LoadSettings& settings) {
  // Runs are read twice, which a pipe can't be.
  if (!fs::is_regular_file(file)) {
    throw ResultsError(file + ": not a regular file");
  }
  std::vector<Row> rows = reader.Read(file).rows;
  if (!settings.filter.empty()) FilterRows(settings.filter, rows);
  return rows;
}

/// The runs whose rows are read, by run_id; those without one are not in it.
using RunPlaces = std::map<std::string, std::size_t>;

/// Adds the runs of one file to `runs`, and the file to those of a run that is
/// known from another one: it is a copy that was gone on with, or one cut
/// short.
void AddRuns(ResultReader& reader, const std::string& file,
             const LoadSettings& settings, RunPlaces& places,
             std::vector<HistoryRun>& runs) {
  for (HistoryRun& run : GroupRuns(ReadRows(reader, file, settings))) {
    run.file = file;
    if (!run.run_id.empty()) {
      const auto [place, is_new] = places.try_emplace(run.run_id, runs.size());
      if (!is_new) {
        runs[place->second].more_files.push_back(file);
        continue;
      }
    }
    runs.push_back(std::move(run));
  }
}

/// The rows of `runs` that the filter leaves, from all their files.
std::vector<Row> ReadRowsOf(std::span<const HistoryRun> runs,
                            const LoadSettings& settings) {
  std::map<std::string, std::set<std::string>> wanted;
  for (const HistoryRun& run : runs) {
    wanted[run.file].insert(run.run_id);
    for (const std::string& file : run.more_files) {
      wanted[file].insert(run.run_id);
    }
  }
  ResultReader reader = ReaderFor(settings);
  std::vector<Row> rows;
  for (const auto& [file, run_ids] : wanted) {
    std::vector<Row> all = ReadRows(reader, file, settings);
    std::erase_if(all, [&ids = run_ids](const Row& row) {
      return !ids.contains(row.run_id);
    });
    rows.insert(rows.end(), std::make_move_iterator(all.begin()),
                std::make_move_iterator(all.end()));
  }
  return rows;
}

/// Gives each run that is in several files what all of them have.
void JoinFiles(const LoadSettings& settings, std::vector<HistoryRun>& runs) {
  for (HistoryRun& run : runs) {
    if (run.more_files.empty()) continue;
    HistoryRun whole =
        GroupRuns(ReadRowsOf(std::span(&run, 1), settings)).front();
    whole.file = std::move(run.file);
    whole.more_files = std::move(run.more_files);
    run = std::move(whole);
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
  std::vector<std::string> left_out;
  RunPlaces places;
  ResultReader reader = ReaderFor(settings);
  for (const std::string& file : files) {
    try {
      AddRuns(reader, file, settings, places, runs);
    } catch (const ResultsError& error) {
      left_out.emplace_back(error.what());
    }
  }
  JoinFiles(settings, runs);
  if (runs.empty() && left_out.empty()) {
    throw ResultsError(named + ": its result files hold no rows");
  }
  if (runs.empty()) {
    throw ResultsError(
        fmt::format("{}: none of its {} result files can be read; {}", named,
                    files.size(), left_out.front()));
  }
  std::stable_sort(
      runs.begin(), runs.end(), [](const HistoryRun& a, const HistoryRun& b) {
        return std::tie(a.time_utc, a.file) < std::tie(b.time_utc, b.file);
      });
  if (!settings.anyway) CheckMachines(runs);
  History history = MakeHistory(std::move(runs), settings.steps);
  history.settings = settings;
  history.left_out = std::move(left_out);
  history.left_out.insert(history.left_out.end(), reader.notes().begin(),
                          reader.notes().end());
  return history;
}

std::vector<Row> ReadRunRows(const History& history, std::size_t first,
                             std::size_t end) {
  return ReadRowsOf(std::span(history.runs).subspan(first, end - first),
                    history.settings);
}

}  // namespace hybrid
