#include "compare/table_layout.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "analysis/format_units.h"
#include "base/text.h"

namespace hybrid {

std::string TableText(std::span<const TableLine> lines,
                      std::span<const Alignment> columns, std::size_t indent) {
  std::vector<std::size_t> widths(columns.size());
  for (const TableLine& line : lines) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      widths[i] = std::max(widths[i], DisplayWidth(line[i]));
    }
  }
  std::string text;
  for (const TableLine& line : lines) {
    std::string row(indent, ' ');
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string blanks(widths[i] - DisplayWidth(line[i]), ' ');
      if (i > 0) row += "  ";
      row +=
          columns[i] == Alignment::kRight ? blanks + line[i] : line[i] + blanks;
    }
    row.erase(row.find_last_not_of(' ') + 1);
    text += row + '\n';
  }
  return text;
}

}  // namespace hybrid
