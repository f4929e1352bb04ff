#ifndef HYBRID_ANALYSIS_ANSWER_H_
#define HYBRID_ANALYSIS_ANSWER_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/gain.h"
#include "analysis/group_key.h"
#include "analysis/launches.h"
#include "analysis/noise_floor.h"
#include "analysis/recorded_ceilings.h"
#include "analysis/recorded_hosts.h"
#include "analysis/split_result.h"
#include "results/row.h"

namespace hybrid {

/// Two samples differ beyond noise if the p-value, of the race of launches or
/// of Welch's test, is below this (and by that test their medians are further
/// apart than the noise floor).
inline constexpr double kTieProbability = 0.05;
/// A split whose median is more than this many times the best's is no tie, even
/// where the test can't tell them apart: then the test had no power, and a tie
/// would promise what was not seen.
inline constexpr double kTieMargin = 1.1;

/// How the same configurations fare with other kernels: the best split of a
/// group that differs from the answer's in `kernels_asked` alone.
struct KernelsRival {
  std::string kernels_asked;  ///< of the other group
  std::string kernels;        ///< that the other group's best split ran
  Split split;                ///< the other group's best
  double slowdown = 1;  ///< the other best's time over the answer's best's
};

/// The answer for one group: which split to use, and what it is worth.
struct Answer {
  GroupKey key;
  /// The best, then completed splits by time, then capped ones by rate, then
  /// those without a verdict, then failed ones, then those that were not run.
  std::vector<SplitResult> splits;
  /// No split completed: the best is the one with the highest rate.
  bool ranked_by_rate = false;
  /// The best's speed-up over 1 × 1, cores × 1, 1 × cores and cores × cores;
  /// empty if there is no best.
  std::vector<Gain> gains;
  /// What differences are judged by: the group's own launches, or else what is
  /// known of the host's noise.
  std::optional<NoiseFloor> noise_floor;
  /// What the launches of one run say together; nothing where workers lived on,
  /// several runs are pooled, or the split that leads was disturbed: what they
  /// say is of the best.
  std::optional<GroupStatement> launched;
  /// The rates that the group's machine can't pass.
  RecordedCeilings ceilings;
  /// All that were looked at in the runs, by name; none of one machine.
  std::vector<RecordedHost> hosts;
  /// From how many tasks on the best beats 1×1 with start-up included. Nothing
  /// if the best is 1×1, or if 1×1 or a start was not measured.
  std::optional<std::uint64_t> break_even;
  /// The bests of the groups that differ in `kernels_asked` alone.
  std::vector<KernelsRival> rivals;

  /// The result of `split`; null if it is not among `splits`.
  const SplitResult* Find(const Split& split) const;
  /// The fastest split of one host alone; null if none could be ranked.
  const SplitResult* best_of_one_host() const;
  /// 1×1, which the others are compared with; null if it was not measured.
  const SplitResult* single() const;
  /// The fastest split, which is the first; null if none could be ranked.
  const SplitResult* best() const;
  /// The splits to choose from: the best and what ties with it, but none that
  /// is oversubscribed where another is among them, since the next run may not
  /// be as lucky, nor one whose threads the library left idle, nor one on more
  /// hosts than are needed. The fastest first; none if there is no best.
  std::vector<const SplitResult*> usable() const;
  /// The first of them, the split to use; null if there is none.
  const SplitResult* recommended() const;
  /// The slowest of the splits that are known to be slower than the best; one
  /// that was capped without a single task done is slower than all others. Null
  /// if there is none.
  const SplitResult* worst() const;
};

/// The answers of all groups, in the order in which rows name them; rows of
/// other families than `Hybrid` don't count, but those of `Noise` tell what
/// differences mean something. Rows of the same configuration are pooled,
/// whatever run they come from, except for attempts that were made again.
/// Launches of one run are judged as a race, all else by Welch's test.
std::vector<Answer> FindAnswers(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_ANSWER_H_
