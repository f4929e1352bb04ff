#ifndef HYBRID_RESULTS_CSV_PARSER_H_
#define HYBRID_RESULTS_CSV_PARSER_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "results/record_reader.h"
#include "results/results_error.h"
#include "results/row.h"

namespace hybrid {

/// What a result file holds.
struct CsvContents {
  std::vector<Row> rows;
  /// Bytes up to the end of the last whole record: where a torn file would have
  /// to be cut.
  std::uint64_t whole_bytes = 0;
  /// Bytes up to the end of each of `rows`: where a file could be cut.
  std::vector<std::uint64_t> row_ends{};
  bool torn = false;  ///< something without a line end stands behind them
};

/// Bytes that are no result file. `what()` is the cause alone, since the parser
/// knows of no file.
class CsvError : public ResultsError {
 public:
  CsvError(std::uint64_t line, const char* cause, bool other_schema = false)
      : ResultsError(cause), line_(line), other_schema_(other_schema) {}
  std::uint64_t line() const { return line_; }  ///< counted from 1
  /// Whether the cause is another version of the columns: a SchemaError.
  bool other_schema() const { return other_schema_; }

 private:
  std::uint64_t line_;
  bool other_schema_;
};

/// What to do with a last line that has no line end: refuse the file, or leave
/// the line out.
enum class TornEnd { kRefuse, kLeaveOut };

/// Turns the bytes of a result file into rows, as they come. Memory beyond the
/// rows stays below 10 MB whatever the bytes are; of rows there may be
/// RecordReader::kMaxRows, of bytes 1 GiB. Throws CsvError and is of no
/// further use then.
class CsvParser {
 public:
  explicit CsvParser(SchemaPolicy policy);
  ~CsvParser();
  CsvParser(const CsvParser&) = delete;
  CsvParser& operator=(const CsvParser&) = delete;

  /// Takes the file's next bytes. How they are cut into pieces plays no role.
  void Feed(std::string_view bytes);

  /// Whether the bytes so far end in the middle of a record.
  bool torn() const;

  /// To be called once, at the end of the file.
  CsvContents Finish(TornEnd torn_end);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hybrid

#endif  // HYBRID_RESULTS_CSV_PARSER_H_
