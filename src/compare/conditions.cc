#include "compare/conditions.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "compare/pairs.h"
#include "statistics/mann_whitney.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

/// With fewer samples a side the interval is too short to call two sides the
/// same: with 5, the range itself covers the median in 94 % of cases.
constexpr std::size_t kFewestForSame = 5;
/// The part of an interval's length by which it must be clear of 1.
constexpr double kClear = 0.25;
/// An interval that reaches further than this says that next to nothing is
/// known, whatever its middle.
constexpr double kBlind = 0.25;
/// So many standard deviations of runs are left to chance.
constexpr double kRunDeviations = 3;
/// What all configurations share is taken for the machine's up to this ratio,
/// which is as far as machines were seen to drift within minutes.
constexpr double kMostDrift = 1.15;
/// The part of the medians' change that the fastest repetitions must show; not
/// all of it, since the fastest of a few repetitions scatters, too.
constexpr double kFastestPart = 0.4;

/// Medians further apart than this are not called the same for a noise floor's
/// sake alone, just as they are no tie in the answer (kTieMargin).
constexpr double kFarApart = 0.10;

bool SameDirection(double a, double b) { return (a > 1) == (b > 1); }

/// How far a ratio is from 1, in either direction.
double Distance(double ratio) { return std::abs(std::log(ratio)); }

/// How far `ratio` is from 1 in the direction of that of `c`; negative if it is
/// on the other side.
double DistanceAlong(const ComparedConfiguration& c, double ratio) {
  return SameDirection(ratio, *c.ratio) ? Distance(ratio) : -Distance(ratio);
}

/// The rule applied to numbers that are known.
Condition Apply(Rule rule, double value, double limit) {
  Condition condition{rule, value, limit, false};
  switch (TraitsOf(rule).relation) {
    case Relation::kAbove:
      condition.met = value > limit;
      break;
    case Relation::kAtLeast:
      condition.met = value >= limit;
      break;
    case Relation::kAtMost:
      condition.met = value <= limit;
      break;
  }
  return condition;
}

Condition BeyondThreshold(const ComparedConfiguration& c) {
  return Apply(Rule::kBeyondThreshold, Distance(*c.ratio),
               std::log1p(c.threshold));
}

/// Whether chance alone would hardly make the times differ as much.
Condition BeyondChance(const Jury& jury, const ComparedConfiguration& c) {
  if (!c.adjusted_p) {
    return {Rule::kBeyondChance, std::nullopt, jury.settings.alpha, false};
  }
  return Apply(Rule::kBeyondChance, *c.adjusted_p, jury.settings.alpha);
}

/// Whether the interval, without what `shared` explains, is far enough from 1:
/// a quarter of its length, because percentile intervals of the medians of few
/// samples are too short; and half the asked threshold.
Condition IntervalClear(Rule rule, const Jury& jury,
                        const ComparedConfiguration& c, double shared) {
  if (!c.interval) return {rule, std::nullopt, std::nullopt, false};
  const double clear = *c.ratio > 1 ? std::log(c.interval->low) - shared
                                    : -std::log(c.interval->high) - shared;
  const double length = std::log(c.interval->high / c.interval->low);
  const double limit =
      std::max(kClear * length, std::log1p(jury.settings.threshold) / 2);
  return {rule, clear, limit, clear > 0 && clear >= limit};
}

/// Whether the times do not jump between two levels, by chance.
Condition OneLevel(const CompareSettings& settings,
                   const ComparedConfiguration& c) {
  if (!c.modes) return {Rule::kOneLevel, std::nullopt, std::nullopt, true};
  return {Rule::kOneLevel, std::log(c.modes->high / c.modes->low), std::nullopt,
          settings.judge_bimodal};
}

/// A change of the program lengthens all repetitions, the fastest included;
/// what disturbs a machine for a minute spares some, and leaves the fastest as
/// it was: J. Chen and J. Revels, "Robust benchmarking in noisy environments"
/// (2016). So the fastest must have changed as well, by kFastestPart as much.
Condition FastestAgrees(const ComparedConfiguration& c) {
  const double limit = Distance(*c.ratio) * kFastestPart;
  const std::optional<double> ratio = FastestRatio(c);
  if (!ratio) return {Rule::kFastestAgrees, std::nullopt, limit, false};
  return Apply(Rule::kFastestAgrees, DistanceAlong(c, *ratio), limit);
}

