#include "compare/compare_text.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/format_units.h"
#include "base/enum_names.h"
#include "base/text.h"
#include "compare/gate.h"
#include "compare/output_parts.h"
#include "compare/table_layout.h"
#include "compare/why_text.h"

namespace hybrid {
namespace {

/// Of a configuration's name, both sides, the ratio, p, verdict and reason.
constexpr std::array kConfigurationColumns = {
    Alignment::kLeft,  Alignment::kRight, Alignment::kRight, Alignment::kLeft,
    Alignment::kRight, Alignment::kLeft,  Alignment::kLeft};

TableLine ConfigurationLine(const ComparedConfiguration& c) {
  return {NameText(c),
          SideText(c.baseline),
          SideText(c.now),
          ChangeRatioText(c),
          ProbabilityText(c.adjusted_p),
          std::string(Name(c.change)),
          ReasonText(c)};
}

/// The word before a difference of this weight.
std::string_view WeightLabel(Weight weight) {
  switch (weight) {
    case Weight::kRefused:
      return "DIFFERS";
    case Weight::kNote:
      return "note";
    case Weight::kInformation:
      break;
  }
  return "differs";
}

/// What the sides are, and in what they differ.
std::string SidesText(const Comparison& comparison,
                      const OutputSettings& settings) {
  std::string text =
      fmt::format("baseline  {}  ({})\nnew       {}  ({})\n", settings.baseline,
                  IdentityText(comparison.baseline), settings.now,
                  IdentityText(comparison.now));
  for (const Difference& difference : comparison.differences) {
    text +=
        FormatParagraph(fmt::format("{:<10}", WeightLabel(difference.weight)),
                        OneLine(DifferenceText(difference)));
  }
  if (comparison.refused()) {
    text += FormatParagraph(
        "          ", "so the ratios compare more than the program (--anyway)");
  }
  return text;
}

/// What the best split of each group takes; empty where no group tells that.
std::string BestTimesText(const Comparison& comparison) {
  if (comparison.best_times.empty()) return {};
  std::vector<TableLine> lines = {TableLine{"best split's time", "baseline",
                                            "new", "ratio [95 %]", "p",
                                            "verdict", ""}};
  for (const BestTime& best : comparison.best_times) {
    lines.push_back(ConfigurationLine(best.times));
    lines.back().front() =
        fmt::format("{} {}", GroupText(best), BestsText(best));
  }
  return TableText(lines, kConfigurationColumns) + '\n';
}

/// How many of all configurations have which verdict.
std::string CountsLine(const Comparison& comparison) {
  return FormatParagraph(
      "",
      fmt::format("{}: {}",
                  ComparedText(comparison, comparison.configurations.size()),
                  CountsText(comparison)));
}

}  // namespace

std::string CompareText(const Comparison& comparison,
                        const OutputSettings& settings) {
  std::string text = SidesText(comparison, settings) + '\n';
  std::vector<TableLine> lines = {TableLine{std::string(comparison.noun()),
                                            "baseline", "new", "ratio [95 %]",
                                            "p", "verdict", ""}};
  if (settings.why) {
    lines.push_back(ConfigurationLine(settings.why->compared));
    text += TableText(lines, kConfigurationColumns) + '\n';
    text += WhyText(*settings.why) + '\n' + CountsLine(comparison);
    if (settings.gate) text += settings.gate->line + '\n';
    return text;
  }
  for (const ComparedConfiguration& c : comparison.configurations) {
    if (settings.all || c.change != Change::kSame) {
      lines.push_back(ConfigurationLine(c));
    }
  }
  if (lines.size() > 1) text += TableText(lines, kConfigurationColumns) + '\n';
  text += BestTimesText(comparison);
  for (const BestSplitChange& change : comparison.best_splits) {
    text += OneLine(BestSplitText(change)) + '\n';
  }
  if (!comparison.best_splits.empty()) text += '\n';
  text += CountsLine(comparison);
  const std::string left_out = LeftOutText(comparison);
  if (!left_out.empty()) text += FormatParagraph("", left_out);
  const std::string disturbed = DisturbedText(comparison);
  if (!disturbed.empty()) text += FormatParagraph("", disturbed);
  text += FormatParagraph("", ThresholdText(comparison));
  if (settings.gate) text += settings.gate->line + '\n';
  return text;
}

}  // namespace hybrid
