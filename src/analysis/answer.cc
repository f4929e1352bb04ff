#include "analysis/answer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "analysis/break_even.h"
#include "analysis/causes.h"
#include "analysis/engines.h"
#include "analysis/finding.h"
#include "analysis/groups.h"
#include "analysis/pooled_rows.h"
#include "analysis/rule_input.h"
#include "analysis/rules_batch.h"
#include "analysis/rules_cores.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

/// The order of Answer::splits; by the split at last, so that it is certain.
bool RanksBefore(const SplitResult& a, const SplitResult& b) {
  const auto rank = [](const SplitResult& result) {
    return std::tuple(result.status, result.median_s.value_or(0),
                      -result.tasks_per_s.value_or(0), result.split);
  };
  return rank(a) < rank(b);
}

bool HasRate(const SplitResult& result) {
  return result.tasks_per_s.value_or(0) > 0;
}

/// Time per task of `other` over that of `best`: by their medians, or by the
/// rates reached where one was capped.
std::optional<double> Slowdown(const SplitResult& best,
                               const SplitResult& other) {
  if (best.median_s && other.median_s) return *other.median_s / *best.median_s;
  if (!HasRate(best) || !HasRate(other)) return std::nullopt;
  return *best.tasks_per_s / *other.tasks_per_s;
}

/// How `other` stands beside the best, where differences below `floor` mean
/// nothing.
void JudgeAgainst(const SplitResult& best, double floor, SplitResult& other) {
  if (!CanBeRanked(other)) return;
  other.slowdown = Slowdown(best, other);
  // Capped where the best completed, or without a task done: no test can say
  // more of it.
  if (other.status != best.status || !other.slowdown) return;
  const bool completed = best.status == PooledStatus::kOk;
  other.p_value = completed ? WelchOnLogs(best.samples, other.samples)
                            : WelchOnLogs(best.rates, other.rates);
  if (!other.p_value) {
    other.verdict = Verdict::kCannotTell;
    return;
  }
  const bool significant = *other.p_value < kTieProbability;
  const bool beyond_floor = *other.slowdown - 1 > floor;
  if (significant && beyond_floor) {
    other.verdict = Verdict::kLoser;
  } else {
    other.verdict =
        *other.slowdown <= kTieMargin ? Verdict::kTie : Verdict::kTooNoisy;
  }
}

/// What the race of launches says of a split that has a time.
Verdict RaceVerdict(const Statement& statement, const SearchedSplit& searched) {
  if (searched.outcome == SearchOutcome::kBest) return Verdict::kBest;
  // Launched after what the race counts: it knows nothing of it.
  if (!searched.slowdown) return Verdict::kCannotTell;
  if (statement.rounds + 1 < kFewestSamples) return Verdict::kCannotTell;
  if (searched.outcome == SearchOutcome::kTie) return Verdict::kTie;
  return searched.p_value.value_or(0) < kTieProbability ? Verdict::kLoser
                                                        : Verdict::kTooNoisy;
}

/// Gives all that can be ranked the verdict of the race, and puts its leader
/// first. False if that has no time that counts.
bool JudgeByRace(const Statement& statement, std::vector<SplitResult>& splits) {
  if (!statement.best) return false;
  const Split leader = statement.splits[*statement.best].split;
  const auto first = std::find_if(
      splits.begin(), splits.end(),
      [&](const SplitResult& result) { return result.split == leader; });
  if (first == splits.end() || first->status != PooledStatus::kOk) return false;
  std::rotate(splits.begin(), first, first + 1);
  for (const SearchedSplit& searched : statement.splits) {
    const auto result = std::find_if(
        splits.begin(), splits.end(),
        [&](const SplitResult& one) { return one.split == searched.split; });
    if (result == splits.end()) continue;
    if (!result->bound_s) result->bound_s = searched.bound_s;
    if (!CanBeRanked(*result)) continue;
    result->slowdown = Slowdown(splits.front(), *result);
    if (result->status != PooledStatus::kOk) continue;
    result->verdict = RaceVerdict(statement, searched);
    result->p_value = searched.p_value;
    if (searched.slowdown) result->slowdown = searched.slowdown;
  }
  splits.front().slowdown = 1;
  return true;
}

/// What of a bound that is too high can be said without a measurement.
std::optional<Finding> WhyNotRun(const RuleInput& input) {
  const std::optional<double>& bound_s = input.split.bound_s;
  const std::optional<double>& best_s = input.best.median_s;
  if (!bound_s || !best_s || *bound_s <= *best_s) return std::nullopt;
  return CoresIdle(input);
}