/// That the difference is more than what single runs differ by.
void AddRunConditions(const Jury& jury, const ComparedConfiguration& c,
                      Conditions& conditions) {
  if (!jury.run_scatter) return;
  const double shift = jury.run_scatter->shift;
  const double shared = (shift > 0) == (*c.ratio > 1)
                            ? std::min(std::abs(shift), std::log(kMostDrift))
                            : 0;
  const double own = Distance(*c.ratio) - shared;
  conditions.push_back(
      Apply(Rule::kBeyondThresholdBesideShift, own, std::log1p(c.threshold)));
  conditions.push_back(Apply(Rule::kBeyondRunScatter, own,
                             kRunDeviations * jury.run_scatter->deviation));
  conditions.push_back(
      IntervalClear(Rule::kIntervalClearOfShift, jury, c, shared));
}

/// Whether the difference is beyond the threshold without what the cores' own
/// speed explains.
Condition BeyondCoreSpeed(const ComparedConfiguration& c) {
  return Apply(Rule::kBeyondCoreSpeed,
               DistanceAlong(c, *c.ratio / CoreExcuse(c)),
               std::log1p(c.threshold));
}

/// Whether the interval reaches no further than `limit`.
Condition IntervalWithin(Rule rule, const ComparedConfiguration& c,
                         double limit, bool met_without) {
  if (!c.interval) return {rule, std::nullopt, std::log1p(limit), met_without};
  return Apply(rule,
               std::max(Distance(c.interval->low), Distance(c.interval->high)),
               std::log1p(limit));
}

/// Whether the medians are near enough to be called the same.
Condition Near(const Jury& jury, const ComparedConfiguration& c) {
  return Apply(Rule::kNear, Distance(*c.ratio),
               std::log1p(std::max(jury.settings.threshold, kFarApart)));
}

/// Whether a test of so many repetitions could tell a difference.
Condition EnoughRepetitions(const Jury& jury, const ComparedConfiguration& c) {
  const double limit =
      jury.settings.alpha /
      static_cast<double>(std::max<std::size_t>(jury.tests, 1));
  if (c.by_known_spread) {
    return {Rule::kEnoughRepetitions, std::nullopt, limit, true};
  }
  return Apply(
      Rule::kEnoughRepetitions,
      SmallestMannWhitneyP(c.baseline.samples.size(), c.now.samples.size()),
      limit);
}

/// The first that is not met; null if all are.
const Condition* FirstUnmet(std::span<const Condition> conditions) {
  const auto unmet =
      std::find_if(conditions.begin(), conditions.end(),
                   [](const Condition& condition) { return !condition.met; });
  return unmet == conditions.end() ? nullptr : &*unmet;
}

/// Whether times that lack this may still be the same.
bool IsOfSize(Rule rule) {
  return rule == Rule::kBeyondThreshold || rule == Rule::kBeyondChance ||
         rule == Rule::kIntervalClear;
}

}  // namespace

RuleTraits TraitsOf(Rule rule) {
  switch (rule) {
    case Rule::kBeyondChance:
    case Rule::kEnoughRepetitions:
    case Rule::kShownSame:
      return {Quantity::kProbability, Relation::kAtMost};
    case Rule::kEnoughSamples:
    case Rule::kEnoughCompleted:
      return {Quantity::kCount, Relation::kAtLeast};
    case Rule::kIntervalWithinThreshold:
    case Rule::kIntervalNotWide:
    case Rule::kWithinThreshold:
    case Rule::kNear:
      return {Quantity::kDistance, Relation::kAtMost};
    case Rule::kBeyondThreshold:
    case Rule::kBeyondThresholdBesideShift:
    case Rule::kBeyondCoreSpeed:
    case Rule::kCappedAloneSlow:
      return {Quantity::kDistance, Relation::kAbove};
    case Rule::kIntervalClear:
    case Rule::kOneLevel:
    case Rule::kFastestAgrees:
    case Rule::kBeyondRunScatter:
    case Rule::kIntervalClearOfShift:
    case Rule::kCapBeyondThreshold:
    case Rule::kCapBeyondNoise:
      break;
  }
  return {Quantity::kDistance, Relation::kAtLeast};
}

bool AllMet(std::span<const Condition> conditions) {
  return FirstUnmet(conditions) == nullptr;
}

