#include "compare/best_split.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/answer.h"
#include "analysis/group_key.h"
#include "analysis/split_result.h"
#include "key/key.h"
#include "key/key_text.h"
#include "statistics/benjamini_hochberg.h"

namespace hybrid {
namespace {

/// The split that the baseline recommends for a group, where another one is the
/// best in the new results.
struct FormerBest {
  const Answer* answer;       // of the group in the new results
  const SplitResult* result;  // of the split in the new results
};

bool RanksSplit(const Answer& answer, const Split& split) {
  return std::any_of(answer.splits.begin(), answer.splits.end(),
                     [&](const SplitResult& result) {
                       return result.split == split && CanBeRanked(result);
                     });
}

using AnswersByGroup = std::map<Key, std::vector<const Answer*>>;

AnswersByGroup ByGroup(const std::vector<Answer>& answers) {
  AnswersByGroup groups;
  for (const Answer& answer : answers) {
    groups[GroupOf(answer.key)].push_back(&answer);
  }
  return groups;
}

bool OnOneMachine(const GroupKey& a, const GroupKey& b) {
  return a.host == b.host && a.usable_cores == b.usable_cores;
}

/// The only one among `answers` that is `wanted`; nothing if there are several.
template <typename Predicate>
const Answer* OnlyOne(const std::vector<const Answer*>& answers,
                      Predicate wanted) {
  const Answer* found = nullptr;
  for (const Answer* const answer : answers) {
    if (!wanted(answer->key)) continue;
    if (found != nullptr) return nullptr;
    found = answer;
  }
  return found;
}

/// The group in the new results that `answer`, of the baseline, is compared
/// with: the one of the same machine; where there is one machine a side,
/// whatever it is called, that one. Nothing if there is none.
const Answer* PartnerOf(const Answer& answer, const AnswersByGroup& before,
                        const AnswersByGroup& after) {
  const Key group = GroupOf(answer.key);
  const auto place = after.find(group);
  if (place == after.end()) return nullptr;
  const auto same_key = [&](const GroupKey& key) { return key == answer.key; };
  const auto same_machine = [&](const GroupKey& key) {
    return OnOneMachine(key, answer.key);
  };
  const auto any = [](const GroupKey&) { return true; };
  if (const Answer* const found = OnlyOne(place->second, same_key)) {
    return found;
  }
  if (const Answer* const found = OnlyOne(place->second, same_machine)) {
    return found;
  }
  return before.at(group).size() == 1 ? OnlyOne(place->second, any) : nullptr;
}

std::vector<FormerBest> FindFormerBests(const std::vector<Answer>& before,
                                        const std::vector<Answer>& after) {
  const AnswersByGroup old_answers = ByGroup(before);
  const AnswersByGroup answers = ByGroup(after);
  std::vector<FormerBest> former;
  for (const Answer& answer : before) {
    const SplitResult* const used = answer.recommended();
    const Answer* const partner = PartnerOf(answer, old_answers, answers);
    if (used == nullptr || answer.ranked_by_rate || partner == nullptr) {
      continue;
    }
    const Answer& now = *partner;
    if (now.best() == nullptr) continue;
    // A split that the baseline did not measure may always have been the best.
    if (!RanksSplit(answer, now.recommended()->split)) continue;
    for (const SplitResult& result : now.splits) {
      if (result.split == used->split && result.verdict != Verdict::kBest) {
        former.push_back({&now, &result});
      }
    }
  }
  return former;
}

bool IsSlowerBeyondNoise(const FormerBest& former, double adjusted_p,
                         const CompareSettings& settings) {
  const SplitResult& result = *former.result;
  if (result.verdict == Verdict::kCapped ||
      result.verdict == Verdict::kFailed) {
    return true;
  }
  const auto& floor = former.answer->noise_floor;
  const double threshold =
      std::max(settings.threshold, floor ? floor->floor : 0);
  return result.verdict == Verdict::kLoser &&
         result.slowdown.value_or(1) > 1 + threshold &&
         adjusted_p <= settings.alpha;
}

}  // namespace

std::vector<BestSplitChange> FindBestSplitChanges(
    std::span<const Row> baseline, std::span<const Row> now,
    const CompareSettings& settings) {
  const std::vector<Answer> before = FindAnswers(baseline);
  const std::vector<Answer> after = FindAnswers(now);
  const std::vector<FormerBest> former = FindFormerBests(before, after);
  std::vector<double> p_values;
  p_values.reserve(former.size());
  for (const FormerBest& one : former) {
    p_values.push_back(one.result->p_value.value_or(1));
  }
  p_values = BenjaminiHochberg(p_values);
  std::vector<BestSplitChange> changes;
  for (std::size_t i = 0; i < former.size(); ++i) {
    if (!IsSlowerBeyondNoise(former[i], p_values[i], settings)) continue;
    const Answer& answer = *former[i].answer;
    const SplitResult& result = *former[i].result;
    changes.push_back(
        {answer.key, result.split, answer.recommended()->split,
         result.status == PooledStatus::kOk ? result.slowdown : std::nullopt});
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
