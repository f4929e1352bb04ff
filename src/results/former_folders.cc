#include "results/former_folders.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>

#include "results/csv_reader.h"
#include "results/machine_id.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

/// What `folder` holds, as far as it can be read.
std::vector<fs::path> Entries(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end;
       !failure && entry != end; entry.increment(failure)) {
    entries.push_back(entry->path());
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

bool IsOf(const fs::path& file, const std::string& machine_id) {
  if (file.extension() != ".csv") return false;
  try {
    const std::optional<Row> row = ReadFirstRow(file.string());
    return row && MachineIdOf(*row) == machine_id;
  } catch (const ResultsError&) {
    return false;
  }
}

}  // namespace

std::vector<std::string> FormerFolders(const std::string& results,
                                       const std::string& machine_id) {
  std::error_code ignored;
  if (fs::exists(fs::path(results) / machine_id, ignored)) return {};
  std::vector<std::string> former;
  for (const fs::path& folder : Entries(results)) {
    if (!fs::is_directory(folder, ignored)) continue;
    const std::vector<fs::path> files = Entries(folder);
    if (std::any_of(files.begin(), files.end(), [&](const fs::path& file) {
          return IsOf(file, machine_id);
        })) {
      former.push_back(folder.string());
    }
  }
  return former;
}

std::vector<std::string> FormerFolderNotes(const std::string& results,
                                           const std::string& machine_id) {
  std::vector<std::string> notes;
  for (const std::string& folder : FormerFolders(results, machine_id)) {
    notes.push_back(
        fmt::format("{}: the history of this machine under its former id is "
                    "{}: pass both to --history",
                    machine_id, folder));
  }
  return notes;
}

}  // namespace hybrid
