#include "measure/resume_check.h"

#include <fmt/format.h>

#include <string_view>

#include "blas/blas_files.h"

namespace hybrid {
namespace {

/// The last value that `get` finds in a row; empty where none has one.
template <typename Get>
std::string LastValue(std::span<const Row> rows, Get get) {
  std::string last;
  for (const Row& row : rows) {
    std::string value(get(row));
    if (!value.empty()) last = std::move(value);
  }
  return last;
}

/// Adds a line where `file` and `here` differ, and none where the file does not
/// tell.
void NoteDifference(std::string_view what, const std::string& file,
                    const std::string& here, std::vector<std::string>& lines) {
  if (file.empty() || file == here) return;
  lines.push_back(fmt::format("{} is {}, but {} in the file", what,
                              here.empty() ? "unknown" : here, file));
}

/// What the library chose by itself, which workers that were told nothing
/// report.
std::string LibraryKernels(const Row& row) {
  if (!row.library_kernels.empty()) return row.library_kernels;
  return row.kernels_asked == kLibraryKernels ? row.kernels : "";
}

}  // namespace

std::vector<std::string> MachineDifferences(std::span<const Row> rows,
                                            const Machine& machine) {
  std::vector<std::string> lines;
  NoteDifference("usable_cores",
                 LastValue(rows,
                           [](const Row& row) {
                             return std::to_string(row.usable_cores);
                           }),
                 std::to_string(machine.usable_cores), lines);
  return lines;
}

std::vector<std::string> BlasDifferences(std::span<const Row> rows,
                                         const Site& site) {
  std::vector<std::string> lines;
  NoteDifference("machine_id",
                 LastValue(rows, [](const Row& row) { return row.machine_id; }),
                 site.machine_id, lines);
  for (const BlasIdentity& blas : site.blas) {
    const bool only = site.blas.size() == 1;
    const std::string of = only ? "" : " of " + blas.name;
    const auto note = [&](std::string_view what, const std::string& here,
                          auto get) {
      NoteDifference(fmt::format("{}{}", what, of),
                     LastValue(rows,
                               [&](const Row& row) -> std::string {
                                 // A command says what it loaded itself.
                                 const bool ours = row.blas == blas.name &&
                                                   !row.runs_command();
                                 return ours ? get(row) : "";
                               }),
                     here, lines);
    };
    // Of a name the file is another one with each version.
    if (IsBlasPath(blas.name)) {
      note("blas_file", blas.file,
           [](const Row& row) { return row.blas_file; });
    }
    note("blas_version", blas.version,
         [](const Row& row) { return row.blas_version; });
    note("blas_threading of workers with 1 thread", blas.one_thread_threading,
         [](const Row& row) {
           return row.blas_threads == 1 ? row.blas_threading : "";
         });
    note("blas_threading of workers with more threads", blas.threading,
         [](const Row& row) {
           return row.blas_threads > 1 ? row.blas_threading : "";
         });
    note("library_kernels", blas.kernels, LibraryKernels);
  }
  return lines;
}

std::string CommitNote(std::span<const Row> rows, const RunIdentity& run) {
  if (rows.empty() || rows.back().git_commit == run.git_commit) return "";
  return fmt::format("bench was built from {}, but from {} for the file",
                     run.git_commit, rows.back().git_commit);
}

}  // namespace hybrid
