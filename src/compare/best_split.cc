#include "compare/best_split.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
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

std::vector<FormerBest> FindFormerBests(
    std::span<const GroupPartners> partners) {
  std::vector<FormerBest> former;
  for (const GroupPartners& group : partners) {
    const Answer& answer = *group.baseline;
    const Answer& now = *group.now;
    const SplitResult* const used = answer.recommended();
    if (used == nullptr || answer.ranked_by_rate || now.best() == nullptr) {
      continue;
    }
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
  if (result.verdict == Verdict::kFailed) return true;
  if (result.verdict == Verdict::kCapped) {
    // One launch that was stopped is no more than that.
    return !former.answer->launched && !former.answer->best()->launched_anew;
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
    std::span<const GroupPartners> groups, const CompareSettings& settings) {
  const std::vector<FormerBest> former = FindFormerBests(groups);
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
