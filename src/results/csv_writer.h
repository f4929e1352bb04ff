#ifndef HYBRID_RESULTS_CSV_WRITER_H_
#define HYBRID_RESULTS_CSV_WRITER_H_

#include <sys/types.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/unique_fd.h"
#include "results/row.h"

namespace hybrid {

/// A result file as it was when it was read, to go on with.
struct CsvPosition {
  dev_t device = 0;
  ino_t inode = 0;
  off_t size = 0;
  off_t kept = 0;  ///< bytes that stay; what stands behind them is cut off
};

/// Owns one result file while a run fills it. The file always ends with a
/// whole line: rows go out in one write, and a write that fails is undone. What
/// was written is on the disk, where a power cut can't take it.
/// While it lives, no second writer can have the file: it holds its flock.
class CsvWriter {
 public:
  /// What to do about a file of that name.
  enum class Name {
    kExact,  ///< take it if it is empty
    kFree,   ///< leave it; add -2, -3, … to the name until that is free
    kNone,   ///< standard output; the path is for messages only
  };

  /// Opens `path`, creates its folder if need be, and writes the header.
  /// Throws ResultsError for a file that already holds something, and
  /// std::system_error ("FILE: cause") for what the system refuses; a file
  /// created by a failed call is removed.
  explicit CsvWriter(std::string path, Name name = Name::kExact);

  /// Opens `path` to go on behind `position`. Changes nothing yet: that is for
  /// CutTail. Throws ResultsError for a file that is no longer what was read or
  /// that another writer has.
  CsvWriter(std::string path, const CsvPosition& position);

  CsvWriter(const CsvWriter&) = delete;
  CsvWriter& operator=(const CsvWriter&) = delete;

  /// Cuts off what does not stay, and writes the header if nothing does. To be
  /// called once before the first Append, where the file is not a new one.
  /// Throws std::system_error.
  void CutTail();

  /// In the place of CutTail, where the file has columns of a former version:
  /// puts one of the same name there that holds `rows` with today's. Until that
  /// is whole and on the disk the former one stays. Throws std::system_error.
  void Rewrite(std::span<const Row> rows);

  /// Writes all `rows` or none, and throws std::system_error ("FILE: cause")
  /// if none. On a pipe or a device what went out can't be taken back. Throws
  /// ResultsError if somebody has deleted the file.
  void Append(std::span<const Row> rows);

  /// Deletes a regular file that holds the header only, and the folders that
  /// were made for it; the writer is of no further use then. Does nothing else,
  /// and nothing to a file that it goes on with.
  void RemoveIfEmpty();

  /// Rows that Append wrote.
  std::size_t rows_written() const { return rows_written_; }
  const std::string& path() const { return path_; }

 private:
  void Open(Name name);
  void OpenNamed(Name name);
  void Lock();
  void Remove();
  void WriteAll(std::string_view text);

  std::string path_;
  UniqueFd file_;
  bool named_ = true;  // there is a name that leads to it
  bool created_ = false;
  bool continued_ = false;
  std::vector<std::string> created_folders_;  // the innermost first
  bool regular_ = false;
  off_t good_length_ = 0;
  std::size_t rows_written_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_RESULTS_CSV_WRITER_H_
