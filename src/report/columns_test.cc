#include "report/columns.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "base/json.h"
#include "results/row.h"

namespace hybrid {
namespace {

const Json& ColumnOf(const Json& rows, std::string_view name) {
  for (const Json& column : rows.at("columns").as_array()) {
    if (column.at("name").as_string() == name) return column;
  }
  throw std::runtime_error("no column " + std::string(name));
}

/// What the page's scripts read from `column` for `row`.
Json Decoded(const Json& column, std::size_t row) {
  const JsonObject& parts = column.as_object();
  if (parts.contains("constant")) return parts.at("constant");
  if (parts.contains("values")) return parts.at("values").at(row);
  return parts.at("dictionary")
      .at(parts.at("index").at(row).to_number<std::size_t>());
}

void ExpectReadsBack(const Json& decoded, const std::string& value) {
  EXPECT_EQ(decoded.as_string(), value);
}
template <Named Enum>
void ExpectReadsBack(const Json& decoded, Enum value) {
  EXPECT_EQ(decoded, Json(Name(value)));
}
void ExpectReadsBack(const Json& decoded, bool value) {
  EXPECT_EQ(decoded, value);
}
void ExpectReadsBack(const Json& decoded, std::uint64_t value) {
  EXPECT_EQ(decoded, value);
}
void ExpectReadsBack(const Json& decoded,
                     const std::optional<std::uint64_t>& value) {
  EXPECT_EQ(decoded, JsonOrNull(value));
}
void ExpectReadsBack(const Json& decoded, const std::optional<double>& value) {
  ASSERT_EQ(decoded.is_number(), value.has_value());
  if (value) {
    EXPECT_NEAR(decoded.to_number<double>(), *value, 1e-5 * *value);
  }
}

/// Rows whose columns are constant, of a few values, or of many.
std::vector<Row> VariedRows(std::size_t count) {
  std::vector<Row> rows(count);
  for (std::size_t i = 0; i < count; ++i) {
    Row& row = rows[i];
    row.host = "node";
    row.seed = 18446744073709551615U;
    row.workers = i % 3;
    row.status = i % 2 == 0 ? Status::kOk : Status::kError;
    row.oversubscribed = i % 4 == 0;
    if (i % 5 != 0) row.wall_s = 0.1234567891 * static_cast<double>(i);
    if (i % 2 == 0) row.migrations = i;
    row.error = std::string(i % 7, '"');
  }
  return rows;
}

TEST(ColumnarRowsTest, EveryColumnOfEveryRowReadsBack) {
  const std::vector<Row> rows = VariedRows(50);
  const Json json = ColumnarRows(rows);
  EXPECT_EQ(json.at("count"), 50);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ForEachColumn(rows[i], [&](std::string_view name, const auto& field) {
      SCOPED_TRACE(name);
      ExpectReadsBack(Decoded(ColumnOf(json, name), i), field);
    });
  }
}

TEST(ColumnarRowsTest, EachColumnIsAsShortAsItCanBe) {
  const Json json = ColumnarRows(VariedRows(50));
  EXPECT_EQ(ColumnOf(json, "host").at("constant"), "node");
  EXPECT_TRUE(ColumnOf(json, "batch").as_object().contains("constant"));
  EXPECT_EQ(ColumnOf(json, "workers").at("dictionary"), JsonArray({0, 1, 2}));
  EXPECT_EQ(ColumnOf(json, "wall_s").at("values").as_array().size(), 50);
}

TEST(ColumnarRowsTest, SaysWhatKindAColumnIs) {
  const Json json = ColumnarRows(VariedRows(2));
  EXPECT_EQ(ColumnOf(json, "host").at("kind"), "text");
  EXPECT_EQ(ColumnOf(json, "n").at("kind"), "number");
  EXPECT_EQ(ColumnOf(json, "steal_s").at("kind"), "number");
  EXPECT_EQ(ColumnOf(json, "oversubscribed").at("kind"), "bool");
}

TEST(ColumnarRowsTest, NoRows) {
  const Json json = ColumnarRows({});
  EXPECT_EQ(json.at("count"), 0);
  for (const Json& column : json.at("columns").as_array()) {
    EXPECT_FALSE(column.as_object().contains("constant")) << column;
  }
}

}  // namespace
}  // namespace hybrid
