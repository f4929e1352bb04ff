#ifndef HYBRID_COMPARE_COMPARISON_H_
#define HYBRID_COMPARE_COMPARISON_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compare/best_split.h"
#include "compare/best_time.h"
#include "compare/differences.h"
#include "compare/identity.h"
#include "compare/judge.h"
#include "compare/run_scatter.h"
#include "results/row.h"

namespace hybrid {

/// Two sets of results against each other.
struct Comparison {
  CompareSettings settings;
  Identity baseline;  ///< what the baseline was measured with
  Identity now;       ///< what the new results were measured with
  /// What is not the same on both sides, the weightiest first. If one is
  /// refused, the rest means little.
  std::vector<Difference> differences;
  /// All configurations that either side measured, worst first: by change, then
  /// by how far apart the medians are.
  std::vector<ComparedConfiguration> configurations;
  /// The groups in which another split is to be used than before.
  std::vector<BestSplitChange> best_splits;
  /// What the best splits take, of groups of which a side was launched anew.
  std::vector<BestTime> best_times;
  /// Further configurations, which neither side measured: one stopped or left
  /// them out, and the other did as well, or doesn't name them.
  std::size_t unmeasured = 0;
  std::size_t tests = 0;   ///< p-values that were adjusted together
  std::size_t needed = 0;  ///< repetitions a side that are always enough
  std::optional<RunScatter> run_scatter;  ///< as FindRunScatter has it
  std::size_t completed = 0;  ///< completed repetitions of both sides
  std::size_t disturbed = 0;  ///< completed repetitions left out as disturbed

  /// Whom the verdicts are from.
  Jury jury() const { return {settings, tests, needed, run_scatter}; }
  /// Whether names identify what is compared, and no keys.
  bool has_names() const {
    return !configurations.empty() && !configurations.front().name.empty();
  }
  /// What texts call one of `configurations`.
  std::string_view noun() const {
    return has_names() ? "benchmark" : "configuration";
  }
  /// How many configurations have the verdict `change`.
  std::size_t Count(Change change) const;
  /// Configurations that are slower or failed.
  std::size_t regressions() const {
    return Count(Change::kSlower) + Count(Change::kFailed);
  }
  /// Groups whose best split takes longer, which no configuration tells that is
  /// slower.
  std::size_t slower_bests() const;
  /// Groups of whose best split something can be told.
  std::size_t decided_bests() const;
  bool regressed() const { return regressions() + slower_bests() > 0; }
  /// Configurations that a side stopped or left out.
  std::size_t left_out() const;
  /// Whether there is anything to compare.
  bool has_common() const { return in_common() > 0 || !best_times.empty(); }
  /// Configurations that both sides have.
  std::size_t in_common() const;
  /// Configurations that both sides have and of which something can be told.
  std::size_t decided() const {
    return in_common() - Count(Change::kCannotTell);
  }
  /// Whether the sides differ in what makes their comparison mean nothing.
  bool refused() const;
};

/// Compares what both sides have, configuration by configuration, by the times
/// of completed repetitions that nothing but the program disturbed. A pure
/// function. Of launches, one of 3 whole ones a side at least; what a side
/// stopped or left out is never slower or faster. A difference is claimed where
/// the Mann-Whitney test, adjusted for the number of configurations, the
/// bootstrap interval and the threshold agree on it; not one below the noise
/// floor on record, nor one that the cores' own speed explains.
Comparison Compare(std::span<const Row> baseline, std::span<const Row> now,
                   const CompareSettings& settings);

/// Why no configuration is on both sides, in one line: one side holds no
/// results to compare, or the parameters differ, "the files have no
/// configuration in common: n is 64 in the baseline and 128 in the new
/// results".
std::string NothingInCommonText(const Comparison& comparison);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_COMPARISON_H_
