#ifndef HYBRID_BENCH_OUTPUT_ROW_FILE_H_
#define HYBRID_BENCH_OUTPUT_ROW_FILE_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "results/csv_writer.h"
#include "results/row.h"

namespace hybrid {

/// Where the rows of a run are to go.
struct RowPlace {
  std::string flag = "--csv";  ///< that chose it
  std::string path;            ///< empty: nowhere
  CsvWriter::Name name = CsvWriter::Name::kExact;
  std::optional<CsvPosition> position;  ///< of a file to go on with
  std::size_t rows = 0;                 ///< that stay in that file
  /// These, where that file has columns of a former version: then it gets
  /// today's.
  std::optional<std::vector<Row>> former_rows{};
};

/// The result file of a run, or none.
class RowFile {
 public:
  /// Opens the file at `place`; one to go on with stays as it is. Throws
  /// std::runtime_error ("FLAG: FILE: cause").
  explicit RowFile(RowPlace place);
  /// Deletes a file without a row.
  ~RowFile() { Close(); }
  RowFile(const RowFile&) = delete;
  RowFile& operator=(const RowFile&) = delete;

  /// Cuts off what does not stay of a file to go on with. Throws
  /// std::runtime_error ("FLAG: FILE: cause").
  void CutTail();

  /// Writes rows at once, so that a later crash can't lose them. A failure is
  /// one line on stderr, counts in failures and is the end of the file.
  void Append(std::span<const Row> rows);

  /// Where the rows are; empty if there is no file with rows in it.
  std::string written_path() const;
  /// How often Append failed.
  int failures() const { return failures_; }

 private:
  void Close();

  RowPlace place_;
  std::optional<CsvWriter> csv_;
  int failures_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_ROW_FILE_H_
