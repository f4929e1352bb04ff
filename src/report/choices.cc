#include "report/choices.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "analysis/advice.h"
#include "analysis/gain.h"
#include "analysis/overall.h"
#include "analysis/split_result.h"
#include "base/json.h"
#include "base/text.h"
#include "key/key.h"
#include "key/key_text.h"
#include "operation/operation.h"
#include "report/dimensions.h"

namespace hybrid {
namespace {

/// How many splits get a colour and a shape of their own: as many as theme.js
/// has.
constexpr std::size_t kMostSeries = 8;

bool HasFlops(const Answer& answer) {
  if (IsNominal(answer.key.operation)) return false;
  return std::any_of(
      answer.splits.begin(), answer.splits.end(),
      [](const SplitResult& split) { return split.gflops.value_or(0) > 0; });
}

std::vector<Answer> AnswersOf(const Choice& choice,
                              std::span<const Answer> answers) {
  std::vector<Answer> its_answers;
  for (const std::size_t group : choice.groups) {
    its_answers.push_back(answers[group]);
  }
  return its_answers;
}

/// Whether what was measured is the harness's own cost, which says nothing
/// about a split's worth.
bool IsHarness(const Answer& answer) {
  return ComputesNothing(answer.key.operation);
}

Json HeadlineJson(std::span<const Answer> answers, Trust trust) {
  const Overall overall = FindOverall(answers).front();
  if (overall.recommended() == nullptr || trust == Trust::kNone) return nullptr;
  std::vector<const Answer*> pointers;
  for (const Answer& answer : answers) pointers.push_back(&answer);
  const Advice advice = FewestRules(pointers);
  if (advice.rules.empty()) return nullptr;
  std::vector<std::string> splits;
  std::vector<std::string> rules;
  for (const AdviceRule& rule : advice.rules) {
    splits.push_back(SplitText(rule.split));
    rules.push_back(RuleText(rule, advice));
  }
  return {{"split", fmt::format("{}", fmt::join(splits, ", "))},
          {"text", fmt::format("{}.", fmt::join(rules, "; "))}};
}

/// The splits that matter most, no more than kMostSeries: those fastest or tied
/// most often, and the rules of thumb.
std::vector<Split> Highlighted(std::span<const Answer> answers) {
  std::map<Split, std::size_t> scores;
  for (const Answer& answer : answers) {
    for (const SplitResult& split : answer.splits) {
      std::size_t& score = scores[split.split];
      score +=
          split.verdict == Verdict::kBest || split.verdict == Verdict::kTie;
    }
    for (const Gain& gain : answer.gains) {
      if (gain.split.workers > 1 && gain.split.blas_threads > 1) continue;
      const auto rule = scores.find(gain.split);
      if (rule != scores.end()) ++rule->second;
    }
  }
  std::vector<std::pair<Split, std::size_t>> ranked(scores.begin(),
                                                    scores.end());
  std::stable_sort(
      ranked.begin(), ranked.end(),
      [](const auto& a, const auto& b) { return a.second > b.second; });
  ranked.resize(std::min(ranked.size(), kMostSeries));
  std::vector<Split> splits;
  splits.reserve(ranked.size());
  for (const auto& [split, score] : ranked) splits.push_back(split);
  std::sort(splits.begin(), splits.end());
  return splits;
}

}  // namespace

std::vector<Choice> FindChoices(std::span<const Answer> answers) {
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    auto choice =
        std::find_if(choices.begin(), choices.end(), [&](const Choice& other) {
          return DifferInDetailsAlone(answers[other.groups.front()].key,
                                      answers[i].key);
        });
    if (choice == choices.end()) choice = choices.insert(choice, Choice());
    choice->groups.push_back(i);
    choice->has_flops |= HasFlops(answers[i]);
  }
  // The keys differ in details alone, so that these order them.
  for (Choice& choice : choices) {
    std::sort(choice.groups.begin(), choice.groups.end(),
              [&](std::size_t a, std::size_t b) {
                return answers[a].key < answers[b].key;
              });
    choice.trust = JudgeTrust(AnswersOf(choice, answers));
  }
  std::stable_partition(choices.begin(), choices.end(),
                        [&](const Choice& choice) {
                          return !IsHarness(answers[choice.groups.front()]);
                        });
  return choices;
}

Json ChoiceJson(const Choice& choice, std::span<const Answer> answers) {
  const std::vector<Answer> its_answers = AnswersOf(choice, answers);
  const Answer& first = its_answers.front();
  JsonArray series;
  for (const Split& split : Highlighted(its_answers)) {
    series.emplace_back(SplitText(split));
  }
  return {{"groups", JsonArrayOf(choice.groups)},
          {"headline", HeadlineJson(its_answers, choice.trust.trust)},
          {"note", IsHarness(first)
                       ? "The operation none does nothing: these times are the "
                         "harness's own cost, and no reason to choose a split."
                       : ""},
          {"unit", choice.has_flops ? "GFLOP/s" : "tasks/s"},
          {"series", std::move(series)}};
}

}  // namespace hybrid
