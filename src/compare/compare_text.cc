#include "compare/compare_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "analysis/format_units.h"
#include "compare/gate.h"
#include "compare/output_parts.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

constexpr std::size_t kColumns = 7;
using Line = std::array<std::string, kColumns>;

Line LineOf(const ComparedConfiguration& c) {
  return {KeyText(c.key, KeyStyle::kShort),
          SideText(c.baseline),
          SideText(c.now),
          ChangeRatioText(c),
          ProbabilityText(c.adjusted_p),
          std::string(Name(c.change)),
          ReasonText(c)};
}

/// Columns aligned; numbers to the right, the last one as long as it is.
std::string Table(const std::vector<Line>& lines) {
  std::array<std::size_t, kColumns> widths{};
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < kColumns; ++i) {
      widths[i] = std::max(widths[i], DisplayWidth(line[i]));
    }
  }
  std::string text;
  for (const Line& line : lines) {
    std::string row;
    for (std::size_t i = 0; i < kColumns; ++i) {
      const std::string pad(widths[i] - DisplayWidth(line[i]), ' ');
      const bool right = i == 1 || i == 2 || i == 4;
      row += (i == 0 ? "" : "  ") + (right ? pad + line[i] : line[i] + pad);
    }
    row.erase(row.find_last_not_of(' ') + 1);
    text += row + '\n';
  }
  return text;
}

std::string Head(const Comparison& comparison, const OutputSettings& settings) {
  std::string text =
      fmt::format("baseline  {}  ({})\nnew       {}  ({})\n", settings.baseline,
                  IdentityText(comparison.baseline), settings.now,
                  IdentityText(comparison.now));
  for (const Difference& difference : comparison.differences) {
    const char* const lead = difference.weight == Weight::kRefused ? "DIFFERS"
                             : difference.weight == Weight::kNote  ? "note"
                                                                   : "differs";
    text += FormatParagraph(fmt::format("{:<10}", lead),
                            OneLine(DifferenceText(difference)));
  }
  if (comparison.refused()) {
    text += FormatParagraph(
        "          ", "so the ratios compare more than the program (--anyway)");
  }
  return text;
}

}  // namespace

std::string CompareText(const Comparison& comparison,
                        const OutputSettings& settings) {
  std::string text = Head(comparison, settings) + '\n';
  std::vector<Line> lines = {
      {"configuration", "baseline", "new", "ratio [95 %]", "p", "verdict", ""}};
  for (const ComparedConfiguration& c : comparison.configurations) {
    if (settings.all || c.change != Change::kSame) lines.push_back(LineOf(c));
  }
  if (lines.size() > 1) text += Table(lines) + '\n';
  for (const BestSplitChange& change : comparison.best_splits) {
    text += OneLine(BestSplitText(change)) + '\n';
  }
  if (!comparison.best_splits.empty()) text += '\n';
  text += FormatParagraph(
      "", fmt::format("{}: {}",
                      ConfigurationsText(comparison.configurations.size()),
                      CountsText(comparison)));
  const std::string disturbed = DisturbedText(comparison);
  if (!disturbed.empty()) text += FormatParagraph("", disturbed);
  text += FormatParagraph("", ThresholdText(comparison));
  if (settings.gate) {
    text += FindGate(comparison, settings.anyway).line + '\n';
  }
  return text;
}

}  // namespace hybrid