/// Why the splits are not the best, and what is against the best itself.
void AddCauses(Answer& answer) {
  SplitResult& best = answer.splits.front();
  const SplitResult* const place = answer.single();
  const SplitResult* const single =
      place != nullptr && CanBeRanked(*place) ? place : nullptr;
  const SplitResult* const one_host = answer.best_of_one_host();
  const auto input = [&](const SplitResult& split) {
    return RuleInput{split,      single,   best,        answer.ceilings,
                     answer.key, one_host, answer.hosts};
  };
  for (SplitResult& split : answer.splits) {
    switch (split.verdict) {
      case Verdict::kLoser:
      case Verdict::kTooNoisy:
      case Verdict::kCapped:
        split.cause = DominantCause(input(split));
        break;
      case Verdict::kTie:
        split.cause = WithinNoise(split, answer.noise_floor);
        break;
      case Verdict::kBest:
        split.cause = StartNotRepaid(input(split));
        break;
      case Verdict::kNotRun:
        split.cause = WhyNotRun(input(split));
        break;
      case Verdict::kCannotTell:
      case Verdict::kDisturbed:
      case Verdict::kFailed:
        break;
    }
  }
  if (single != nullptr && single != &best) {
    answer.break_even = BreakEvenTasks(answer.key, best, *single);
  }
}

/// What can be said of a split without the others.
SplitResult Alone(const Split& split, const std::vector<const Row*>& rows) {
  SplitResult result;
  static_cast<PooledRows&>(result) = PoolRows(rows);
  result.split = split;
  if (result.status == PooledStatus::kCapped) {
    result.verdict = Verdict::kCapped;
  } else if (result.status == PooledStatus::kDisturbed) {
    result.verdict = Verdict::kDisturbed;
    result.cause = Finding{Cause::kDisturbed, 1, NoVerdictText(result)};
  } else if (result.status == PooledStatus::kSkipped) {
    result.verdict = Verdict::kNotRun;
  }
  return result;
}

/// Whether a split went through, though disturbed: then none that was stopped
/// is the best, for it was stopped since it took so much longer.
bool AnyCompleted(const std::vector<SplitResult>& splits) {
  return std::any_of(
      splits.begin(), splits.end(), [](const SplitResult& split) {
        return split.status == PooledStatus::kDisturbed && split.completed > 0;
      });
}

/// Whether what the launches say is of another split than the answer's best,
/// since that split was disturbed or stopped at last.
bool IsOfAnother(const GroupStatement& launched, const Answer& answer) {
  const Statement& statement = launched.statement;
  if (!statement.best) return false;
  const SplitResult* const best = answer.best();
  return best == nullptr ||
         best->split != statement.splits[*statement.best].split;
}

/// Judges the splits, which are in their order.
void JudgeSplits(Answer& answer) {
  auto& splits = answer.splits;
  SplitResult& first = splits.front();
  if (!CanBeRanked(first)) return;
  answer.ranked_by_rate = first.status == PooledStatus::kCapped;
  if (answer.ranked_by_rate && (!HasRate(first) || AnyCompleted(splits))) {
    return;
  }
  if (answer.launched && JudgeByRace(answer.launched->statement, splits)) {
    AddCauses(answer);
    answer.gains = FindGains(answer.key.usable_cores, splits);
    return;
  }
  first.verdict = Verdict::kBest;
  first.slowdown = 1;
  const double floor = answer.noise_floor ? answer.noise_floor->floor : 0;
  for (std::size_t i = 1; i < splits.size(); ++i) {
    JudgeAgainst(first, floor, splits[i]);
  }
  AddCauses(answer);
  answer.gains = FindGains(answer.key.usable_cores, splits);
}

/// Pools, ranks and judges the splits of the answer's group.
void AddSplits(const SplitRows& rows, Answer& answer) {
  for (const auto& [split, split_rows] : rows) {
    answer.splits.push_back(Alone(split, split_rows));
  }
  std::sort(answer.splits.begin(), answer.splits.end(), RanksBefore);
  JudgeSplits(answer);
  if (answer.launched && IsOfAnother(*answer.launched, answer)) {
    answer.launched.reset();
  }
}

/// Of the machine's peak as all rows together know it.
void TellSharesOfPeak(Answer& answer) {
  const std::optional<double>& peak =
      answer.ceilings.peak(answer.key.precision).gflops;
  for (SplitResult& split : answer.splits) {
    std::optional<double>& fraction = split.evidence.peak_fraction;
    if (!peak) fraction.reset();
    if (fraction && split.gflops) {
      fraction =
          *split.gflops / (static_cast<double>(split.split.host_count) * *peak);
    }
  }
}

