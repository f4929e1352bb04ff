#ifndef HYBRID_RESULTS_CSV_READER_H_
#define HYBRID_RESULTS_CSV_READER_H_

#include <optional>
#include <string>
#include <vector>

#include "results/csv_parser.h"
#include "results/input_file.h"
#include "results/record_reader.h"
#include "results/row.h"

namespace hybrid {

/// Reads a whole result file, be it a pipe or standard input (`-`), once from
/// its start to its end. Accepts what CsvWriter writes, its columns in
/// any order, a UTF-8 byte order mark, empty lines, and CRLF or CR line ends;
/// anything else throws ResultsError ("FILE:LINE: cause"). A last line without
/// a line end is torn and refused, because what it lacks can't be told. Of a
/// file that grows meanwhile, the records that had begun when it was opened
/// are read. Memory and time are bounded whatever the file holds; see
/// CsvParser.
std::vector<Row> ReadCsv(const std::string& path,
                         SchemaPolicy policy = SchemaPolicy::kKnown);

/// The same of a file that is open.
std::vector<Row> ReadCsv(InputFile file,
                         SchemaPolicy policy = SchemaPolicy::kKnown);

/// Reads a regular file as ReadCsv does, but leaves a torn last line out and
/// reports it.
CsvContents ReadTornCsv(const std::string& path);

/// The first row of a regular file, which a long one tells without being read
/// to its end; nothing if there is none within the first 64 KiB. Throws
/// ResultsError.
std::optional<Row> ReadFirstRow(const std::string& path);

}  // namespace hybrid

#endif  // HYBRID_RESULTS_CSV_READER_H_
