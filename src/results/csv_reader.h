#ifndef HYBRID_RESULTS_CSV_READER_H_
#define HYBRID_RESULTS_CSV_READER_H_

#include <string>
#include <vector>

#include "results/row.h"

namespace hybrid {

/// Reads a whole result file. Accepts what CsvWriter writes, its columns in
/// any order, a UTF-8 byte order mark and CRLF line ends; anything else throws
/// ResultsError ("FILE:LINE: cause"). A last line without a line end is torn
/// and refused, because what it lacks can't be told. Memory beyond the rows is
/// bounded whatever the file holds.
std::vector<Row> ReadCsv(const std::string& path);

}  // namespace hybrid

#endif  // HYBRID_RESULTS_CSV_READER_H_
