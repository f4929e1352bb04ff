#include "analysis/overall.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <tuple>
#include <vector>

namespace hybrid {
namespace {

SplitTally& TallyOf(const Split& split, std::vector<SplitTally>& tallies) {
  const auto place =
      std::find_if(tallies.begin(), tallies.end(),
                   [&](const SplitTally& t) { return t.split == split; });
  if (place != tallies.end()) return *place;
  tallies.emplace_back().split = split;
  return tallies.back();
}

void Count(const SplitResult& result, SplitTally& tally) {
  ++tally.measured;
  switch (result.verdict) {
    case Verdict::kBest:
    case Verdict::kTie:
      ++tally.best_or_tied;
      break;
    case Verdict::kCannotTell:
    case Verdict::kTooNoisy:
      ++tally.cannot_tell;
      break;
    case Verdict::kLoser:
    case Verdict::kCapped:
    case Verdict::kFailed:
      break;
  }
  if (result.status == SplitStatus::kCapped) ++tally.capped;
  if (result.status == SplitStatus::kFailed) ++tally.failed;
  if (result.status == SplitStatus::kOk && result.slowdown) {
    tally.slowdown = std::max(tally.slowdown.value_or(0), *result.slowdown);
  }
}

bool RanksBefore(const SplitTally& a, const SplitTally& b) {
  const auto rank = [](const SplitTally& tally) {
    const double slowdown =
        tally.slowdown.value_or(std::numeric_limits<double>::infinity());
    return std::tuple(-static_cast<double>(tally.best_or_tied),
                      tally.capped + tally.failed, slowdown, tally.split);
  };
  return rank(a) < rank(b);
}

}  // namespace

const SplitTally* Overall::recommended() const {
  const bool compared = splits.size() > 1 && splits.front().best_or_tied > 0;
  return compared ? &splits.front() : nullptr;
}

std::vector<Overall> FindOverall(std::span<const Answer> answers) {
  std::vector<Overall> machines;
  for (const Answer& answer : answers) {
    auto machine = std::find_if(
        machines.begin(), machines.end(), [&](const Overall& overall) {
          return overall.host == answer.key.host &&
                 overall.usable_cores == answer.key.usable_cores;
        });
    if (machine == machines.end()) {
      machine = machines.insert(
          machine, {answer.key.host, answer.key.usable_cores, 0, 0, {}});
    }
    // The harness's own cost says nothing about a split's worth.
    if (answer.key.operation == "none") continue;
    ++machine->groups;
    bool unclear = false;
    for (const SplitResult& result : answer.splits) {
      Count(result, TallyOf(result.split, machine->splits));
      unclear |= result.verdict == Verdict::kCannotTell;
    }
    if (unclear) ++machine->unclear_groups;
  }
  for (Overall& machine : machines) {
    std::sort(machine.splits.begin(), machine.splits.end(), RanksBefore);
  }
  return machines;
}

}  // namespace hybrid
