#include "results/newest_file.h"

#include <filesystem>
#include <optional>
#include <system_error>

#include "results/csv_reader.h"
#include "results/results_error.h"
#include "results/row.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

std::optional<Row> FirstRowOf(const fs::path& file) {
  if (file.extension() != ".csv") return std::nullopt;
  try {
    return ReadFirstRow(file.string());
  } catch (const ResultsError&) {
    return std::nullopt;
  }
}

}  // namespace

std::string NewestResultFile(const std::string& folder) {
  std::string newest;
  std::string newest_time;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end;
       !failure && entry != end; entry.increment(failure)) {
    // Nothing else is read in search of it: a pipe would not come to an end.
    if (!entry->is_regular_file()) continue;
    const std::optional<Row> row = FirstRowOf(entry->path());
    if (!row) continue;
    const std::string path = entry->path().string();
    if (newest.empty() || row->time_utc > newest_time ||
        (row->time_utc == newest_time && path > newest)) {
      newest = path;
      newest_time = row->time_utc;
    }
  }
  if (failure) throw ResultsError(folder + ": " + failure.message());
  if (newest.empty()) {
    throw ResultsError(folder +
                       ": no result file of bench (*.csv) is in it; name one, "
                       "or run bench first");
  }
  return newest;
}

}  // namespace hybrid
