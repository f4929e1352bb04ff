#include "analysis/advice.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "key/key_text.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

using AnswerList = std::vector<const Answer*>;

/// An axis that rules may bound.
using AxisOf = std::uint64_t GroupKey::*;
constexpr AxisOf kOrder = static_cast<AxisOf>(&GroupKey::n);
constexpr AxisOf kBatch = static_cast<AxisOf>(&GroupKey::batch);

std::vector<std::uint64_t> ValuesOf(const AnswerList& groups, AxisOf axis) {
  std::set<std::uint64_t> values;
  for (const Answer* group : groups) values.insert(group->key.*axis);
  return {values.begin(), values.end()};
}

AnswerList Within(const AnswerList& groups, AxisOf axis,
                  const MeasuredRange& range) {
  AnswerList within;
  for (const Answer* group : groups) {
    if (range.Holds(group->key.*axis)) within.push_back(group);
  }
  return within;
}

/// The split that all `groups` allow with the least slowdown at worst.
std::optional<Split> CommonSplit(const AnswerList& groups) {
  struct Candidate {
    std::size_t groups = 0;
    double worst = 1;
  };
  std::map<Split, Candidate> candidates;
  for (const Answer* group : groups) {
    for (const SplitResult* split : group->usable()) {
      Candidate& candidate = candidates[split->split];
      ++candidate.groups;
      candidate.worst = std::max(candidate.worst, split->slowdown.value_or(1));
    }
  }
  std::optional<Split> common;
  double least = std::numeric_limits<double>::infinity();
  for (const auto& [split, candidate] : candidates) {
    if (candidate.groups < groups.size() || candidate.worst >= least) continue;
    least = candidate.worst;
    common = split;
  }
  return common;
}

using Rules = std::vector<AdviceRule>;

MeasuredRange RangeOf(const AnswerList& groups, AxisOf axis) {
  const std::vector<std::uint64_t> values = ValuesOf(groups, axis);
  return {values.front(), values.back()};
}

AdviceRule MakeRule(const Split& split, const AnswerList& groups) {
  return {split, RangeOf(groups, kOrder), RangeOf(groups, kBatch), groups};
}

/// The fewest ranges of `axis` whose groups have a split in common. Taking as
/// many values as possible into each range is optimal, since what has a split
/// in common has it in each part too. Nothing if one value has none.
std::optional<Rules> RangesOf(const AnswerList& groups, AxisOf axis) {
  const std::vector<std::uint64_t> values = ValuesOf(groups, axis);
  Rules rules;
  for (std::size_t first = 0; first < values.size();) {
    std::optional<AdviceRule> longest;
    std::size_t end = first;
    for (std::size_t last = first; last < values.size(); ++last) {
      const AnswerList within =
          Within(groups, axis, {values[first], values[last]});
      const std::optional<Split> common = CommonSplit(within);
      if (!common) break;
      longest = MakeRule(*common, within);
      end = last + 1;
    }
    if (!longest) return std::nullopt;
    rules.push_back(std::move(*longest));
    first = end;
  }
  return rules;
}

/// The fewest rules that are ranges of `outer`, each cut into ranges of
/// `inner`.
Rules NestedRanges(const AnswerList& groups, AxisOf outer, AxisOf inner) {
  const std::vector<std::uint64_t> values = ValuesOf(groups, outer);
  // The best rules for the first values, by their number.
  std::vector<std::optional<Rules>> best(values.size() + 1);
  best[0] = Rules();
  for (std::size_t end = 1; end <= values.size(); ++end) {
    for (std::size_t first = 0; first < end; ++first) {
      const std::optional<Rules> last = RangesOf(
          Within(groups, outer, {values[first], values[end - 1]}), inner);
      if (!last || !best[first]) continue;
      if (best[end] && best[end]->size() <= best[first]->size() + last->size())
        continue;
      Rules all = *best[first];
      all.insert(all.end(), last->begin(), last->end());
      best[end] = std::move(all);
    }
  }
  return best.back().value_or(Rules());
}

