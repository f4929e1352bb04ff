#ifndef HYBRID_RESULTS_TEST_FORMER_H_
#define HYBRID_RESULTS_TEST_FORMER_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "results/row.h"
#include "results/row_format.h"

namespace hybrid {

/// For tests: `text`, a result file with today's columns, without those that
/// came after schema version `version`.
inline std::string InColumnsOf(std::uint64_t version, std::string_view text) {
  std::vector<bool> is_kept;
  for (const std::string_view name : ColumnNames()) {
    is_kept.push_back(std::none_of(kLaterColumns.begin(), kLaterColumns.end(),
                                   [&](const LaterColumn& later) {
                                     return later.name == name &&
                                            later.since > version;
                                   }));
  }
  std::string former;
  bool in_quotes = false;
  std::size_t column = 0;
  for (const char c : text) {
    if (c == '"') in_quotes = !in_quotes;
    const bool ends_line = c == '\n' && !in_quotes;
    if (ends_line || is_kept.at(column)) former += c;
    if (c == ',' && !in_quotes) ++column;
    if (ends_line) column = 0;
  }
  return former;
}

}  // namespace hybrid

#endif  // HYBRID_RESULTS_TEST_FORMER_H_
