#ifndef HYBRID_COMPARE_PAIRED_H_
#define HYBRID_COMPARE_PAIRED_H_

#include <span>

#include "compare/comparison.h"
#include "compare/judge.h"
#include "compare/pairs.h"
#include "foreign/google_benchmark.h"
#include "statistics/paired_verdict.h"

namespace hybrid {

/// Compare, for sides that were measured in turn, round by round: `ratio`,
/// `interval`, p-values and verdict of each configuration that both sides
/// completed are those of its pairs (statistics/paired_verdict.h), adjusted
/// after Benjamini and Hochberg. What the sides differ in on purpose
/// (KeyAlignment) does not keep them apart. All else is as Compare has it.
/// `looks` says how often it is asked at most.
Comparison CompareInPairs(RowRounds baseline, RowRounds now,
                          const CompareSettings& settings, const Looks& looks);

/// CompareBenchmarks, for sides that were measured in turn, a run each round.
Comparison CompareBenchmarksInPairs(std::span<const BenchmarkRun> baseline,
                                    std::span<const BenchmarkRun> now,
                                    const CompareSettings& settings,
                                    const Looks& looks);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_PAIRED_H_
