#include "results/row_format.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/parse_number.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

void AppendField(const std::string& value, std::string& out) {
  if (value.find_first_of(",\"\r\n") == std::string::npos) {
    out += value;
    return;
  }
  out += '"';
  for (const char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void AppendField(std::uint64_t value, std::string& out) {
  fmt::format_to(std::back_inserter(out), "{}", value);
}

void AppendField(bool value, std::string& out) { out += value ? '1' : '0'; }

void AppendField(double value, std::string& out) {
  if (std::isfinite(value)) {
    fmt::format_to(std::back_inserter(out), "{}", value);
  }
}

template <Named Enum>
void AppendField(Enum value, std::string& out) {
  out += Name(value);
}

template <typename T>
void AppendField(const std::optional<T>& value, std::string& out) {
  if (value) AppendField(*value, out);
}

[[noreturn]] void Reject(std::string_view column, std::string_view text,
                         std::string_view expected) {
  throw ResultsError(fmt::format("column {}: '{}' is not {}", column,
                                 Excerpt(text), expected));
}

void ParseField(std::string_view, std::string_view text, std::string& field) {
  field = text;
}

void ParseField(std::string_view column, std::string_view text,
                std::uint64_t& field) {
  const std::optional<std::uint64_t> value = ParseNumber<std::uint64_t>(text);
  if (!value) Reject(column, text, "a whole number");
  field = *value;
}

void ParseField(std::string_view column, std::string_view text, double& field) {
  const std::optional<double> value = ParseNumber<double>(text);
  if (!value || !std::isfinite(*value)) {
    Reject(column, text, "a finite number");
  }
  field = *value;
}

void ParseField(std::string_view column, std::string_view text, bool& field) {
  if (text != "0" && text != "1") Reject(column, text, "0 or 1");
  field = text == "1";
}

template <Named Enum>
void ParseField(std::string_view column, std::string_view text, Enum& field) {
  const std::optional<Enum> value = ByName<Enum>(text);
  if (!value) {
    Reject(column, text,
           fmt::format("one of {}", fmt::join(kNames<Enum>, ", ")));
  }
  field = *value;
}

template <typename T>
void ParseField(std::string_view column, std::string_view text,
                std::optional<T>& field) {
  field.reset();
  if (!text.empty()) ParseField(column, text, field.emplace());
}

}  // namespace

std::vector<std::string_view> ColumnNames() {
  std::vector<std::string_view> names;
  const Row row;
  ForEachColumn(row, [&names](const char* name, const auto& /*field*/) {
    names.emplace_back(name);
  });
  return names;
}

std::string HeaderLine() {
  return fmt::format("{}\n", fmt::join(ColumnNames(), ","));
}

void AppendRecord(const Row& row, std::string& out) {
  bool first = true;
  ForEachColumn(row, [&](const char* /*name*/, const auto& field) {
    if (!first) out += ',';
    first = false;
    AppendField(field, out);
  });
  out += '\n';
}

void ParseRecord(std::span<const std::optional<std::string_view>> fields,
                 Row& row) {
  std::size_t next = 0;
  ForEachColumn(row, [&](const char* name, auto& field) {
    const std::optional<std::string_view> text = fields[next++];
    if (text) ParseField(name, *text, field);
  });
}

std::string Excerpt(std::string_view text, std::size_t longest) {
  std::size_t length = text.size();
  if (length > longest) {
    length = longest;
    // Never cut inside a UTF-8 character.
    while (length > 0 &&
           (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
      --length;
    }
  }
  std::string excerpt(text.substr(0, length));
  for (char& c : excerpt) {
    if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) c = '?';
  }
  return length < text.size() ? excerpt + "..." : excerpt;
}

}  // namespace hybrid
