#include "results/newest_file.h"

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "results/csv_reader.h"
#include "results/machine_id.h"
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

/// Keeps the latest of the files that it is shown.
struct Newest {
  std::string path;
  std::string time_utc;

  void See(const std::string& other, const Row& first) {
    if (path.empty() ||
        std::pair(first.time_utc, other) > std::pair(time_utc, path)) {
      path = other;
      time_utc = first.time_utc;
    }
  }
};

/// Shows `see` each result file in `folder`, and its first row.
template <typename See>
std::error_code ForEachFile(const std::string& folder, See&& see) {
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end;
       !failure && entry != end; entry.increment(failure)) {
    const std::optional<Row> row = FirstRowOf(entry->path());
    if (row) see(entry->path().string(), *row);
  }
  return failure;
}

}  // namespace

std::string NewestResultFile(const std::string& folder) {
  Newest newest;
  const std::error_code failure =
      ForEachFile(folder, [&newest](const std::string& path, const Row& first) {
        newest.See(path, first);
      });
  if (failure) throw ResultsError(folder + ": " + failure.message());
  if (newest.path.empty()) {
    throw ResultsError(folder +
                       ": no result file of bench (*.csv) is in it; name one, "
                       "or run bench first");
  }
  return newest.path;
}

std::string NewestFileOfMachine(const std::vector<std::string>& folders,
                                const std::string& machine_id) {
  Newest newest;
  for (const std::string& folder : folders) {
    ForEachFile(folder, [&](const std::string& path, const Row& first) {
      if (MachineIdOf(first) == machine_id) newest.See(path, first);
    });
  }
  return newest.path;
}

}  // namespace hybrid
