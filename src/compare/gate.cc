#include "compare/gate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/enum_names.h"
#include "base/text.h"
#include "compare/best_time.h"
#include "compare/output_parts.h"
#include "key/key.h"

namespace hybrid {
namespace {

bool LacksData(const ComparedConfiguration& c) {
  return c.lacks_repetitions || c.lacks_runs;
}

/// Whether it is known what the best split takes of the group of `c`.
bool BestIsDecided(const Comparison& comparison,
                   const ComparedConfiguration& c) {
  return std::any_of(comparison.best_times.begin(), comparison.best_times.end(),
                     [group = GroupOf(c.key)](const BestTime& best) {
                       return best.is_decided() && GroupOf(best.key) == group;
                     });
}

/// What was stopped or left out on a side, in groups of which the best split
/// does not tell either; empty if there is nothing.
std::string LeftOutLack(const Comparison& comparison) {
  const ComparedConfiguration* first = nullptr;
  std::size_t count = 0;
  for (const ComparedConfiguration& c : comparison.configurations) {
    if (!c.left_out || BestIsDecided(comparison, c)) continue;
    if (count++ == 0) first = &c;
  }
  if (first == nullptr) return {};
  const auto best =
      std::find_if(comparison.best_times.begin(), comparison.best_times.end(),
                   [group = GroupOf(first->key)](const BestTime& one) {
                     return GroupOf(one.key) == group;
                   });
  return fmt::format(
      "{} can't be told, such as {} ({}), nor what the best split takes "
      "there{}",
      ComparedText(comparison, count), NameText(*first), first->reason,
      best == comparison.best_times.end() || best->times.reason.empty()
          ? ""
          : ": " + best->times.reason);
}

/// What is missing to decide; empty if nothing is.
std::string LackText(const Comparison& comparison) {
  std::vector<std::string> lacks;
  const auto missing = static_cast<std::size_t>(std::count_if(
      comparison.configurations.begin(), comparison.configurations.end(),
      [](const ComparedConfiguration& c) {
        return c.change == Change::kOnlyInBaseline && !c.left_out;
      }));
  if (missing > 0) {
    lacks.push_back(fmt::format("{} of the baseline missing in the new results",
                                ComparedText(comparison, missing)));
  }
  const auto& all = comparison.configurations;
  const auto first = std::find_if(all.begin(), all.end(), LacksData);
  if (first != all.end()) {
    const auto count = std::count_if(first, all.end(), LacksData);
    lacks.push_back(
        fmt::format("{} can't be told, such as {}: {}",
                    ComparedText(comparison, static_cast<std::size_t>(count)),
                    NameText(*first), first->reason));
  }
  if (std::string lack = LeftOutLack(comparison); !lack.empty()) {
    lacks.push_back(std::move(lack));
  }
  return fmt::format("{}", fmt::join(lacks, "; "));
}

/// Why nothing can be told of anything.
std::string NothingToldText(const Comparison& comparison) {
  const auto first = std::find_if(
      comparison.configurations.begin(), comparison.configurations.end(),
      [](const auto& c) { return c.change == Change::kCannotTell; });
  return fmt::format(
      "nothing can be told of {}{}",
      ComparedText(comparison, comparison.in_common()),
      first == comparison.configurations.end()
          ? ""
          : fmt::format(", such as {}: {}", NameText(*first), first->reason));
}

std::string PassedText(const Comparison& comparison) {
  std::vector<std::string> texts;
  if (comparison.decided() > 0) {
    texts.push_back("no regression in " + DecidedText(comparison));
  }
  if (const std::string bests = DecidedBestsText(comparison); !bests.empty()) {
    texts.push_back("the best split takes no longer in " + bests);
  }
  return fmt::format("{} ({})", fmt::join(texts, ", and "),
                     CountsText(comparison));
}

/// "the best split takes longer in 1 of 6 groups, worst gemm n=256 batch=32:
/// 8×8 -> 8×6 1.12× [1.05, 1.19]".
std::string SlowerBestsText(const Comparison& comparison) {
  std::vector<const BestTime*> slower;
  for (const BestTime& best : comparison.best_times) {
    if (best.times.change == Change::kSlower) slower.push_back(&best);
  }
  const BestTime& worst = **std::max_element(
      slower.begin(), slower.end(), [](const BestTime* a, const BestTime* b) {
        return a->times.ratio < b->times.ratio;
      });
  return fmt::format(
      "the best split takes longer in {} of {}, worst {}: {} {}", slower.size(),
      Counted(comparison.best_times.size(), "group"), GroupText(worst),
      BestsText(worst), ChangeRatioText(worst.times));
}

}  // namespace

Gate MakeGate(GateVerdict verdict, const std::string& why) {
  return {verdict, fmt::format("gate: {}: {}", Name(verdict), OneLine(why))};
}

std::string FailureText(const Comparison& comparison) {
  const std::size_t failed = comparison.Count(Change::kFailed);
  const std::size_t slower = comparison.Count(Change::kSlower);
  std::vector<std::string> counts;
  if (slower > 0) {
    counts.push_back(
        fmt::format("{} of {} {} slower", slower,
                    ComparedText(comparison, comparison.in_common()),
                    slower == 1 ? "is" : "are"));
  }
  if (failed > 0) {
    counts.push_back(
        slower > 0
            ? fmt::format("{} failed", failed)
            : fmt::format("{} of {} failed", failed,
                          ComparedText(comparison, comparison.in_common())));
  }
  std::vector<std::string> texts;
  if (!counts.empty()) {
    const ComparedConfiguration& worst = comparison.configurations.front();
    texts.push_back(fmt::format(
        "{}, worst {} {}", fmt::join(counts, " and "), NameText(worst),
        worst.change == Change::kFailed ? "failed: " + worst.reason
                                        : ChangeRatioText(worst)));
  }
  if (comparison.slower_bests() > 0)
    texts.push_back(SlowerBestsText(comparison));
  return fmt::format("{}", fmt::join(texts, "; "));
}

Gate FindGate(const Comparison& comparison, bool anyway) {
  if (comparison.refused() && !anyway) {
    return MakeGate(GateVerdict::kUndecided, RefusalText(comparison));
  }
  if (!comparison.has_common()) {
    return MakeGate(GateVerdict::kUndecided, NothingInCommonText(comparison));
  }
  if (comparison.regressed()) {
    return MakeGate(GateVerdict::kFailed, FailureText(comparison));
  }
  const std::string lack = LackText(comparison);
  if (!lack.empty()) return MakeGate(GateVerdict::kUndecided, lack);
  if (comparison.decided() == 0 && comparison.decided_bests() == 0) {
    return MakeGate(GateVerdict::kUndecided, NothingToldText(comparison));
  }
  return MakeGate(GateVerdict::kPassed, PassedText(comparison));
}

}  // namespace hybrid
