#ifndef HYBRID_RESULTS_RECORD_READER_H_
#define HYBRID_RESULTS_RECORD_READER_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "results/results_error.h"
#include "results/row.h"

namespace hybrid {

/// Which versions of the schema a reader takes.
enum class SchemaPolicy {
  kKnown,  ///< this program's and the older ones that it knows
  /// Whatever has the columns that say what was measured and in what time.
  /// Other columns that are missing stay empty, unknown ones are ignored.
  kAny,
};

/// The header is not the one this program writes.
class HeaderError : public ResultsError {
 public:
  using ResultsError::ResultsError;
};

/// Turns a result file's records into rows: the first is the header, which
/// says where each column stands. Throws ResultsError ("cause", without file
/// and line) at the first record that doesn't fit, and HeaderError if that is
/// the header's fault.
class RecordReader {
 public:
  /// A record with more fields than this is nothing of ours. It is refused, so
  /// who feeds this class may stop collecting at the first one more.
  static constexpr std::size_t kMaxFields = 256;
  /// Bounds the memory that one file can take: some 1.5 GB.
  static constexpr std::size_t kMaxRows = 1'000'000;

  explicit RecordReader(SchemaPolicy policy) : policy_(policy) {}

  /// Takes the next record.
  void Add(std::span<const std::string_view> fields);

  bool has_header() const { return !header_.empty(); }

  /// Throws if there was no header, or one that no row explained. To be called
  /// at the end of the file.
  void Finish() const;

  /// How many rows there are so far.
  std::size_t rows() const { return rows_.size(); }
  std::vector<Row> TakeRows() { return std::move(rows_); }

 private:
  void AddHeader(std::span<const std::string_view> fields);
  void SplitFamily();
  void CheckVersion(std::span<const std::string_view> fields) const;
  void CheckRecord(std::span<const std::string_view> fields) const;

  SchemaPolicy policy_;
  std::vector<std::string> header_;
  std::optional<std::size_t> version_position_;
  // Where the file's order has each of our columns; none for one that is
  // missing.
  std::vector<std::optional<std::size_t>> positions_;
  // What is wrong with the header. It is held back until the first row has
  // told its schema version, since that explains other columns better.
  std::string header_problem_;
  // Columns that only an older version may lack.
  std::vector<std::string_view> lacks_;
  // Where ordered_ has the family, and the variant where the file has no such
  // column: up to version 3 both were one column, as in Noise/A.
  std::size_t family_position_ = 0;
  std::optional<std::size_t> variant_position_;
  bool has_blas_ = false;  // since version 6
  std::vector<std::optional<std::string_view>> ordered_;
  std::vector<Row> rows_;
};

}  // namespace hybrid

#endif  // HYBRID_RESULTS_RECORD_READER_H_
