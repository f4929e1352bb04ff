#ifndef HYBRID_ANALYSIS_ANSWER_H_
#define HYBRID_ANALYSIS_ANSWER_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analysis/split_result.h"
#include "results/row.h"

namespace hybrid {

/// Two samples whose difference is this likely to be noise are a tie,
inline constexpr double kTieProbability = 0.05;
/// unless one median is more than this many times the other: then the test had
/// no power, and a tie would promise what was not seen.
inline constexpr double kTieMargin = 1.1;

/// The best split's speed-up over one base.
struct Gain {
  enum class Kind {
    kMeasured,     // by the medians of completed batches
    kMoreThan,     // the base was capped: its batch takes longer than the cap
    kByRate,       // capped, and no bound: the ratio of the rates reached
    kNotMeasured,  // the base was not in the sweep, or has no rate
    kFailed,       // the base failed
  };
  std::string base;  // such as "cores × 1"
  Split split;
  Kind kind = Kind::kNotMeasured;
  double ratio = 0;
};

/// What results are comparable by: all but the split itself.
struct GroupKey {
  std::string host;
  std::uint64_t usable_cores = 0;
  std::string operation;
  std::string data;
  std::string collect;
  std::string pin;
  std::string blis_version;
  std::string blis_threading;
  std::string kernels;
  std::uint64_t n = 0;
  std::uint64_t batch = 0;
  bool operator==(const GroupKey&) const = default;
};

/// The answer for one group: which split to use, and what it is worth.
struct Answer {
  GroupKey key;
  // Completed splits by time, then capped ones by rate, then failed ones.
  std::vector<SplitResult> splits;
  // No split completed: the best is the one with the highest rate.
  bool ranked_by_rate = false;
  // Over 1 × 1, cores × 1, 1 × cores and cores × cores.
  std::vector<Gain> gains;

  /// The first split, unless none could be ranked.
  const SplitResult* best() const;
  /// The slowest of the splits that are known to be slower than the best, a
  /// capped one without a single task done before all others.
  const SplitResult* worst() const;
};

/// The answers of all groups, in the order in which rows name them; rows of
/// other families than `Hybrid` don't count. Rows of the same configuration
/// are pooled, whatever run they come from.
std::vector<Answer> FindAnswers(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_ANSWER_H_