TimeConditions FindConditions(const Jury& jury,
                              const ComparedConfiguration& compared) {
  const ComparedConfiguration& c = compared;
  TimeConditions all;
  all.differs = {BeyondThreshold(c), BeyondChance(jury, c),
                 IntervalClear(Rule::kIntervalClear, jury, c, 0),
                 OneLevel(jury.settings, c), FastestAgrees(c)};
  AddRunConditions(jury, c, all.differs);
  all.differs.push_back(BeyondCoreSpeed(c));
  const auto fewest = static_cast<double>(
      std::min(c.baseline.samples.size(), c.now.samples.size()));
  all.same.push_back(
      {IntervalWithin(Rule::kIntervalWithinThreshold, c, c.threshold, false),
       Apply(Rule::kEnoughSamples, fewest, kFewestForSame), Near(jury, c)});
  all.same.push_back(
      {EnoughRepetitions(jury, c),
       Apply(Rule::kWithinThreshold, Distance(*c.ratio),
             std::log1p(c.threshold)),
       IntervalWithin(Rule::kIntervalNotWide, c,
                      std::max(jury.settings.threshold, kBlind), true),
       Near(jury, c)});
  return all;
}

TimeConditions FindPairConditions(const CompareSettings& settings,
                                  const ComparedConfiguration& compared) {
  const WeighedPairs& paired = *compared.paired;
  TimeConditions all;
  all.differs = {Apply(Rule::kBeyondChance, *compared.adjusted_p,
                       paired.looks.alpha_of_one()),
                 Apply(Rule::kBeyondThreshold, std::abs(paired.evidence.center),
                       std::log1p(settings.threshold)),
                 OneLevel(settings, compared)};
  all.same.push_back(
      {Apply(Rule::kShownSame, paired.evidence.p_same, paired.looks.alpha)});
  return all;
}

TimesVerdict VerdictOf(const TimeConditions& conditions) {
  TimesVerdict verdict;
  verdict.no_difference = FirstUnmet(conditions.differs);
  verdict.may_be_same =
      !verdict.differs() && IsOfSize(verdict.no_difference->rule);
  if (!verdict.may_be_same) return verdict;
  for (const Conditions& way : conditions.same) {
    verdict.not_same = FirstUnmet(way);
    if (verdict.not_same == nullptr) break;
  }
  return verdict;
}

Conditions CapConditions(const PooledRows& capped, const PooledRows& completed,
                         double threshold) {
  Conditions conditions = {Apply(Rule::kEnoughCompleted,
                                 static_cast<double>(completed.samples.size()),
                                 kFewestSamples)};
  if (completed.samples.empty() || capped.capped_times.empty()) {
    conditions.push_back({Rule::kCapBeyondThreshold, std::nullopt,
                          std::log1p(threshold), false});
    return conditions;
  }
  const double cap =
      *std::min_element(capped.capped_times.begin(), capped.capped_times.end());
  const double slowest =
      *std::max_element(completed.samples.begin(), completed.samples.end());
  const double median = *Median(completed.samples);
  if (!capped.samples.empty()) {
    const double least =
        *std::min_element(capped.samples.begin(), capped.samples.end());
    conditions.push_back(
        Apply(Rule::kCappedAloneSlow, std::log(least / slowest), 0));
  }
  conditions.push_back(Apply(Rule::kCapBeyondThreshold, std::log(cap / median),
                             std::log1p(threshold)));
  conditions.push_back(Apply(Rule::kCapBeyondNoise, std::log(cap / median),
                             2 * std::log(slowest / median)));
  return conditions;
}

std::optional<double> FastestRatio(const ComparedConfiguration& compared) {
  if (!compared.baseline.fastest_s || !compared.now.fastest_s) {
    return std::nullopt;
  }
  return *compared.now.fastest_s / *compared.baseline.fastest_s;
}

double CoreExcuse(const ComparedConfiguration& compared) {
  const std::optional<double>& before = compared.baseline.core_speed;
  const std::optional<double>& after = compared.now.core_speed;
  if (!compared.ratio || !before || !after || *before <= 0 || *after <= 0) {
    return 1;
  }
  const double factor = *before / *after;
  return SameDirection(factor, *compared.ratio) ? factor : 1;
}

}  // namespace hybrid
