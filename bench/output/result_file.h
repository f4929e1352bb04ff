#ifndef HYBRID_BENCH_OUTPUT_RESULT_FILE_H_
#define HYBRID_BENCH_OUTPUT_RESULT_FILE_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "results/csv_writer.h"
#include "results/row.h"

namespace hybrid {

/// Where the rows of a run are to go.
struct ResultPlace {
  std::string flag = "--csv";  ///< that chose it
  std::string path;            ///< empty: nowhere
  CsvWriter::Name name = CsvWriter::Name::kExact;
  std::optional<CsvPosition> position;  ///< of a file to go on with
  std::size_t rows = 0;                 ///< that stay in that file
};

/// The result file of a run, or none.
class ResultFile {
 public:
  /// Opens it; a file to go on with stays as it is. Throws std::runtime_error
  /// ("FLAG: FILE: cause").
  explicit ResultFile(ResultPlace place);
  /// Deletes a file without a row.
  ~ResultFile() { Close(); }
  ResultFile(const ResultFile&) = delete;
  ResultFile& operator=(const ResultFile&) = delete;

  /// Cuts off what does not stay of a file to go on with. Throws as the
  /// constructor.
  void CutTail();

  /// Writes rows at once, so that a later crash can't lose them. A failure is
  /// one line on stderr, counts in failures and is the end of the file.
  void Append(std::span<const Row> rows);

  /// Where the rows are; empty if there is no file with rows in it.
  std::string written_path() const;
  int failures() const { return failures_; }

 private:
  void Close();

  ResultPlace place_;
  std::optional<CsvWriter> csv_;
  int failures_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_RESULT_FILE_H_
