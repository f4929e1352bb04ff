#include "compare/output_parts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/format_units.h"
#include "base/enum_names.h"
#include "base/text.h"
#include "compare/bimodal.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// Of more values than this only the first and the last are told.
constexpr std::size_t kMostValues = 3;

/// "1.12": two decimals, or three digits where the ratio is far from 1.
std::string RatioNumber(double ratio) {
  const bool near_one = ratio >= 0.095 && ratio < 9.95;
  return near_one ? fmt::format("{:.2f}", ratio) : FormatNumber(ratio);
}

/// "a, b, c", or "a … z" of more than kMostValues.
std::string FewValues(const Values& values) {
  if (values.size() <= kMostValues) {
    return fmt::format("{}", fmt::join(values, ", "));
  }
  return fmt::format("{} … {}", *values.begin(), *values.rbegin());
}

}  // namespace

std::string NameText(const ComparedConfiguration& compared) {
  return compared.name.empty() ? KeyText(compared.key, KeyStyle::kShort)
                               : compared.name;
}

std::string ConfigurationsText(std::size_t count) {
  return fmt::format("{} configuration{}", count, count == 1 ? "" : "s");
}

std::string ComparedText(const Comparison& comparison, std::size_t count) {
  return Counted(count, comparison.noun());
}

std::string ChangeRatioText(const ComparedConfiguration& compared) {
  if (!compared.ratio) return "-";
  std::string text = RatioNumber(*compared.ratio) + "×";
  if (compared.now.status == PooledStatus::kCapped) return "> " + text;
  if (compared.baseline.status == PooledStatus::kCapped) return "< " + text;
  if (compared.interval) {
    text += fmt::format(" [{}, {}]", RatioNumber(compared.interval->low),
                        RatioNumber(compared.interval->high));
  }
  return text;
}

std::string SideText(const ComparedSide& side) {
  switch (side.status) {
    case PooledStatus::kMissing:
      return "-";
    case PooledStatus::kSkipped:
      return "not run";
    case PooledStatus::kCapped:
      if (side.left_out()) return "stopped";
      [[fallthrough]];
    case PooledStatus::kDisturbed:
    case PooledStatus::kFailed:
      return std::string(Name(side.status));
    case PooledStatus::kOk:
      break;
  }
  return side.median_s ? FormatSeconds(*side.median_s) : "-";
}

std::string ProbabilityText(const std::optional<double>& p_value) {
  if (!p_value) return "-";
  if (*p_value < 0.0001) return "< 0.0001";
  return *p_value < 0.0995 ? fmt::format("{:.2g}", *p_value)
                           : fmt::format("{:.2f}", *p_value);
}

std::string DistanceText(double logarithm) {
  return fmt::format("{:.1f} %", 100 * std::expm1(logarithm));
}

std::string ReasonText(const ComparedConfiguration& compared) {
  std::vector<std::string> texts;
  if (!compared.reason.empty()) texts.push_back(compared.reason);
  const std::string levels = ModesText(compared);
  if (!levels.empty() && !compared.reason.starts_with(levels)) {
    texts.push_back(levels);
  }
  if (!compared.note.empty()) texts.push_back(compared.note);
  return OneLine(fmt::format("{}", fmt::join(texts, "; ")));
}

std::string DecidedText(const Comparison& comparison) {
  const std::string all = ComparedText(comparison, comparison.in_common());
  const std::size_t decided = comparison.decided();
  return decided == comparison.in_common()
             ? all
             : fmt::format("{} of {}", decided, all);
}

std::string DecidedBestsText(const Comparison& comparison) {
  const std::size_t decided = comparison.decided_bests();
  if (decided == 0) return {};
  const std::string all = Counted(comparison.best_times.size(), "group");
  return decided == comparison.best_times.size()
             ? all
             : fmt::format("{} of {}", decided, all);
}

std::string LeftOutText(const Comparison& comparison) {
  const std::size_t one = comparison.left_out();
  const std::size_t both = comparison.unmeasured;
  if (one + both == 0) return {};
  std::vector<std::string> counts;
  if (one > 0) {
    counts.push_back(fmt::format(
        "{} of these {} stopped, left out, or of no more interest to a search "
        "on one side",
        one, one == 1 ? "was" : "were"));
  }
  if (both > 0) {
    counts.push_back(fmt::format("{} more {}{} measured on neither side", both,
                                 comparison.noun(),
                                 both == 1 ? " was" : "s were"));
  }
  return fmt::format("{}: of none is said that it is slower or faster",
                     fmt::join(counts, "; "));
}

std::string CountsText(const Comparison& comparison) {
  constexpr std::array kChanges = {Change::kFailed,     Change::kSlower,
                                   Change::kFaster,     Change::kSame,
                                   Change::kCannotTell, Change::kOnlyInBaseline,
                                   Change::kOnlyInNew};
  std::vector<std::string> counts;
  for (const Change change : kChanges) {
    const std::size_t count = comparison.Count(change);
    if (count > 0) {
      counts.push_back(fmt::format("{} {}", count, Name(change)));
    }
  }
  return fmt::format("{}", fmt::join(counts, ", "));
}

std::string DisturbedText(const Comparison& comparison) {
  if (comparison.disturbed == 0) return {};
  const auto example = std::find_if(
      comparison.configurations.begin(), comparison.configurations.end(),
      [](const ComparedConfiguration& c) {
        return c.baseline.disturbed + c.now.disturbed > 0;
      });
  const PooledRows& side =
      example->now.disturbed > 0 ? example->now : example->baseline;
  return fmt::format(
      "{} of {} repetitions left out, since something other than the program "
      "disturbed them{}",
      comparison.disturbed, comparison.completed,
      side.disturbance.empty()
          ? ""
          : fmt::format(" (such as: {})", side.disturbance));
}

std::string ThresholdText(const Comparison& comparison) {
  double floor = 0;
  for (const ComparedConfiguration& c : comparison.configurations) {
    floor = std::max(floor, c.floor.value_or(0));
  }
  std::string text =
      fmt::format("threshold {}", FormatPercent(comparison.settings.threshold));
  if (floor > comparison.settings.threshold) {
    text += fmt::format(
        ", or the noise floor on record where that is larger (up to {})",
        FormatPercent(floor));
  }
  return text + fmt::format("; false discovery rate {} over {}",
                            FormatPercent(comparison.settings.alpha),
                            Counted(comparison.tests, "test"));
}

std::string IdentityText(const Identity& identity) {
  std::vector<std::string> parts = {identity.rounds > 0
                                        ? Counted(identity.rounds, "round")
                                        : Counted(identity.runs, "run")};
  if (!identity.days.empty()) {
    parts.push_back(identity.days.size() == 1
                        ? *identity.days.begin()
                        : fmt::format("{} to {}", *identity.days.begin(),
                                      *identity.days.rbegin()));
  }
  if (!identity.hosts.empty()) parts.push_back(FewValues(identity.hosts));
  if (!identity.git_commits.empty()) {
    parts.push_back("commit " + FewValues(identity.git_commits));
  }
  return OneLine(fmt::format("{}", fmt::join(parts, ", ")));
}

std::string RefusalText(const Comparison& comparison) {
  std::vector<std::string> texts;
  for (const Difference& difference : comparison.differences) {
    if (difference.weight == Weight::kRefused) {
      texts.push_back(DifferenceText(difference));
    }
  }
  return OneLine(fmt::format("not comparable: {}", fmt::join(texts, "; ")));
}

}  // namespace hybrid
