#ifndef HYBRID_RESULTS_CSV_RECORD_H_
#define HYBRID_RESULTS_CSV_RECORD_H_

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "results/record_reader.h"

namespace hybrid {

/// Collects the record in hand and passes it on when it is whole. libcsv's
/// callbacks fill it; they are called from C, which no exception may cross: the
/// first one is kept in `error`, and what follows is ignored.
struct CsvRecord {
  static constexpr std::size_t kMaxFieldBytes = std::size_t{1} << 20;
  static constexpr std::size_t kMaxRecordBytes = std::size_t{4} << 20;

  explicit CsvRecord(SchemaPolicy policy) : rows(policy) {}

  /// Throws the ResultsError of a field beyond kMaxFieldBytes.
  [[noreturn]] static void ThrowLongField();

  /// Adds a field to the record in hand. Throws ResultsError for one too long.
  void AddField(std::string_view field);
  /// The record in hand is whole: passes it on.
  void End();
  /// Adds a whole record whose quotes, if any, stand around fields only.
  /// Returns whether it was one. libcsv would make the same of it in several
  /// times the time, and few records are anything else.
  bool AddSimple(std::string_view record);

  RecordReader rows;
  std::string text;               // of all fields, one behind the other
  std::vector<std::size_t> ends;  // where in `text` each field ends
  std::vector<std::string_view> fields;
  std::exception_ptr error;
};

}  // namespace hybrid

#endif  // HYBRID_RESULTS_CSV_RECORD_H_
