#ifndef HYBRID_COMPARE_TABLE_LAYOUT_H_
#define HYBRID_COMPARE_TABLE_LAYOUT_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace hybrid {

/// The edge of its column that a cell stands at.
enum class Alignment { kLeft, kRight };

/// The cells of one line of a table, one for each column.
using TableLine = std::vector<std::string>;

/// `lines` as a table for terminals: each column as wide as its widest cell and
/// two blanks from the next, its cells aligned as `columns` says; `indent`
/// blanks before each line and none behind it. Every line has as many cells as
/// `columns` has entries. Empty if there are no lines.
std::string TableText(std::span<const TableLine> lines,
                      std::span<const Alignment> columns,
                      std::size_t indent = 0);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_TABLE_LAYOUT_H_
