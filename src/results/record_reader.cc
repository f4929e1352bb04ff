#include "results/record_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/parse_number.h"
#include "results/results_error.h"
#include "results/row_format.h"

namespace hybrid {
namespace {

constexpr std::string_view kVersionColumn = "schema_version";

/// What a reader of any schema can't do without.
constexpr std::array<std::string_view, 8> kEssentialColumns = {
    "family",  "operation",    "n",      "batch",
    "workers", "blas_threads", "status", "wall_s"};

bool Contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

/// The first thing wrong with a header, or nothing.
std::string RecordReader::HeaderProblem(
    const std::vector<std::string>& fields) const {
  const std::vector<std::string_view> columns = ColumnNames();
  const bool any = policy_ == SchemaPolicy::kAny;
  for (const std::string_view column : columns) {
    const auto count = std::count(fields.begin(), fields.end(), column);
    if (count > 1) return fmt::format("column {} is there twice", column);
    if (count == 1 || Contains(kColumnsSinceVersion3, column)) continue;
    if (!any || Contains(kEssentialColumns, column)) {
      return fmt::format("column {} is missing", column);
    }
  }
  for (const std::string& field : fields) {
    if (!any && !Contains(columns, field)) {
      return fmt::format("unknown column '{}'", Excerpt(field));
    }
  }
  return {};
}

void RecordReader::CheckVersion(const std::vector<std::string>& fields) const {
  if (policy_ == SchemaPolicy::kAny || !version_position_ ||
      *version_position_ >= fields.size()) {
    return;
  }
  const std::string& text = fields[*version_position_];
  const auto version = ParseNumber<std::uint64_t>(text);
  if (!version || *version < kOldestSchemaVersion ||
      *version > kSchemaVersion) {
    throw ResultsError(
        fmt::format("schema_version is '{}'; this program reads {} to {}",
                    Excerpt(text), kOldestSchemaVersion, kSchemaVersion));
  }
  if (*version == kSchemaVersion && !lacks_.empty()) {
    throw HeaderError(
        fmt::format("not this program's header: column {} is missing", lacks_));
  }
}

void RecordReader::Add(const std::vector<std::string>& fields) {
  if (!has_header_) {
    AddHeader(fields);
    return;
  }
  CheckVersion(fields);
  if (!header_problem_.empty()) throw HeaderError(header_problem_);
  if (fields.size() != field_count_) {
    const bool many = fields.size() > kMaxFields;
    throw ResultsError(fmt::format(
        "{}{} fields where the header has {}", many ? "more than " : "",
        many ? kMaxFields : fields.size(), field_count_));
  }
  if (rows_.size() == kMaxRows) {
    throw ResultsError(fmt::format(
        "more than {} rows, which is more than this program holds in memory; "
        "split the file",
        kMaxRows));
  }
  ordered_.resize(positions_.size());
  for (std::size_t i = 0; i < positions_.size(); ++i) {
    // Assigned and not made anew, which keeps its memory.
    if (positions_[i]) ordered_[i] = fields[*positions_[i]];
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
    const std::size_t at = position(column);
    positions_.emplace_back();
    if (at < fields.size()) {
      positions_.back() = at;
    } else if (lacks_.empty()) {
      lacks_ = column;
    }
  }
}

void RecordReader::Finish() const {
  if (!has_header_) throw HeaderError("the file is empty");
  if (!header_problem_.empty()) throw HeaderError(header_problem_);
}

}  // namespace hybrid
