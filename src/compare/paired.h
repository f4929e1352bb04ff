#ifndef HYBRID_COMPARE_PAIRED_H_
#define HYBRID_COMPARE_PAIRED_H_

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "compare/comparison.h"
#include "compare/judge.h"
#include "key/key.h"
#include "results/row.h"
#include "statistics/paired_verdict.h"

namespace hybrid {

/// What the rounds of two programs that were measured in turn say of one
/// configuration.
struct Pairs {
  /// Of each round in which both sides completed undisturbed the logarithm of
  /// the new time over the baseline's; where one side was capped, and beyond
  /// the other's time, the bound that this is.
  std::vector<double> log_ratios;
  std::size_t disturbed = 0;  ///< rounds left out, since a side was disturbed
};

/// Pairs the rows of two sides whose runs were made in turn: the first run of
/// one side with the first of the other, in the order in which they stand. A
/// run without a partner counts for nothing.
std::map<Key, Pairs> PairRows(std::span<const Row> baseline,
                              std::span<const Row> now);

/// Compare, for sides that were measured in turn: `ratio`, `interval`, p-values
/// and verdict of each configuration that both sides completed are those of its
/// pairs (statistics/paired_verdict.h), adjusted after Benjamini and Hochberg.
/// All else is as Compare has it. `looks` says how often it is asked at most.
Comparison CompareInPairs(std::span<const Row> baseline,
                          std::span<const Row> now,
                          const CompareSettings& settings, const Looks& looks);

/// Whether more rounds could still change the verdict: of what was measured on
/// both sides, and can't be told yet.
bool IsOpen(const ComparedConfiguration& compared);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_PAIRED_H_