std::string BoundsText(const char* name, const MeasuredRange& range,
                       const MeasuredRange& all) {
  if (range == all) return {};
  if (range.low == all.low) return fmt::format("{} ≤ {}", name, range.high);
  if (range.high == all.high) return fmt::format("{} ≥ {}", name, range.low);
  if (range.low == range.high) return fmt::format("{} = {}", name, range.low);
  return fmt::format("{} ≤ {} ≤ {}", range.low, name, range.high);
}

}  // namespace

const SplitResult* PossiblyBest(const Answer& answer, const Answer& rival) {
  const SplitResult* const best = rival.best();
  const auto split = std::find_if(
      answer.splits.begin(), answer.splits.end(), [&](const SplitResult& one) {
        return one.verdict == Verdict::kDisturbed &&
               (best == nullptr || !best->median_s || !one.fastest_s ||
                *one.fastest_s <= *best->median_s);
      });
  return split == answer.splits.end() ? nullptr : &*split;
}

bool HasChoice(const Answer& answer) {
  const auto compared =
      std::count_if(answer.splits.begin(), answer.splits.end(), CanBeRanked);
  return answer.best() != nullptr && compared > 1 &&
         !ComputesNothing(answer.key.operation);
}

Advice FewestRules(std::span<const Answer* const> answers) {
  Advice advice;
  AnswerList ranked;
  for (const Answer* answer : answers) {
    const bool doubted = PossiblyBest(*answer, *answer) != nullptr;
    AnswerList& list = doubted              ? advice.doubted
                       : HasChoice(*answer) ? ranked
                                            : advice.unranked;
    list.push_back(answer);
  }
  if (ranked.empty()) return advice;
  advice.rules = NestedRanges(ranked, kOrder, kBatch);
  Rules by_batch = NestedRanges(ranked, kBatch, kOrder);
  if (by_batch.size() < advice.rules.size()) advice.rules = std::move(by_batch);
  std::stable_sort(advice.rules.begin(), advice.rules.end(),
                   [](const AdviceRule& a, const AdviceRule& b) {
                     return std::tie(a.n.low, a.batch.low) <
                            std::tie(b.n.low, b.batch.low);
                   });
  return advice;
}

std::string WhereText(const AdviceRule& rule, const Advice& advice) {
  AnswerList all;
  for (const AdviceRule& one : advice.rules) {
    all.insert(all.end(), one.groups.begin(), one.groups.end());
  }
  const std::string n = BoundsText("n", rule.n, RangeOf(all, kOrder));
  const std::string batch =
      BoundsText("batch", rule.batch, RangeOf(all, kBatch));
  return n.empty() || batch.empty() ? n + batch : n + ", " + batch;
}

namespace {

/// What a host does of a split.
std::string WordsOfOneHost(const Split& split) {
  const std::string threads = Counted(split.blas_threads, "BLAS thread");
  switch (split.engine) {
    case Engine::kProcesses:
      break;
    case Engine::kThreads:
      return fmt::format("{} of one process × {}",
                         Counted(split.workers, "thread"), threads);
    case Engine::kBatched:
      return fmt::format("one batched call × {}", threads);
  }
  return fmt::format("{} × {}",
                     split.workers == 1
                         ? std::string("1 process")
                         : fmt::format("{} processes", split.workers),
                     threads);
}

}  // namespace

std::string SplitWords(const Split& split) {
  const std::string words = WordsOfOneHost(split);
  return split.host_count == 1
             ? words
             : fmt::format("{} on each of {} hosts", words, split.host_count);
}

std::string RuleText(const AdviceRule& rule, const Advice& advice) {
  const std::string where = WhereText(rule, advice);
  const std::string groups =
      rule.groups.size() == 1
          ? std::string("its group")
          : fmt::format("all {} groups", rule.groups.size());
  // How many hosts the split has told.
  const char* const each = rule.split.host_count == 1 ? "" : " each";
  return fmt::format("{}{}{} ({}{}), fastest or tied in {}", where,
                     where.empty() ? "" : ": ", SplitText(rule.split),
                     WordsOfOneHost(rule.split), each, groups);
}

}  // namespace hybrid
