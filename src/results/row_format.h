#ifndef HYBRID_RESULTS_ROW_FORMAT_H_
#define HYBRID_RESULTS_ROW_FORMAT_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "results/row.h"

namespace hybrid {

/// The columns' names in the file's order.
std::vector<std::string_view> ColumnNames();

/// The file's first line, with its line end.
std::string HeaderLine();

/// Appends `row` as one CSV record (RFC 4180 quoting, LF line end) to `out`.
/// Numbers read back as the same bits. A number that is not finite measures
/// nothing and no reader accepts it: its field is left empty.
void AppendRecord(const Row& row, std::string& out);

/// Sets the columns of `row` from `fields`, which are in the order of
/// ColumnNames; an absent one leaves its column as it is. Throws ResultsError
/// naming the column of the first field that is not what its column holds.
void ParseRecord(std::span<const std::optional<std::string_view>> fields,
                 Row& row);

/// `text` made fit for a one-line message: cut after `longest` bytes, control
/// characters replaced.
std::string Excerpt(std::string_view text, std::size_t longest = 40);

}  // namespace hybrid

#endif  // HYBRID_RESULTS_ROW_FORMAT_H_
