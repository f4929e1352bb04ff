#include "compare/paired.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "compare/aligned_keys.h"
#include "compare/benchmark_sides.h"
#include "compare/bimodal.h"
#include "compare/conditions.h"
#include "compare/judge_all.h"
#include "statistics/benjamini_hochberg.h"
#include "statistics/sign_flip.h"

namespace hybrid {
namespace {

/// In so large a share of its pairs two sides that jump by chance are on
/// different levels; if they hardly ever are, the machine jumps, and pairs
/// don't see it.
constexpr double kFewestApart = 0.1;

/// Why it can't be told yet, and what more it would take.
std::string OpenText(const WeighedPairs& paired) {
  const auto& more = paired.more_rounds;
  return fmt::format("{}: {}", Counted(paired.evidence.pairs, "pair"),
                     more ? fmt::format("an estimated {} more would tell",
                                        Counted(*more, "round"))
                          : "too noisy for any number of rounds to tell");
}

/// Forgets the modes of what doesn't jump by chance, but with the machine.
void KeepModesOfChance(const Pairs& pairs, ComparedConfiguration& c) {
  if (!c.modes) return;
  const double boundary = c.modes->boundary;
  const auto apart = static_cast<double>(
      std::count_if(pairs.begin(), pairs.end(), [boundary](const Pair& pair) {
        return (pair.baseline_s < boundary) != (pair.now_s < boundary);
      }));
  if (apart < kFewestApart * static_cast<double>(pairs.size())) {
    c.modes.reset();
  }
}

/// The verdict, where one difference takes `fewest` rounds to be told.
void JudgePaired(const CompareSettings& settings, std::size_t fewest,
                 ComparedConfiguration& c) {
  const PairedEvidence& evidence = c.paired->evidence;
  const bool tells_one = evidence.pairs >= fewest;
  const TimeConditions conditions = FindPairConditions(settings, c);
  const TimesVerdict verdict = VerdictOf(conditions);
  c.change = Change::kCannotTell;
  c.reason.clear();
  c.lacks_repetitions = c.lacks_runs = c.left_out = false;
  if (verdict.differs()) {
    c.change = evidence.center > 0 ? Change::kSlower : Change::kFaster;
    if (c.paired->hides_fastest) {
      c.reason = "by the median batches; the fastest tell less of it";
    }
  } else if (verdict.same()) {
    c.change = Change::kSame;
  } else if (c.modes && !settings.judge_bimodal && tells_one) {
    // More rounds would only show again that it jumps.
    c.reason = fmt::format("{}, by chance", ModesText(c));
  } else {
    c.is_open = !tells_one || c.paired->more_rounds;
    c.reason = OpenText(*c.paired);
    c.lacks_repetitions = !tells_one;
  }
}

bool EndedOnBothSides(const ComparedConfiguration& c) {
  const auto ended = [](const ComparedSide& side) {
    return side.status == PooledStatus::kOk ||
           side.status == PooledStatus::kCapped ||
           side.status == PooledStatus::kDisturbed;
  };
  return ended(c.baseline) && ended(c.now);
}

/// What pairs by that time say; nothing where they say nothing.
std::optional<WeighedPairs> Weigh(PairTime time, Pairs pairs,
                                  const Looks& looks) {
  const std::vector<double> ratios = LogRatios(pairs);
  const auto evidence = WeighPairs(ratios, looks);
  constexpr double kShownLevel = 0.05;
  const auto interval = CenterInterval(ratios, kShownLevel);
  const auto sure = CenterInterval(ratios, looks.alpha_of_one());
  if (!evidence || !interval || !sure) return std::nullopt;
  return WeighedPairs{time, std::move(pairs), *evidence, *interval, *sure,
                      looks};
}

/// What the pairs say by the time that decides: the fastest, which scatters
/// least, unless the median speaks against it more clearly. The p-value is then
/// of two tests.
std::optional<WeighedPairs> Weigh(const PairsByTime& pairs,
                                  const Looks& looks) {
  auto by_median = Weigh(PairTime::kMedian, pairs.median, looks);
  if (pairs.fastest == pairs.median) return by_median;
  auto by_fastest = Weigh(PairTime::kFastest, pairs.fastest, looks);
  if (!by_fastest || !by_median) return std::nullopt;
  const double p_median = by_median->evidence.p_differs;
  const bool takes_median =
      p_median <= looks.alpha && p_median < by_fastest->evidence.p_differs;
  by_median->hides_fastest = true;
  auto& taken = takes_median ? by_median : by_fastest;
  taken->evidence.p_differs = std::min(
      1.0, static_cast<double>(kPairTimes) * taken->evidence.p_differs);
  return std::move(taken);
}

/// Gives the verdicts anew, by the pairs of what `id_of` gives of a
/// configuration.
template <typename Id, typename IdOf>
void JudgeInPairs(const std::map<Id, PairsByTime>& pairs, const IdOf& id_of,
                  const Looks& looks, Comparison& comparison) {
  std::vector<ComparedConfiguration*> weighed;
  std::vector<double> p_values;
  for (ComparedConfiguration& c : comparison.configurations) {
    if (!EndedOnBothSides(c)) continue;
    const auto its_pairs = pairs.find(id_of(c));
    if (its_pairs != pairs.end()) c.paired = Weigh(its_pairs->second, looks);
    if (!c.paired) {
      c.is_open = c.change == Change::kCannotTell;
      continue;
    }
    weighed.push_back(&c);
    p_values.push_back(c.paired->evidence.p_differs);
  }
  const std::vector<double> adjusted = BenjaminiHochberg(p_values);
  const std::size_t tests = kPairTimes * weighed.size();
  comparison.tests = weighed.size();
  comparison.needed = looks.FewestRounds(tests);
  for (std::size_t i = 0; i < weighed.size(); ++i) {
    ComparedConfiguration& c = *weighed[i];
    c.ratio = std::exp(c.paired->evidence.center);
    c.interval = Interval{std::exp(c.paired->interval.low),
                          std::exp(c.paired->interval.high)};
    c.p_value = p_values[i];
    c.adjusted_p = adjusted[i];
    c.floor.reset();
    c.threshold = comparison.settings.threshold;
    KeepModesOfChance(pairs.at(id_of(c)).median, c);
    c.paired->more_rounds =
        MoreRounds(c.paired->evidence, c.paired->look_interval, looks, tests);
    JudgePaired(comparison.settings, comparison.needed, c);
  }
  // Those of groups are not of pairs, and say no more than these.
  comparison.best_times.clear();
  SortWorstFirst(comparison.configurations);
}

std::vector<Row> AllRows(RowRounds rounds) {
  std::vector<Row> all;
  for (const std::vector<Row>& rows : rounds) {
    all.insert(all.end(), rows.begin(), rows.end());
  }
  return all;
}

/// What differs on purpose, and that other libraries or kernels come with it.
void AddPurpose(const std::vector<Difference>& purpose,
                std::vector<Difference>& differences) {
  if (purpose.empty()) return;
  for (Difference& difference : differences) {
    if (difference.weight == Weight::kRefused) {
      difference.weight = Weight::kNote;
    }
  }
  differences.insert(differences.begin(), purpose.begin(), purpose.end());
  SortByWeight(differences);
}

}  // namespace

Comparison CompareInPairs(RowRounds baseline, RowRounds now,
                          const CompareSettings& settings, const Looks& looks) {
  const KeyAlignment alignment(baseline, now);
  std::vector<std::vector<Row>> aligned(baseline.begin(), baseline.end());
  for (std::vector<Row>& rows : aligned) {
    for (Row& row : rows) static_cast<Key&>(row) = alignment.Apply(row);
  }
  Comparison comparison = Compare(AllRows(aligned), AllRows(now), settings);
  AddPurpose(alignment.differences(), comparison.differences);
  comparison.baseline.rounds = comparison.now.rounds = now.size();
  JudgeInPairs(
      PairRows(aligned, now), [](const auto& c) -> const Key& { return c.key; },
      looks, comparison);
  return comparison;
}

Comparison CompareBenchmarksInPairs(std::span<const BenchmarkRun> baseline,
                                    std::span<const BenchmarkRun> now,
                                    const CompareSettings& settings,
                                    const Looks& looks) {
  Comparison comparison = CompareBenchmarks(baseline, now, settings);
  comparison.baseline.rounds = comparison.now.rounds = now.size();
  JudgeInPairs(
      PairBenchmarks(baseline, now),
      [](const auto& c) -> const std::string& { return c.name; }, looks,
      comparison);
  return comparison;
}

}  // namespace hybrid
