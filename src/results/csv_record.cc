#include "results/csv_record.h"

#include "results/results_error.h"

namespace hybrid {

void CsvRecord::ThrowLongField() {
  throw ResultsError("a field is longer than 1 MiB (is a quote not closed?)");
}

void CsvRecord::AddField(std::string_view field) {
  if (field.size() > kMaxFieldBytes) ThrowLongField();
  text += field;
  if (text.size() > kMaxRecordBytes) {
    throw ResultsError("a record is longer than 4 MiB");
  }
  ends.push_back(text.size());
  // Refused by what takes records, which knows how many there should be.
  if (ends.size() > RecordReader::kMaxFields) End();
}

void CsvRecord::End() {
  fields.clear();
  std::size_t begin = 0;
  for (const std::size_t end : ends) {
    fields.push_back(std::string_view(text).substr(begin, end - begin));
    begin = end;
  }
  rows.Add(fields);
  text.clear();
  ends.clear();
}

bool CsvRecord::AddSimple(std::string_view record) {
  fields.clear();
  for (std::size_t at = 0;; ++at) {
    const bool quoted = at < record.size() && record[at] == '"';
    if (quoted) ++at;
    const std::size_t begin = at;
    while (at < record.size() && record[at] != '"' &&
           (quoted || record[at] != ',')) {
      ++at;
    }
    fields.push_back(record.substr(begin, at - begin));
    if (quoted != (at < record.size() && record[at] == '"')) return false;
    if (quoted) ++at;
    if (at == record.size()) break;
    if (record[at] != ',') return false;
    if (fields.size() > RecordReader::kMaxFields) break;
  }
  rows.Add(fields);
  return true;
}

}  // namespace hybrid
