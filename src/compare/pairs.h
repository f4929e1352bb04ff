#ifndef HYBRID_COMPARE_PAIRS_H_
#define HYBRID_COMPARE_PAIRS_H_

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "foreign/google_benchmark.h"
#include "key/key.h"
#include "results/row.h"
#include "statistics/bootstrap.h"
#include "statistics/paired_verdict.h"

namespace hybrid {

/// What both sides took in one round, one right behind the other.
struct Pair {
  std::size_t round = 0;  ///< from 1 on
  double baseline_s = 0;
  double now_s = 0;
  /// What disturbed a side, for which the pair is left out; empty: it counts.
  std::string disturbance{};

  /// The logarithm of the new time over the baseline's. Where one side was
  /// capped beyond the other's time, the bound that this is.
  double log_ratio() const;
};

/// The pairs of one configuration, in the order of their rounds. A round in
/// which a side has no time, or only caps tell, makes none.
using Pairs = std::vector<Pair>;

/// The logarithms of those that count.
std::vector<double> LogRatios(const Pairs& pairs);

/// How many were disturbed.
std::size_t DisturbedIn(const Pairs& pairs);

/// What the pairs of one configuration say.
struct WeighedPairs {
  Pairs pairs;
  PairedEvidence evidence;
  Interval interval;       ///< of the logarithms' center: 95 %
  Interval look_interval;  ///< the same, as sure as a look has to be
  Looks looks;  ///< how often may be looked, and how sure each has to be
};

/// The rows of both sides, of each round those of one side.
using RowRounds = std::span<const std::vector<Row>>;

/// The pairs of each configuration that both sides have.
std::map<Key, Pairs> PairRows(RowRounds baseline, RowRounds now);

/// The same by name, of a run each round: of what a round measured several
/// times the median.
std::map<std::string, Pairs> PairBenchmarks(
    std::span<const BenchmarkRun> baseline, std::span<const BenchmarkRun> now);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_PAIRS_H_
