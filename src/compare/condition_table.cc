#include "compare/condition_table.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "compare/conditions.h"
#include "compare/output_parts.h"
#include "compare/table_layout.h"

namespace hybrid {
namespace {

/// What a rule asks, before its value.
std::string_view RuleText(Rule rule) {
  switch (rule) {
    case Rule::kBeyondThreshold:
    case Rule::kWithinThreshold:
      return "the ratio is off 1 by";
    case Rule::kNear:
      return "the ratio is off 1, whatever the floor, by";
    case Rule::kBeyondChance:
      return "adjusted p";
    case Rule::kIntervalClear:
      return "the interval is clear of 1 by";
    case Rule::kOneLevel:
      return "no two levels, apart by";
    case Rule::kFastestAgrees:
      return "the fastest differ likewise by";
    case Rule::kBeyondThresholdBesideShift:
      return "without what all share, the ratio is off by";
    case Rule::kBeyondRunScatter:
      return "that is three times what runs scatter by";
    case Rule::kIntervalClearOfShift:
      return "without what all share, the interval is clear by";
    case Rule::kBeyondCoreSpeed:
      return "without the cores' speed, the ratio is off by";
    case Rule::kIntervalWithinThreshold:
    case Rule::kIntervalNotWide:
      return "the interval reaches to";
    case Rule::kEnoughSamples:
      return "samples a side";
    case Rule::kEnoughRepetitions:
      return "the least p that so many can show";
    case Rule::kShownSame:
      return "p of a difference beyond the threshold";
    case Rule::kEnoughCompleted:
      return "samples of the side that completed";
    case Rule::kCappedAloneSlow:
      return "what completed beside caps is beyond all others by";
    case Rule::kCapBeyondThreshold:
      return "the cap is beyond the median by";
    case Rule::kCapBeyondNoise:
      return "that is twice as far as the slowest";
  }
  return "";
}

/// A value or limit, as the rule's quantity is written.
std::string NumberText(Quantity quantity, const std::optional<double>& number) {
  if (!number) return "-";
  switch (quantity) {
    case Quantity::kDistance:
      return DistanceText(*number);
    case Quantity::kProbability:
      return ProbabilityText(number);
    case Quantity::kCount:
      break;
  }
  return fmt::format("{}", *number);
}

constexpr std::array kConditionColumns = {Alignment::kLeft, Alignment::kRight,
                                          Alignment::kRight, Alignment::kLeft,
                                          Alignment::kLeft};

/// The lines of a table that says of conditions under a title what they asked;
/// the one at `mark` is marked with `what`.
void AddConditions(std::string_view title, const Conditions& conditions,
                   const Condition* mark, std::string_view what,
                   std::vector<TableLine>& lines) {
  lines.push_back(TableLine{std::string(title), "value", "limit", "met", ""});
  for (const Condition& condition : conditions) {
    const RuleTraits traits = TraitsOf(condition.rule);
    lines.push_back(
        {fmt::format("  {}", RuleText(condition.rule)),
         NumberText(traits.quantity, condition.value),
         condition.limit
             ? fmt::format("{} {}", Name(traits.relation),
                           NumberText(traits.quantity, condition.limit))
             : "-",
         condition.met ? "yes" : "no",
         &condition == mark ? std::string(what) : ""});
  }
}

}  // namespace

std::string ConditionTable(const Why& why) {
  constexpr std::size_t kIndent = 2;
  constexpr std::string_view kNoDifference = "<- so no difference";
  std::vector<TableLine> lines;
  if (why.conditions) {
    const TimeConditions& all = *why.conditions;
    const TimesVerdict verdict = VerdictOf(all);
    AddConditions("slower or faster if all hold", all.differs,
                  verdict.no_difference, kNoDifference, lines);
    if (verdict.may_be_same) {
      std::string_view title = "else the same if all hold";
      for (const Conditions& way : all.same) {
        AddConditions(title, way, verdict.not_same, "<- nor the same", lines);
        title = "or all of these";
      }
    }
  } else if (!why.cap_conditions.empty()) {
    AddConditions("a cap is a difference if all hold", why.cap_conditions,
                  nullptr, "", lines);
  }
  return lines.empty() ? "" : TableText(lines, kConditionColumns, kIndent);
}

}  // namespace hybrid
