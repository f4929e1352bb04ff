#include "base/cpu_ranges.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/parse_number.h"

namespace hybrid {

std::string CpuRanges(const std::vector<int>& cpus) {
  std::vector<CpuRange> ranges;
  ranges.reserve(cpus.size());
  for (const int cpu : cpus) ranges.push_back({cpu, cpu});
  return RangesText(United(std::move(ranges)));
}

std::string RangesText(const std::vector<CpuRange>& ranges) {
  std::string text;
  for (const auto& [first, last] : ranges) {
    if (!text.empty()) text += ',';
    text += fmt::format("{}", first);
    if (last > first) text += fmt::format("-{}", last);
  }
  return text;
}

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
    if (!first || !last || *first < 0 || *last < *first || *last >= kNoCpu) {
      return {};
    }
    ranges.push_back({*first, *last});
  }
  return ranges;
}

std::vector<CpuRange> United(std::vector<CpuRange> ranges) {
  std::sort(
      ranges.begin(), ranges.end(),
      [](const CpuRange& a, const CpuRange& b) { return a.first < b.first; });
  std::vector<CpuRange> united;
  for (const CpuRange& range : ranges) {
    if (united.empty() || range.first > united.back().last + 1) {
      united.push_back(range);
    } else {
      united.back().last = std::max(united.back().last, range.last);
    }
  }
  return united;
}

std::vector<CpuRange> UnitedCpus(const std::vector<std::string_view>& texts) {
  std::vector<CpuRange> cpus;
  for (const std::string_view text : texts) {
    const std::vector<CpuRange> more = ParseCpuRanges(text);
    cpus.insert(cpus.end(), more.begin(), more.end());
  }
  return United(std::move(cpus));
}

}  // namespace hybrid
