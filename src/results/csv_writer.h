#ifndef HYBRID_RESULTS_CSV_WRITER_H_
#define HYBRID_RESULTS_CSV_WRITER_H_

#include <sys/types.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/unique_fd.h"
#include "results/row.h"

namespace hybrid {

/// Owns one result file while a run fills it. The file always ends with a
/// whole line: rows go out in one write, and a write that fails is undone.
class CsvWriter {
 public:
  /// Opens `path`, creates its folder if need be, and writes the header.
  /// Throws ResultsError for a file that already holds something, and
  /// std::system_error ("FILE: cause") for what the system refuses; a file
  /// created by a failed call is removed.
  explicit CsvWriter(std::string path);

  CsvWriter(const CsvWriter&) = delete;
  CsvWriter& operator=(const CsvWriter&) = delete;

  /// Writes all `rows` or none, and throws std::system_error ("FILE: cause")
  /// if none. On a pipe or a device what went out can't be taken back.
  void Append(std::span<const Row> rows);

  /// Deletes a regular file that holds the header only, and the folder if it
  /// was made for it; the writer is of no further use then. Does nothing else.
  void RemoveIfEmpty();

  std::size_t rows_written() const { return rows_written_; }
  const std::string& path() const { return path_; }

 private:
  void Open();
  void WriteAll(std::string_view text);

  std::string path_;
  UniqueFd file_;
  bool created_ = false;
  bool created_folder_ = false;
  bool regular_ = false;
  off_t good_length_ = 0;
  std::size_t rows_written_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_RESULTS_CSV_WRITER_H_
