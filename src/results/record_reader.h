#ifndef HYBRID_RESULTS_RECORD_READER_H_
#define HYBRID_RESULTS_RECORD_READER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "results/results_error.h"
#include "results/row.h"

namespace hybrid {

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
  /// A record with more fields than this is nothing of ours; who feeds this
  /// class may stop collecting there.
  static constexpr std::size_t kMaxFields = 256;

  void Add(const std::vector<std::string>& fields);

  /// Throws if there was no header, or one that no row explained. To be called
  /// at the end of the file.
  void Finish() const;

  std::vector<Row> TakeRows() { return std::move(rows_); }

 private:
  void AddHeader(const std::vector<std::string>& fields);

  bool has_header_ = false;
  std::size_t field_count_ = 0;
  std::optional<std::size_t> version_position_;
  // Where the file's order has each of our columns.
  std::vector<std::size_t> positions_;
  // What is wrong with the header. It is held back until the first row has
  // told its schema version, since that explains other columns better.
  std::string header_problem_;
  std::vector<std::string> ordered_;
  std::vector<Row> rows_;
};

}  // namespace hybrid

#endif  // HYBRID_RESULTS_RECORD_READER_H_
