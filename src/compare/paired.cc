#include "compare/paired.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/disturbance.h"
#include "analysis/evidence.h"
#include "analysis/format_units.h"
#include "base/text.h"
#include "compare/bimodal.h"
#include "compare/judge_all.h"
#include "compare/key_rows.h"
#include "statistics/benjamini_hochberg.h"
#include "statistics/sign_flip.h"

namespace hybrid {
namespace {

/// The runs of a side by the order in which they stand, from 0 on.
std::map<std::string, std::size_t> RunOrder(std::span<const Row> rows) {
  std::map<std::string, std::size_t> order;
  for (const Row& row : rows) order.try_emplace(row.run_id, order.size());
  return order;
}

/// The last attempt of one configuration at each round.
using Rounds = std::map<std::size_t, const Row*>;

std::map<Key, Rounds> RoundsOf(std::span<const Row> rows) {
  const std::map<std::string, std::size_t> order = RunOrder(rows);
  std::map<Key, Rounds> all;
  for (const auto& [key, its_rows] : GroupByKey(rows)) {
    for (const Row* const row : its_rows) {
      all[key][order.at(row->run_id)] = row;
    }
  }
  return all;
}

bool IsDisturbed(const Row& row) {
  return FindDisturbance(std::span(&row, 1)).any();
}

bool HasEnded(const Row& row) {
  return row.status == Status::kOk || row.status == Status::kCapped;
}

/// The logarithm of the ratio, or a bound that is on the same side of 0.
std::optional<double> LogRatio(const Row& before, const Row& after) {
  if (!HasEnded(before) || !HasEnded(after) || !HasTime(before) ||
      !HasTime(after)) {
    return std::nullopt;
  }
  const double ratio = std::log(*after.wall_s / *before.wall_s);
  const bool before_capped = before.status == Status::kCapped;
  const bool after_capped = after.status == Status::kCapped;
  if (before_capped && after_capped) return std::nullopt;
  if (before_capped && ratio > 0) return std::nullopt;
  if (after_capped && ratio < 0) return std::nullopt;
  return ratio;
}

Pairs PairUp(const Rounds& before, const Rounds& after) {
  Pairs pairs;
  for (const auto& [round, row] : before) {
    const auto partner = after.find(round);
    if (partner == after.end()) continue;
    const auto ratio = LogRatio(*row, *partner->second);
    if (!ratio) continue;
    if (IsDisturbed(*row) || IsDisturbed(*partner->second)) {
      ++pairs.disturbed;
    } else {
      pairs.log_ratios.push_back(*ratio);
    }
  }
  return pairs;
}

/// A configuration whose pairs decide, with what they say.
struct Paired {
  ComparedConfiguration* compared;
  PairedEvidence evidence;
  Interval interval;  ///< of the logarithms
};

/// Why it can't be told yet, and what more it would take.
std::string OpenText(const Paired& paired, const Looks& looks,
                     std::size_t tests) {
  const auto more = MoreRounds(paired.evidence, paired.interval, looks, tests);
  return fmt::format("{}: {}", Counted(paired.evidence.pairs, "pair"),
                     more ? fmt::format("an estimated {} more would tell",
                                        Counted(*more, "round"))
                          : "too noisy for any number of rounds to tell");
}

void JudgePaired(const Paired& paired, const CompareSettings& settings,
                 const Looks& looks, std::size_t tests) {
  ComparedConfiguration& c = *paired.compared;
  const double center = paired.evidence.center;
  c.change = Change::kCannotTell;
  c.reason.clear();
  c.lacks_repetitions = c.lacks_runs = c.left_out = false;
  const bool differs = *c.adjusted_p <= looks.alpha_of_one() &&
                       std::abs(center) > std::log1p(settings.threshold);
  if (differs && c.modes && !settings.judge_bimodal) {
    c.reason = fmt::format("{}, by chance", ModesText(c));
  } else if (differs) {
    c.change = center > 0 ? Change::kSlower : Change::kFaster;
  } else if (paired.evidence.p_same <= looks.alpha) {
    c.change = Change::kSame;
  } else {
    c.reason = OpenText(paired, looks, tests);
    c.lacks_repetitions = paired.evidence.pairs < looks.FewestRounds(tests);
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

/// Those of `all` that have pairs, with what these say.
std::vector<Paired> WeighAll(const std::map<Key, Pairs>& pairs,
                             const Looks& looks,
                             std::vector<ComparedConfiguration>& all) {
  std::vector<Paired> weighed;
  for (ComparedConfiguration& c : all) {
    if (!EndedOnBothSides(c)) continue;
    const auto its_pairs = pairs.find(c.key);
    if (its_pairs == pairs.end()) continue;
    const std::vector<double>& log_ratios = its_pairs->second.log_ratios;
    const auto evidence = WeighPairs(log_ratios, looks);
    const auto interval = CenterInterval(log_ratios, looks.alpha_of_one());
    if (!evidence || !interval) continue;
    weighed.push_back({&c, *evidence, *interval});
  }
  return weighed;
}

}  // namespace

std::map<Key, Pairs> PairRows(std::span<const Row> baseline,
                              std::span<const Row> now) {
  const std::map<Key, Rounds> before = RoundsOf(baseline);
  const std::map<Key, Rounds> after = RoundsOf(now);
  std::map<Key, Pairs> pairs;
  for (const auto& [key, rounds] : before) {
    const auto partner = after.find(key);
    if (partner != after.end()) pairs[key] = PairUp(rounds, partner->second);
  }
  return pairs;
}

Comparison CompareInPairs(std::span<const Row> baseline,
                          std::span<const Row> now,
                          const CompareSettings& settings, const Looks& looks) {
  Comparison comparison = Compare(baseline, now, settings);
  const std::map<Key, Pairs> pairs = PairRows(baseline, now);
  const std::vector<Paired> weighed =
      WeighAll(pairs, looks, comparison.configurations);
  std::vector<double> p_values;
  p_values.reserve(weighed.size());
  for (const Paired& paired : weighed) {
    p_values.push_back(paired.evidence.p_differs);
  }
  const std::vector<double> adjusted = BenjaminiHochberg(p_values);
  for (std::size_t i = 0; i < weighed.size(); ++i) {
    ComparedConfiguration& c = *weighed[i].compared;
    c.ratio = std::exp(weighed[i].evidence.center);
    c.interval = Interval{std::exp(weighed[i].interval.low),
                          std::exp(weighed[i].interval.high)};
    c.p_value = p_values[i];
    c.adjusted_p = adjusted[i];
    c.floor.reset();
    c.threshold = settings.threshold;
    JudgePaired(weighed[i], settings, looks, weighed.size());
  }
  // Those of groups are not of pairs, and say no more than these.
  comparison.best_times.clear();
  comparison.tests = weighed.size();
  comparison.needed = looks.FewestRounds(weighed.size());
  SortWorstFirst(comparison.configurations);
  return comparison;
}

bool IsOpen(const ComparedConfiguration& compared) {
  return compared.change == Change::kCannotTell && EndedOnBothSides(compared) &&
         !(compared.modes && compared.reason.starts_with(ModesText(compared)));
}

}  // namespace hybrid