bool DifferInKernelsAlone(const GroupKey& a, const GroupKey& b) {
  GroupKey same = b;
  same.kernels_asked = a.kernels_asked;
  return a != b && a == same;
}

/// Tells each answer how the same configurations fare with other kernels.
void AddRivals(std::vector<Answer>& answers) {
  for (Answer& answer : answers) {
    const SplitResult* const best = answer.best();
    if (best == nullptr) continue;
    for (const Answer& other : answers) {
      const SplitResult* const rival = other.best();
      if (rival == nullptr || !DifferInKernelsAlone(answer.key, other.key)) {
        continue;
      }
      if (const auto slowdown = Slowdown(*best, *rival)) {
        answer.rivals.push_back(
            {other.key.kernels_asked, rival->kernels, rival->split, *slowdown});
      }
    }
  }
}

}  // namespace

const SplitResult* Answer::Find(const Split& split) const {
  const auto place = std::find_if(
      splits.begin(), splits.end(),
      [&split](const SplitResult& result) { return result.split == split; });
  return place == splits.end() ? nullptr : &*place;
}

const SplitResult* Answer::single() const {
  return Find({1, 1, BaseEngine(splits)});
}

const SplitResult* Answer::best_of_one_host() const {
  const auto place =
      std::find_if(splits.begin(), splits.end(), [](const SplitResult& result) {
        return result.split.host_count == 1 && CanBeRanked(result);
      });
  return place == splits.end() ? nullptr : &*place;
}

const SplitResult* Answer::best() const {
  const bool ranked =
      !splits.empty() && splits.front().verdict == Verdict::kBest;
  return ranked ? &splits.front() : nullptr;
}

std::vector<const SplitResult*> Answer::usable() const {
  std::vector<const SplitResult*> usable;
  for (const SplitResult& split : splits) {
    if (split.verdict == Verdict::kBest || split.verdict == Verdict::kTie) {
      usable.push_back(&split);
    }
  }
  const auto leave_out = [&usable](const auto& is_worse) {
    if (!std::all_of(usable.begin(), usable.end(), is_worse)) {
      std::erase_if(usable, is_worse);
    }
  };
  // Idle threads are better than too many.
  leave_out([](const SplitResult* split) { return split->oversubscribed; });
  leave_out([](const SplitResult* split) { return IsSecondChoice(*split); });
  std::uint64_t fewest = std::numeric_limits<std::uint64_t>::max();
  for (const SplitResult* const split : usable) {
    fewest = std::min(fewest, split->split.host_count);
  }
  leave_out([fewest](const SplitResult* split) {
    return split->split.host_count > fewest;
  });
  return usable;
}

const SplitResult* Answer::recommended() const {
  const std::vector<const SplitResult*> all = usable();
  return all.empty() ? nullptr : all.front();
}

const SplitResult* Answer::worst() const {
  const SplitResult* worst = nullptr;
  for (const SplitResult& split : splits) {
    if (split.verdict != Verdict::kLoser && split.verdict != Verdict::kCapped) {
      continue;
    }
    if (worst == nullptr || Slowness(split) > Slowness(*worst)) worst = &split;
  }
  return worst;
}

std::vector<Answer> FindAnswers(std::span<const Row> rows) {
  // Of the rows that have none of their own, which are few or all.
  std::optional<std::vector<NoiseFloor>> floors;
  std::map<HostAndCores, RecordedCeilings> ceilings;
  for (const Row& row : rows) {
    AddCeilings(row, ceilings[{row.host, row.usable_cores}]);
  }
  for (auto& [machine, known] : ceilings) RefuseImpossiblePeaks(known);
  std::map<std::string, std::vector<RecordedHost>> hosts;
  std::vector<Answer> answers;
  for (const auto& [key, splits] : GroupRows(rows, Family::kHybrid)) {
    Answer& answer = answers.emplace_back();
    answer.key = key;
    answer.launched = FindStatement(key, splits);
    const std::optional<double> floor =
        answer.launched ? LaunchFloor(answer.launched->statement)
                        : std::nullopt;
    if (floor) {
      answer.noise_floor = NoiseFloor{key.host, key.n, *floor};
    } else {
      if (!floors) floors = FindNoiseFloors(rows);
      answer.noise_floor = FloorFor(*floors, key.host, key.n);
    }
    answer.ceilings = ceilings[{key.host, key.usable_cores}];
    const auto [place, is_new] = hosts.try_emplace(key.host);
    if (is_new) place->second = RecordedHostsOf(rows, key.host);
    answer.hosts = place->second;
    AddSplits(splits, answer);
    TellSharesOfPeak(answer);
  }
  AddRivals(answers);
  return answers;
}

}  // namespace hybrid
