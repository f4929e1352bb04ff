#include "compare/best_split.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/answer.h"
#include "analysis/format_units.h"
#include "key/key_text.h"
#include "statistics/benjamini_hochberg.h"

namespace hybrid {
namespace {

/// One group's old split to use, and what became of it.
struct Rank {
  const Answer* answer;
  const SplitResult* old;
};

/// Whether it was compared at all: what only one side measured is no change.
bool IsRanked(const Answer& answer, const Split& split) {
  return std::any_of(answer.splits.begin(), answer.splits.end(),
                     [&](const SplitResult& result) {
                       return result.split == split && CanBeRanked(result);
                     });
}

std::vector<Rank> FindLosers(const std::vector<Answer>& before,
                             const std::vector<Answer>& after) {
  std::map<Key, const Answer*> answers;
  for (const Answer& answer : after) answers[GroupOf(answer.key)] = &answer;
  std::vector<Rank> ranks;
  for (const Answer& answer : before) {
    const SplitResult* const used = answer.recommended();
    const auto place = answers.find(GroupOf(answer.key));
    if (used == nullptr || answer.ranked_by_rate || place == answers.end() ||
        place->second->best() == nullptr) {
      continue;
    }
    if (!IsRanked(answer, place->second->recommended()->split)) continue;
    for (const SplitResult& split : place->second->splits) {
      if (split.split == used->split && split.verdict != Verdict::kBest) {
        ranks.push_back({place->second, &split});
      }
    }
  }
  return ranks;
}

bool IsBeyond(const Rank& rank, double adjusted_p,
              const CompareSettings& settings) {
  if (rank.old->verdict == Verdict::kCapped ||
      rank.old->verdict == Verdict::kFailed) {
    return true;
  }
  const auto& floor = rank.answer->noise_floor;
  const double threshold =
      std::max(settings.threshold, floor ? floor->floor : 0);
  return rank.old->verdict == Verdict::kLoser &&
         rank.old->slowdown.value_or(1) > 1 + threshold &&
         adjusted_p <= settings.alpha;
}

}  // namespace

std::vector<BestSplitChange> FindBestSplitChanges(
    std::span<const Row> baseline, std::span<const Row> now,
    const CompareSettings& settings) {
  const std::vector<Answer> before = FindAnswers(baseline);
  const std::vector<Answer> after = FindAnswers(now);
  const std::vector<Rank> ranks = FindLosers(before, after);
  std::vector<double> p_values;
  p_values.reserve(ranks.size());
  for (const Rank& rank : ranks) {
    p_values.push_back(rank.old->p_value.value_or(1));
  }
  p_values = BenjaminiHochberg(p_values);
  std::vector<BestSplitChange> changes;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (!IsBeyond(ranks[i], p_values[i], settings)) continue;
    const SplitResult& old = *ranks[i].old;
    changes.push_back(
        {ranks[i].answer->key, old.split, ranks[i].answer->recommended()->split,
         old.status == PooledStatus::kOk ? old.slowdown : std::nullopt});
  }
  return changes;
}

std::string BestSplitText(const BestSplitChange& change) {
  const std::string before = SplitText(change.before);
  const std::string state =
      change.slowdown
          ? fmt::format("{} now {:.2f}× the best", before, *change.slowdown)
          : fmt::format("{} no longer completes", before);
  return fmt::format("best split changed: {}: {} -> {} ({})",
                     KeyText(GroupOf(change.key), KeyStyle::kGroup), before,
                     SplitText(change.now), state);
}

}  // namespace hybrid
