#include "analysis/engines.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "analysis/advice.h"
#include "analysis/finding.h"
#include "analysis/format_units.h"
#include "analysis/split_result.h"
#include "blas/blas_calls.h"
#include "blas/blas_files.h"
#include "blas/library_table.h"

namespace hybrid {
namespace {

/// How one engine fares over the groups of a way.
struct Tally {
  Engine engine = Engine::kProcesses;
  std::size_t groups = 0;  ///< in which it was ranked
  std::size_t fast = 0;    ///< in which it is the fastest or ties with it
  std::size_t lost = 0;    ///< in which it is slower beyond noise
  /// Its best split's time over the best of all, where it lost.
  double least = std::numeric_limits<double>::infinity();
  double most = 0;
  /// The best split of the group where it lost most; of none, of one group.
  const SplitResult* split = nullptr;
  const Answer* answer = nullptr;
};

/// The best split of `engine` in `answer`; null if none could be ranked.
const SplitResult* BestOf(Engine engine, const Answer& answer) {
  const auto best = std::find_if(
      answer.splits.begin(), answer.splits.end(), [&](const SplitResult& one) {
        return one.split.engine == engine && CanBeRanked(one);
      });
  return best == answer.splits.end() ? nullptr : &*best;
}

Tally Count(Engine engine, std::span<const Answer* const> answers) {
  Tally tally{.engine = engine};
  for (const Answer* const answer : answers) {
    const SplitResult* const split = BestOf(engine, *answer);
    if (answer->best() == nullptr || split == nullptr) continue;
    ++tally.groups;
    const bool fast =
        split->verdict == Verdict::kBest || split->verdict == Verdict::kTie;
    tally.fast += fast;
    const bool lost =
        split->verdict == Verdict::kLoser || split->verdict == Verdict::kCapped;
    if (lost) {
      ++tally.lost;
      tally.least = std::min(tally.least, Slowness(*split));
    }
    if (tally.split == nullptr || (lost && Slowness(*split) > tally.most)) {
      tally.split = split;
      tally.answer = answer;
    }
    if (lost) tally.most = std::max(tally.most, Slowness(*split));
  }
  return tally;
}

std::string TimesText(const Tally& tally, WithCauses causes) {
  const std::string least = FormatRatio(tally.least);
  const std::string most = FormatRatio(tally.most);
  std::string text =
      fmt::format("{}{} the time", least == most ? "" : least + " to ", most);
  const std::optional<Finding>& cause = tally.split->cause;
  if (causes == WithCauses::kYes && cause && cause->cause != Cause::kUnknown) {
    // Its name alone: the evidence stands in --why beside the split.
    text += ", since: " + cause->text.substr(0, cause->text.find(": "));
  }
  return text;
}

/// What the best engine is the best in.
std::string LeadText(const Tally& lead) {
  if (lead.groups == 1) return SplitWords(lead.split->split) + " is fastest";
  return fmt::format("{} fastest or tied in {} of {} groups",
                     EngineText(*lead.split, *lead.answer), lead.fast,
                     lead.groups);
}

std::string OtherText(const Tally& tally, WithCauses causes) {
  const std::string name = EngineText(*tally.split, *tally.answer);
  const bool plural = tally.engine != Engine::kBatched;
  const char* const tie = plural ? "tie" : "ties";
  const char* const take = plural ? "take" : "takes";
  if (tally.lost == 0 && tally.fast == 0) return name + ": not told from noise";
  if (tally.lost == 0) return fmt::format("{} {}", name, tie);
  if (tally.fast == 0) {
    return fmt::format("{} {} {}", name, take, TimesText(tally, causes));
  }
  return fmt::format("{} {} in {}, else {} {}", name, tie, tally.fast, take,
                     TimesText(tally, causes));
}

}  // namespace

std::string EnginesText(std::span<const Answer* const> answers,
                        WithCauses causes) {
  std::vector<Tally> tallies;
  for (const Engine engine :
       {Engine::kProcesses, Engine::kThreads, Engine::kBatched}) {
    const Tally tally = Count(engine, answers);
    if (tally.groups > 0) tallies.push_back(tally);
  }
  if (tallies.size() < 2) return {};
  std::stable_sort(
      tallies.begin(), tallies.end(), [](const Tally& a, const Tally& b) {
        return a.fast != b.fast ? a.fast > b.fast : a.most < b.most;
      });
  // Of those that tie in one group the fastest is named first.
  if (answers.size() == 1) {
    const Engine best = answers.front()->best()->split.engine;
    std::stable_partition(
        tallies.begin(), tallies.end(),
        [best](const Tally& tally) { return tally.engine == best; });
  }
  std::vector<std::string> parts{LeadText(tallies.front())};
  for (auto other = tallies.begin() + 1; other != tallies.end(); ++other) {
    parts.push_back(OtherText(*other, causes));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string EngineText(const SplitResult& split, const Answer& answer) {
  const Engine engine = split.split.engine;
  if (engine != Engine::kBatched || split.batched_call.empty()) {
    return std::string(Name(engine));
  }
  if (split.batched_call == kGemmLoop) {
    return fmt::format("{} (a {})", Name(engine), kGemmLoop);
  }
  const std::string_view family = FamilyOf(answer.key.blas);
  return family.empty()
             ? fmt::format("{} ({})", Name(engine), split.batched_call)
             : fmt::format("{}'s batched call ({})", FamilyNamed(family).title,
                           split.batched_call);
}

Engine BaseEngine(std::span<const SplitResult> splits) {
  const bool processes =
      std::any_of(splits.begin(), splits.end(), [](const SplitResult& result) {
        return result.split.engine == Engine::kProcesses;
      });
  return processes || splits.empty() ? Engine::kProcesses
                                     : splits.front().split.engine;
}

}  // namespace hybrid
