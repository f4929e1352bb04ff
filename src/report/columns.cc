#include "report/columns.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/contains.h"
#include "base/enum_names.h"
#include "base/json.h"
#include "key/key.h"

namespace hybrid {
namespace {

/// A dictionary pays off if each of its values stands for this many rows.
constexpr std::size_t kRowsPerEntry = 2;

/// The columns that are shown at first beside the key's: what most readers of
/// rows want to see.
constexpr std::array<std::string_view, 12> kUsualColumns = {
    "kernels",       "repetition",  "status",     "wall_s",
    "load_s",        "operate_s",   "idle_s",     "gflops",
    "peak_fraction", "run_delay_s", "task_p99_s", "error"};

/// Shown as well where rows differ in them.
constexpr std::array<std::string_view, 2> kColumnsOfLaunches = {"stage",
                                                                "round"};

/// One column of all rows, before it is made short.
struct Column {
  std::string_view name;
  std::string_view kind;
  JsonArray values;
};

std::string_view KindOf(const std::string& /*value*/) { return "text"; }
template <Named Enum>
std::string_view KindOf(Enum /*value*/) {
  return "text";
}
std::string_view KindOf(bool /*value*/) { return "bool"; }
std::string_view KindOf(std::uint64_t /*value*/) { return "number"; }
template <typename Number>
std::string_view KindOf(const std::optional<Number>& /*value*/) {
  return "number";
}

Json ValueOf(const std::string& value) { return Json(value); }
template <Named Enum>
Json ValueOf(Enum value) {
  return Json(Name(value));
}
Json ValueOf(bool value) { return value; }
Json ValueOf(std::uint64_t value) { return value; }
Json ValueOf(const std::optional<std::uint64_t>& value) {
  return JsonOrNull(value);
}
Json ValueOf(const std::optional<double>& value) { return JsonNumber(value); }

std::vector<Column> ColumnsOf(std::span<const Row> rows) {
  std::vector<Column> columns;
  const Row names;
  ForEachColumn(names, [&](std::string_view name, const auto& field) {
    columns.push_back({name, KindOf(field), {}});
    columns.back().values.reserve(rows.size());
  });
  for (const Row& row : rows) {
    auto column = columns.begin();
    ForEachColumn(row, [&](std::string_view, const auto& field) {
      (column++)->values.push_back(ValueOf(field));
    });
  }
  return columns;
}

bool IsUsual(std::string_view name) {
  bool usual = Contains(kUsualColumns, name);
  const Key key;
  ForEachKey(key, [&](const KeyPart& part, const auto&) {
    const bool shown = part.role == KeyRole::kName ||
                       part.role == KeyRole::kAlways ||
                       part.role == KeyRole::kSplit;
    usual |= shown && part.column == name;
  });
  return usual;
}

/// `column` in the shortest of the forms that ColumnarRows promises.
JsonObject Encoded(Column column) {
  JsonObject encoded = {{"name", column.name},
                        {"kind", column.kind},
                        {"usual", IsUsual(column.name)}};
  JsonArray dictionary;
  std::unordered_map<Json, std::size_t> places;
  std::vector<std::size_t> index;
  for (const Json& value : column.values) {
    const auto [place, is_new] = places.try_emplace(value, places.size());
    if (is_new) dictionary.push_back(value);
    index.push_back(place->second);
  }
  if (dictionary.size() > 1 && Contains(kColumnsOfLaunches, column.name)) {
    encoded["usual"] = true;
  }
  if (dictionary.size() == 1) {
    encoded["constant"] = dictionary.front();
  } else if (dictionary.size() * kRowsPerEntry <= column.values.size()) {
    encoded["dictionary"] = std::move(dictionary);
    encoded["index"] = JsonArrayOf(index);
  } else {
    encoded["values"] = std::move(column.values);
  }
  return encoded;
}

}  // namespace

Json ColumnarRows(std::span<const Row> rows) {
  JsonArray columns;
  for (Column& column : ColumnsOf(rows)) {
    columns.push_back(Encoded(std::move(column)));
  }
  return {{"count", rows.size()}, {"columns", std::move(columns)}};
}

}  // namespace hybrid
