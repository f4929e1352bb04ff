#include "analysis/overall.h"

#include <algorithm>
#include <limits>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "analysis/counted_rows.h"
#include "analysis/split_result.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

/// The tally of `split`, which is added if it is new.
SplitTally& TallyOf(const Split& split, std::vector<SplitTally>& tallies) {
  const auto place = std::find_if(
      tallies.begin(), tallies.end(),
      [&split](const SplitTally& tally) { return tally.split == split; });
  if (place != tallies.end()) return *place;
  tallies.emplace_back().split = split;
  return tallies.back();
}

void CountVerdict(const SplitResult& result, SplitTally& tally) {
  if (result.verdict == Verdict::kNotRun) return;
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
    case Verdict::kDisturbed:
    case Verdict::kFailed:
    case Verdict::kNotRun:
      break;
  }
  if (result.status == PooledStatus::kCapped) ++tally.capped;
  if (result.status == PooledStatus::kDisturbed) ++tally.disturbed;
  if (result.status == PooledStatus::kFailed) ++tally.failed;
  if (result.status == PooledStatus::kOk && result.slowdown) {
    tally.slowdown = std::max(tally.slowdown.value_or(0), *result.slowdown);
  }
}

void AddNoiseFloor(const Answer& answer, Overall& machine) {
  if (!answer.noise_floor) return;
  machine.borrowed_floor |= answer.noise_floor->n != answer.key.n;
  const auto same = std::find_if(
      machine.noise_floors.begin(), machine.noise_floors.end(),
      [&](const NoiseFloor& one) { return one.n == answer.noise_floor->n; });
  if (same == machine.noise_floors.end()) {
    machine.noise_floors.push_back(*answer.noise_floor);
  } else {
    same->floor = std::max(same->floor, answer.noise_floor->floor);
  }
}

/// The order of Overall::splits: those of fewer hosts before faster ones, and
/// by the split at last, so that it is certain.
bool SuitsMore(const SplitTally& a, const SplitTally& b) {
  const auto rank = [](const SplitTally& tally) {
    const double slowdown =
        tally.slowdown.value_or(std::numeric_limits<double>::infinity());
    return std::tuple(-static_cast<double>(tally.best_or_tied),
                      tally.capped + tally.failed, tally.split.host_count,
                      slowdown, tally.split);
  };
  return rank(a) < rank(b);
}

}  // namespace

const SplitTally* Overall::recommended() const {
  const auto compared = std::count_if(
      splits.begin(), splits.end(),
      [](const SplitTally& tally) { return tally.disturbed < tally.measured; });
  if (compared < 2 || splits.front().best_or_tied == 0) return nullptr;
  return &splits.front();
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
      machine = machines.emplace(machine);
      machine->host = answer.key.host;
      machine->usable_cores = answer.key.usable_cores;
      machine->ceilings = answer.ceilings;
    }
    AddNoiseFloor(answer, *machine);
    // The harness's own cost says nothing about a split's worth.
    if (ComputesNothing(answer.key.operation)) continue;
    ++machine->groups;
    bool unclear = false;
    for (const SplitResult& result : answer.splits) {
      SplitTally& tally = TallyOf(result.split, machine->splits);
      CountVerdict(result, tally);
      unclear |= result.verdict == Verdict::kCannotTell;
    }
    if (unclear) ++machine->unclear_groups;
  }
  for (Overall& machine : machines) {
    std::sort(machine.splits.begin(), machine.splits.end(), SuitsMore);
  }
  return machines;
}

}  // namespace hybrid
