#ifndef HYBRID_COMPARE_CONDITIONS_H_
#define HYBRID_COMPARE_CONDITIONS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/pooled_rows.h"
#include "base/enum_names.h"
#include "compare/judge.h"

namespace hybrid {

/// What a verdict asks of the times.
enum class Rule : std::uint32_t {
  kBeyondThreshold,
  kBeyondChance,
  kIntervalClear,
  kOneLevel,
  kFastestAgrees,
  kBeyondThresholdBesideShift,
  kBeyondRunScatter,
  kIntervalClearOfShift,
  kBeyondCoreSpeed,
  kIntervalWithinThreshold,
  kEnoughSamples,
  kNear,
  kEnoughRepetitions,
  kWithinThreshold,
  kIntervalNotWide,
  kShownSame,
  kEnoughCompleted,
  kCappedAloneSlow,
  kCapBeyondThreshold,
  kCapBeyondNoise,
};
template <>
inline constexpr std::array<std::string_view, 20> kNames<Rule>{
    "beyond threshold",     "beyond chance",
    "interval clear of 1",  "one level",
    "fastest agrees",       "beyond threshold beside shift",
    "beyond run scatter",   "interval clear of shift",
    "beyond core speed",    "interval within threshold",
    "enough samples",       "near",
    "enough repetitions",   "within threshold",
    "interval not wide",    "shown to be the same",
    "enough completed",     "capped side alone slow",
    "cap beyond threshold", "cap beyond noise"};

/// What a rule's numbers are.
enum class Quantity : std::uint32_t {
  kDistance,     ///< logarithms of ratios
  kProbability,  ///< of chance
  kCount,        ///< of repetitions
};

/// How a rule's value has to be to its limit.
enum class Relation : std::uint32_t { kAbove, kAtLeast, kAtMost };
template <>
inline constexpr std::array<std::string_view, 3> kNames<Relation>{">", "≥",
                                                                  "≤"};

struct RuleTraits {
  Quantity quantity = Quantity::kDistance;
  Relation relation = Relation::kAtLeast;
};
RuleTraits TraitsOf(Rule rule);

/// A rule as it was applied.
struct Condition {
  Rule rule = Rule::kBeyondThreshold;
  std::optional<double> value{};  ///< nothing: it is not known
  std::optional<double> limit{};  ///< nothing: none
  bool met = false;
};
using Conditions = std::vector<Condition>;

bool AllMet(std::span<const Condition> conditions);

/// What times have to fulfil, each in the order in which it is asked.
struct TimeConditions {
  /// All are met: slower or faster.
  Conditions differs;
  /// Unless they differ: all of one of these are met: the same.
  std::vector<Conditions> same;
};

/// The conditions of Judge for a configuration that both sides completed, so
/// that its ratio is there.
TimeConditions FindConditions(const Jury& jury,
                              const ComparedConfiguration& compared);

/// Those for one of which the pairs are weighed
/// (ComparedConfiguration::paired), with an adjusted p-value.
TimeConditions FindPairConditions(const CompareSettings& settings,
                                  const ComparedConfiguration& compared);

/// What the conditions amount to. What it points to are these.
struct TimesVerdict {
  /// The first that a difference lacks; null: it is slower or faster.
  const Condition* no_difference = nullptr;
  /// Whether it was asked if the times are the same: if a difference lacks no
  /// more than size, or certainty.
  bool may_be_same = false;
  /// The first that they lack to be the same in the last way; null if that was
  /// not asked, or if they are the same, whichever way.
  const Condition* not_same = nullptr;

  bool differs() const { return no_difference == nullptr; }
  bool same() const { return may_be_same && not_same == nullptr; }
  /// Neither of them for lack of this; null if it is one of them.
  const Condition* lacking() const {
    return may_be_same ? not_same : no_difference;
  }
};
TimesVerdict VerdictOf(const TimeConditions& conditions);

/// Whether a batch of `capped` surely takes longer than those of `completed`:
/// all of its repetitions did so far, and its time limit is, in factors of the
/// median, at least twice as far away as the slowest completed one. A single
/// repetition that is beyond all others is common where times scatter. If all
/// are met.
Conditions CapConditions(const PooledRows& capped, const PooledRows& completed,
                         double threshold);

/// The fastest repetition against the fastest, disturbed ones included: they
/// can only be slower than they would have been. Nothing without a time.
std::optional<double> FastestRatio(const ComparedConfiguration& compared);

/// The factor of the time that the cores' own speed explains: 1 if it changed
/// the other way, or was not measured.
double CoreExcuse(const ComparedConfiguration& compared);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_CONDITIONS_H_
