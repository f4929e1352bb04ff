#include "results/record_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/contains.h"
#include "base/parse_number.h"
#include "base/text.h"
#include "results/results_error.h"
#include "results/row_format.h"

namespace hybrid {
namespace {

constexpr std::string_view kVersionColumn = "schema_version";

/// What a reader of any schema can't do without.
constexpr std::array<std::string_view, 8> kEssentialColumns = {
    "family",  "operation",    "n",      "batch",
    "workers", "blas_threads", "status", "wall_s"};

/// The schema version that brought `column`.
std::uint64_t SinceVersion(std::string_view column) {
  for (const LaterColumn& later : kLaterColumns) {
    if (later.name == column) return later.since;
  }
  return kOldestSchemaVersion;
}

/// A column by its name of today.
std::string_view NameOfToday(std::string_view name) {
  for (const FormerColumn& former : kFormerColumns) {
    if (former.name == name) return former.column;
  }
  return name;
}

/// What a row of a former schema says in the words of today.
void Modernise(Row& row) {
  row.blas = kFormerBlas;
  if (row.blas_threading == "pthreads") row.blas_threading = "pthread";
  if (!row.kernels_setting.empty()) {
    row.kernels_setting = "BLIS_ARCH_TYPE=" + row.kernels_setting;
  }
}

/// Why `column` can't be found among `fields`.
std::string MissingColumn(std::span<const std::string_view> fields,
                          std::string_view column) {
  if (fields.size() == 1) {
    for (const char separator : {';', '\t'}) {
      if (fields[0].find(separator) == std::string_view::npos) continue;
      return fmt::format("its columns are separated by {}, not by commas",
                         separator == ';' ? "semicolons" : "tabs");
    }
  }
  for (const std::string_view field : fields) {
    const std::size_t first = field.find_first_not_of(' ');
    if (first == std::string_view::npos || field == column) continue;
    const std::size_t last = field.find_last_not_of(' ');
    if (field.substr(first, last + 1 - first) == column) {
      return fmt::format("column '{}' has spaces around its name",
                         Excerpt(field));
    }
  }
  return fmt::format("column {} is missing", column);
}

/// No measurement is of none of these: what follows from such a row would be
/// nonsense. Only of a command nobody has to say an n, and a host has no tasks.
void CheckCounts(const Row& row) {
  if (row.family == Family::kHosts) return;
  ForEachKey(row, [&row](const KeyPart& part, const auto& value) {
    if constexpr (std::is_same_v<decltype(value), const std::uint64_t&>) {
      if (part.role == KeyRole::kSeed || value > 0) return;
      if (part.column == "n" && row.runs_command()) return;
      throw ResultsError(fmt::format(
          "column {}: 0, where a measurement has at least 1", part.column));
    }
  });
}

/// The first thing wrong with a header, or nothing.
std::string HeaderProblem(std::span<const std::string_view> fields,
                          SchemaPolicy policy) {
  if (fields.size() > RecordReader::kMaxFields) {
    return fmt::format("more than {} columns", RecordReader::kMaxFields);
  }
  const std::vector<std::string_view> columns = ColumnNames();
  const bool any = policy == SchemaPolicy::kAny;
  for (const std::string_view column : columns) {
    const auto count = std::count(fields.begin(), fields.end(), column);
    if (count > 1) return fmt::format("column {} is there twice", column);
    if (count == 1 || SinceVersion(column) > kOldestSchemaVersion) continue;
    if (!any || Contains(kEssentialColumns, column)) {
      return MissingColumn(fields, column);
    }
  }
  for (const std::string_view field : fields) {
    if (!any && !Contains(columns, field)) {
      return fmt::format("unknown column '{}'", Excerpt(field));
    }
  }
  return {};
}

}  // namespace

void RecordReader::CheckVersion(
    std::span<const std::string_view> fields) const {
  if (policy_ == SchemaPolicy::kAny || !version_position_ ||
      *version_position_ >= fields.size()) {
    return;
  }
  const std::string_view text = fields[*version_position_];
  const auto version = ParseNumber<std::uint64_t>(text);
  if (!version || *version < kOldestSchemaVersion ||
      *version > kSchemaVersion) {
    throw SchemaError(
        fmt::format("schema_version is '{}'; this program reads {} to {}",
                    Excerpt(text), kOldestSchemaVersion, kSchemaVersion));
  }
  for (const std::string_view column : lacks_) {
    if (*version < SinceVersion(column)) continue;
    throw HeaderError(
        fmt::format("not this program's header: column {} is missing", column));
  }
}

void RecordReader::CheckRecord(std::span<const std::string_view> fields) const {
  // Also the header of another version, with a byte order mark or without.
  const bool header_again =
      std::equal(fields.begin(), fields.end(), header_.begin(),
                 header_.end()) ||
      (version_position_ && *version_position_ < fields.size() &&
       fields[*version_position_].ends_with(kVersionColumn));
  if (header_again) {
    throw ResultsError(
        "the header again: these are two files in one; give them one by one");
  }
  CheckVersion(fields);
  if (!header_problem_.empty()) throw HeaderError(header_problem_);
  if (fields.size() != header_.size()) {
    const bool many = fields.size() > kMaxFields;
    const std::size_t count = many ? kMaxFields : fields.size();
    throw ResultsError(fmt::format("{}{} where the header has {}",
                                   many ? "more than " : "",
                                   Counted(count, "field"), header_.size()));
  }
  if (rows_.size() == kMaxRows) {
    throw ResultsError(fmt::format(
        "more than {} rows, which is more than this program holds in memory; "
        "split the file",
        kMaxRows));
  }
}

void RecordReader::Add(std::span<const std::string_view> fields) {
  if (!has_header()) {
    AddHeader(fields);
    return;
  }
  CheckRecord(fields);
  for (std::size_t i = 0; i < positions_.size(); ++i) {
    // Assigned and not made anew, which keeps its memory.
    if (positions_[i]) ordered_[i] = fields[*positions_[i]];
  }
  if (variant_position_) SplitFamily();
  ParseRecord(ordered_, rows_.emplace_back());
  if (!has_blas_) Modernise(rows_.back());
  CheckCounts(rows_.back());
}

void RecordReader::SplitFamily() {
  std::optional<std::string_view>& family = ordered_[family_position_];
  std::optional<std::string_view>& variant = ordered_[*variant_position_];
  if (!family) return;
  const std::size_t slash = family->find('/');
  variant = slash == std::string_view::npos ? "" : family->substr(slash + 1);
  family = family->substr(0, slash);
}

void RecordReader::AddHeader(std::span<const std::string_view> written) {
  header_.assign(written.begin(), written.end());
  std::vector<std::string_view> fields;
  for (const std::string_view field : written) {
    fields.push_back(NameOfToday(field));
  }
  const auto position = [&fields](std::string_view column) {
    return static_cast<std::size_t>(
        std::find(fields.begin(), fields.end(), column) - fields.begin());
  };
  if (position(kVersionColumn) < fields.size()) {
    version_position_ = position(kVersionColumn);
  }
  const std::string problem = HeaderProblem(fields, policy_);
  if (!problem.empty()) {
    header_problem_ = "not this program's header: " + problem;
    if (!version_position_ || fields.size() > kMaxFields) {
      throw HeaderError(header_problem_);
    }
    return;
  }
  for (const std::string_view column : ColumnNames()) {
    const std::size_t at = position(column);
    positions_.emplace_back();
    if (at < fields.size()) {
      positions_.back() = at;
    } else {
      lacks_.push_back(column);
    }
  }
  ordered_.resize(positions_.size());
  const std::vector<std::string_view> columns = ColumnNames();
  const auto place = [&columns](std::string_view column) {
    return static_cast<std::size_t>(
        std::find(columns.begin(), columns.end(), column) - columns.begin());
  };
  family_position_ = place("family");
  if (!positions_[place("variant")]) variant_position_ = place("variant");
  has_blas_ = positions_[place("blas")].has_value();
}

void RecordReader::Finish() const {
  if (!has_header()) throw HeaderError("the file is empty");
  if (!header_problem_.empty()) throw HeaderError(header_problem_);
}

}  // namespace hybrid
