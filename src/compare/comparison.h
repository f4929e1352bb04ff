#ifndef HYBRID_COMPARE_COMPARISON_H_
#define HYBRID_COMPARE_COMPARISON_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "compare/best_split.h"
#include "compare/differences.h"
#include "compare/identity.h"
#include "compare/judge.h"
#include "results/row.h"

namespace hybrid {

/// Two sets of results against each other.
struct Comparison {
  CompareSettings settings;
  Identity baseline;
  Identity now;
  /// Weightiest first. If one is refused, the rest means little.
  std::vector<Difference> differences;
  /// Worst first: by change, then by how far apart the medians are.
  std::vector<ComparedConfiguration> configurations;
  std::vector<BestSplitChange> best_splits;
  std::size_t tests = 0;      ///< p-values that were adjusted together
  std::size_t needed = 0;     ///< repetitions a side that are always enough
  std::size_t completed = 0;  ///< repetitions, of both sides
  std::size_t disturbed = 0;  ///< of them left out

  std::size_t Count(Change change) const;
  /// Slower or failed.
  std::size_t regressions() const {
    return Count(Change::kSlower) + Count(Change::kFailed);
  }
  /// Configurations that both sides have.
  std::size_t in_common() const;
  bool refused() const;
};

/// Compares what both sides have, configuration by configuration, by the times
/// of completed repetitions that nothing but the program disturbed. A pure
/// function. Differences are claimed where the Mann-Whitney test, adjusted for
/// the number of configurations, the bootstrap interval and the threshold
/// agree; the noise floor on record and what the cores' own speed explains are
/// not claimed.
Comparison Compare(std::span<const Row> baseline, std::span<const Row> now,
                   const CompareSettings& settings);

/// In one line, what the sides' configurations have not in common, where they
/// have none in common: "n is 64 in the baseline and 128 in the new results".
std::string NothingInCommonText(const Comparison& comparison);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_COMPARISON_H_
