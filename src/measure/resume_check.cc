#include "measure/resume_check.h"

#include <fmt/format.h>

#include <string_view>

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

/// What BLIS chose by itself, which workers that were told nothing report.
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
  const BlasIdentity& blas = site.blas;
  std::vector<std::string> lines;
  NoteDifference("machine_id",
                 LastValue(rows, [](const Row& row) { return row.machine_id; }),
                 site.machine_id, lines);
  NoteDifference(
      "blis_version",
      LastValue(rows, [](const Row& row) { return row.blis_version; }),
      blas.version, lines);
  NoteDifference("blis_threading of workers with 1 thread",
                 LastValue(rows,
                           [](const Row& row) {
                             return row.blas_threads == 1 ? row.blis_threading
                                                          : "";
                           }),
                 blas.one_thread_threading, lines);
  NoteDifference("blis_threading of workers with more threads",
                 LastValue(rows,
                           [](const Row& row) {
                             return row.blas_threads > 1 ? row.blis_threading
                                                         : "";
                           }),
                 blas.threading, lines);
  NoteDifference("library_kernels", LastValue(rows, LibraryKernels),
                 blas.kernels, lines);
  return lines;
}

std::string CommitNote(std::span<const Row> rows, const RunIdentity& run) {
  if (rows.empty() || rows.back().git_commit == run.git_commit) return "";
  return fmt::format("bench was built from {}, but from {} for the file",
                     run.git_commit, rows.back().git_commit);
}

}  // namespace hybrid
