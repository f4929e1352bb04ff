#include "search/statement_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// So many splits that there was no time for are named, the rest counted.
constexpr std::size_t kMostNamed = 6;

/// "0.52 s", "31 s", "4 min", "2.5 h": no more than such a time is worth.
std::string Duration(double seconds) {
  constexpr double kMinute = 60;
  constexpr double kHour = 3600;
  if (seconds < 0.995) return fmt::format("{:.2f} s", seconds);
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  if (seconds < 99.5) return fmt::format("{:.0f} s", seconds);
  if (seconds < 99.5 * kMinute) {
    return fmt::format("{:.0f} min", seconds / kMinute);
  }
  return fmt::format("{:.1f} h", seconds / kHour);
}

std::string Effort(const Statement& statement,
                   const SearchCircumstances& search) {
  if (search.is_grid && statement.Count(SearchOutcome::kUnmeasured) == 0) {
    return Counted(statement.rounds + 1, "round");
  }
  std::string text = fmt::format("{} of {} in {}", statement.measured(),
                                 Counted(statement.splits.size(), "split"),
                                 Duration(search.used_s));
  if (search.all_splits_s) {
    text += fmt::format("; all would take {} (estimated)",
                        Duration(*search.all_splits_s));
  }
  return text;
}

/// "6×4, 3×8 were not run (they could be up to 1.6× faster)".
std::string Unmeasured(const Statement& statement) {
  std::vector<const SearchedSplit*> splits;
  for (const SearchedSplit& split : statement.splits) {
    if (split.outcome == SearchOutcome::kUnmeasured) splits.push_back(&split);
  }
  // The most promising first. Without bounds, as they stand.
  std::stable_sort(splits.begin(), splits.end(),
                   [](const SearchedSplit* a, const SearchedSplit* b) {
                     return a->bound_s.value_or(0) < b->bound_s.value_or(0);
                   });
  std::string text;
  for (std::size_t i = 0; i < std::min(splits.size(), kMostNamed); ++i) {
    if (i > 0) text += ", ";
    text += SplitText(splits[i]->split);
  }
  if (splits.size() > kMostNamed) {
    text += fmt::format(" and {} more", splits.size() - kMostNamed);
  }
  text += splits.size() == 1 ? " was not run" : " were not run";
  const auto best = statement.best ? statement.splits[*statement.best].median_s
                                   : std::nullopt;
  const auto least = splits.front()->bound_s;
  if (!best || !least) return text;
  const std::string_view they = splits.size() == 1 ? "it" : "they";
  // What would be said to be 1.0 times as fast.
  constexpr double kHardly = 1.05;
  if (*best / *least < kHardly) {
    return text + fmt::format(" ({} should not be faster{})", they,
                              *least < *best ? ", or hardly" : "");
  }
  return text + fmt::format(" ({} could be up to {} faster)", they,
                            *best / *least < 9.95
                                ? fmt::format("{:.1f}×", *best / *least)
                                : fmt::format("{:.0f}×", *best / *least));
}

/// ", at least 2.0 times as slow": the least of what was stopped.
std::string AtLeastAsSlow(const Statement& statement) {
  constexpr double kDigits = 10;
  std::optional<double> least;
  for (const SearchedSplit& split : statement.splits) {
    if (split.outcome != SearchOutcome::kStopped || !split.slowdown) continue;
    least = std::min(least.value_or(*split.slowdown), *split.slowdown);
  }
  if (!least) return {};
  // What is exactly twice must not become 1.9 for the last of its bits.
  const double ratio = *least * (1 + 1e-9);
  return ratio < kDigits ? fmt::format(", at least {:.1f} times as slow",
                                       std::floor(kDigits * ratio) / kDigits)
                         : fmt::format(", at least {:.0f} times as slow",
                                       std::floor(ratio));
}

std::string Certainty(const Statement& statement,
                      const SearchCircumstances& search) {
  if (!statement.best) {
    return statement.end == SearchEnd::kOutOfTime
               ? fmt::format("No split is known to be the best: {}",
                             search.out_of_time)
               : "No split is known to be the best: none ended";
  }
  if (!statement.chance && statement.Count(SearchOutcome::kUnmeasured) == 0) {
    return "No chance is given, since no split was launched twice";
  }
  if (!statement.chance) {
    return fmt::format("No chance is given, since {}: {}", search.out_of_time,
                       Unmeasured(statement));
  }
  std::string text = fmt::format(
      "A split more than {:.0f} % faster has been missed with a chance of {} "
      "(estimated)",
      100 * kWorthwhileGain, ChanceText(*statement.chance));
  if (*statement.chance <= kMostChanceMissed) return text;
  text += fmt::format(", more than the {:.0f} % asked for: {}",
                      100 * kMostChanceMissed, WhyNotSurer(statement, search));
  if (!statement.gain_missed) return text;
  return text + fmt::format(". With {:.0f} % it is no more than {} faster",
                            100 * (1 - kMostChanceMissed),
                            ChanceText(*statement.gain_missed));
}

}  // namespace

std::vector<std::string> StatementText(const Statement& statement,
                                       const SearchCircumstances& search) {
  std::vector<std::string> text{Effort(statement, search) + ". " +
                                Certainty(statement, search)};
  std::vector<std::string> others;
  if (const std::size_t count = statement.Count(SearchOutcome::kBound)) {
    others.push_back(fmt::format(
        "not run: {} that 1×1's load and operate times show to be at least "
        "{:.0f} % slower",
        count, 100 * (kBoundSlack - 1)));
  }
  if (const std::size_t count = statement.Count(SearchOutcome::kStopped)) {
    others.push_back(
        fmt::format("stopped: {}{}", count, AtLeastAsSlow(statement)));
  }
  if (const std::size_t count = statement.Count(SearchOutcome::kFailed)) {
    others.push_back(fmt::format("failed: {}", count));
  }
  if (others.empty()) return text;
  text.push_back(fmt::format("{}", fmt::join(others, " · ")));
  return text;
}

std::string ChanceText(double chance) {
  const double percent = 100 * chance;
  if (percent < 0.05) return "less than 0.1 %";
  return percent < 9.95 ? fmt::format("{:.1f} %", percent)
                        : fmt::format("{:.0f} %", percent);
}

std::string WhyNotSurer(const Statement& statement,
                        const SearchCircumstances& search) {
  if (statement.end != SearchEnd::kRoundsUsedUp) return search.out_of_time;
  return search.is_grid ? "more repetitions would tell more"
                        : fmt::format("{} are the most",
                                      Counted(search.most_rounds, "round"));
}

}  // namespace hybrid
