#include "analysis/cpu_ranges.h"

#include <algorithm>
#include <cstddef>

#include "base/parse_number.h"

namespace hybrid {

std::vector<CpuRange> ParseCpuRanges(std::string_view text) {
  std::vector<CpuRange> ranges;
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find(','));
    text.remove_prefix(std::min(item.size() + 1, text.size()));
    const std::size_t dash = item.find('-');
    const auto first = ParseNumber<int>(item.substr(0, dash));
    const auto last = dash == std::string_view::npos
                          ? first
                          : ParseNumber<int>(item.substr(dash + 1));
    if (!first || !last) return {};
    ranges.push_back({*first, *last});
  }
  return ranges;
}

}  // namespace hybrid
