#ifndef HYBRID_RESULTS_CSV_READER_H_
#define HYBRID_RESULTS_CSV_READER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "results/record_reader.h"
#include "results/row.h"

namespace hybrid {

/// What a result file holds.
struct CsvContents {
  std::vector<Row> rows;
  /// Bytes up to the end of the last whole record: where a torn file would have
  /// to be cut.
  std::uint64_t whole_bytes = 0;
  /// Bytes up to the end of each of `rows`: where a file could be cut.
  std::vector<std::uint64_t> row_ends;
  bool torn = false;  ///< something without a line end stands behind them
};

/// Reads a whole result file. Accepts what CsvWriter writes, its columns in
/// any order, a UTF-8 byte order mark and CRLF line ends; anything else throws
/// ResultsError ("FILE:LINE: cause"). A last line without a line end is torn
/// and refused, because what it lacks can't be told. Memory beyond the rows is
/// bounded whatever the file holds, and so are the rows.
std::vector<Row> ReadCsv(const std::string& path,
                         SchemaPolicy policy = SchemaPolicy::kKnown);

/// The same, but a torn last line is left out and reported.
CsvContents ReadTornCsv(const std::string& path);

}  // namespace hybrid

#endif  // HYBRID_RESULTS_CSV_READER_H_
