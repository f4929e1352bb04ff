#include "results/record_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "results/results_error.h"
#include "results/row_format.h"

namespace hybrid {
namespace {

constexpr std::string_view kVersionColumn = "schema_version";

/// The first thing wrong with a header, or nothing.
std::string HeaderProblem(const std::vector<std::string>& fields) {
  const std::vector<std::string_view> columns = ColumnNames();
  for (const std::string_view column : columns) {
    const auto count = std::count(fields.begin(), fields.end(), column);
    if (count == 0) return fmt::format("column {} is missing", column);
    if (count > 1) return fmt::format("column {} is there twice", column);
  }
  for (const std::string& field : fields) {
    if (std::find(columns.begin(), columns.end(), field) == columns.end()) {
      return fmt::format("unknown column '{}'", Excerpt(field));
    }
  }
  return {};
}

}  // namespace

void RecordReader::Add(const std::vector<std::string>& fields) {
  if (!has_header_) {
    AddHeader(fields);
    return;
  }
  if (version_position_ && *version_position_ < fields.size()) {
    const std::string& version = fields[*version_position_];
    if (version != std::to_string(kSchemaVersion)) {
      throw ResultsError(
          fmt::format("schema_version is '{}'; this program reads {}",
                      Excerpt(version), kSchemaVersion));
    }
  }
  if (!header_problem_.empty()) throw HeaderError(header_problem_);
  if (fields.size() != field_count_) {
    const bool many = fields.size() > kMaxFields;
    throw ResultsError(fmt::format(
        "{}{} fields where the header has {}", many ? "more than " : "",
        many ? kMaxFields : fields.size(), field_count_));
  }
  ordered_.resize(positions_.size());
  for (std::size_t i = 0; i < positions_.size(); ++i) {
    ordered_[i] = fields[positions_[i]];
  }
  ParseRecord(ordered_, rows_.emplace_back());
}

void RecordReader::AddHeader(const std::vector<std::string>& fields) {
  has_header_ = true;
  field_count_ = fields.size();
  const auto position = [&fields](std::string_view column) {
    return static_cast<std::size_t>(
        std::find(fields.begin(), fields.end(), column) - fields.begin());
  };
  if (position(kVersionColumn) < fields.size()) {
    version_position_ = position(kVersionColumn);
  }
  const std::string problem = HeaderProblem(fields);
  if (!problem.empty()) {
    header_problem_ = "not this program's header: " + problem;
    if (!version_position_) throw HeaderError(header_problem_);
    return;
  }
  for (const std::string_view column : ColumnNames()) {
    positions_.push_back(position(column));
  }
}

void RecordReader::Finish() const {
  if (!has_header_) throw HeaderError("the file is empty");
  if (!header_problem_.empty()) throw HeaderError(header_problem_);
}

}  // namespace hybrid
