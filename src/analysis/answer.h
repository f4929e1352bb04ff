#ifndef HYBRID_ANALYSIS_ANSWER_H_
#define HYBRID_ANALYSIS_ANSWER_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/gain.h"
#include "analysis/group_key.h"
#include "analysis/noise_floor.h"
#include "analysis/recorded_ceilings.h"
#include "analysis/split_result.h"
#include "results/row.h"

namespace hybrid {

/// Two samples whose difference is this likely to be noise are a tie,
inline constexpr double kTieProbability = 0.05;
/// unless one median is more than this many times the other: then the test had
/// no power, and a tie would promise what was not seen. What differs by no more
/// than the noise floor is a tie in any case.
inline constexpr double kTieMargin = 1.1;

/// How the same configurations fare with other kernels.
struct KernelsRival {
  std::string kernels_asked;  // of the other group
  std::string kernels;        // that its best split ran
  Split split;                // its best
  double slowdown = 1;        // its best's time over this group's best's
};

/// The answer for one group: which split to use, and what it is worth.
struct Answer {
  GroupKey key;
  // Completed splits by time, then capped ones by rate, then those without a
  // verdict, then failed ones.
  std::vector<SplitResult> splits;
  // No split completed: the best is the one with the highest rate.
  bool ranked_by_rate = false;
  // Over 1 × 1, cores × 1, 1 × cores and cores × cores.
  std::vector<Gain> gains;
  // What differences are judged by, if the host's noise was measured.
  std::optional<NoiseFloor> noise_floor;
  // Of the machine.
  RecordedCeilings ceilings;
  // From how many tasks on the best beats 1×1 with start-up included. Nothing
  // if it is 1×1, or if that or a start was not measured.
  std::optional<std::uint64_t> break_even;
  // Groups that differ in `kernels_asked` alone.
  std::vector<KernelsRival> rivals;

  /// The first split, unless none could be ranked.
  const SplitResult* best() const;
  /// The one to use: the best, but a tie instead where that is oversubscribed
  /// and the tie is not, since the next run may not be as lucky.
  const SplitResult* recommended() const;
  /// The slowest of the splits that are known to be slower than the best, a
  /// capped one without a single task done before all others.
  const SplitResult* worst() const;
};

/// The answers of all groups, in the order in which rows name them; rows of
/// other families than `Hybrid` don't count, but those of `Noise` tell what
/// differences mean something. Rows of the same configuration are pooled,
/// whatever run they come from, except for attempts that were made again.
std::vector<Answer> FindAnswers(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_ANSWER_H_
