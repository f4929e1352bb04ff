#ifndef HYBRID_ANALYSIS_ADVICE_H_
#define HYBRID_ANALYSIS_ADVICE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analysis/answer.h"

namespace hybrid {

/// The smallest and the largest of some measured values.
struct MeasuredRange {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  bool operator==(const MeasuredRange&) const = default;
  bool Holds(std::uint64_t value) const {
    return low <= value && value <= high;
  }
};

/// A split that is the fastest or ties with it in all groups of a range of
/// orders and of batches.
struct AdviceRule {
  Split split;
  MeasuredRange n;
  MeasuredRange batch;
  std::vector<const Answer*> groups;  ///< that it speaks of
};

/// What to use in the groups of one way of measuring.
struct Advice {
  /// Each ranked group is in exactly one; as few as do. In the order of n, then
  /// of the batch.
  std::vector<AdviceRule> rules;
  std::vector<const Answer*> unranked;  ///< groups without a choice
  std::vector<const Answer*> doubted;   ///< where the best is not known
};

/// A split of `answer` without a verdict, since it was disturbed, that was at
/// least once as fast as the best of `rival`, the same group or its like with
/// another library; null if there is none.
const SplitResult* PossiblyBest(const Answer& answer, const Answer& rival);

/// Whether `answer` chose among several splits of tasks that compute something:
/// the harness's own cost says nothing about a split's worth.
bool HasChoice(const Answer& answer);

/// The fewest rules that say of each of `answers` what to use, but for those
/// without a choice or with a split that may be the best. They differ in n
/// and batch alone and have to outlive the advice. Rules are ranges of n, each
/// with ranges of the batch, or the other way round if that takes fewer.
Advice FewestRules(std::span<const Answer* const> answers);

/// "2 processes × 1 BLAS thread", "2 threads of one process × 1 BLAS thread",
/// "2 processes × 1 BLAS thread on each of 4 hosts".
std::string SplitWords(const Split& split);

/// Where a rule holds among what `advice` speaks of: "n ≤ 64", "64 ≤ n ≤ 256,
/// batch ≥ 32"; empty if everywhere. Bounds are measured values: what lies
/// between two rules was not measured.
std::string WhereText(const AdviceRule& rule, const Advice& advice);

/// One rule of `advice`: "n ≤ 64: 2×1 (2 processes × 1 BLAS thread), fastest or
/// tied in all 6 groups".
std::string RuleText(const AdviceRule& rule, const Advice& advice);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_ADVICE_H_
