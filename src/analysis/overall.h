#ifndef HYBRID_ANALYSIS_OVERALL_H_
#define HYBRID_ANALYSIS_OVERALL_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analysis/answer.h"

namespace hybrid {

/// How one split fares over all groups of a machine.
struct SplitTally {
  Split split;
  std::size_t measured = 0;        ///< groups in which it was run
  std::size_t best_or_tied = 0;    ///< groups in which nothing is faster
  std::size_t cannot_tell = 0;     ///< groups in which it may be as fast as any
  std::size_t capped = 0;          ///< groups in which it didn't complete
  std::size_t disturbed = 0;       ///< groups in which it has no verdict
  std::size_t failed = 0;          ///< groups in which it failed
  std::optional<double> slowdown;  ///< the worst in any group it completed
};

/// What one machine's answers have in common. Groups whose operation computes
/// nothing don't count.
struct Overall {
  std::string host;
  std::uint64_t usable_cores = 0;
  std::size_t groups = 0;  ///< how many count
  /// Groups with splits that ran too seldom to be told apart.
  std::size_t unclear_groups = 0;
  /// The largest floor of each n that differences were judged by.
  std::vector<NoiseFloor> noise_floors;
  bool borrowed_floor = false;  ///< some n was judged by another n's floor
  RecordedCeilings ceilings;    ///< of the machine
  /// Best first: most often best or tied, then least often capped or failed,
  /// then least slowdown.
  std::vector<SplitTally> splits;

  /// The split to use if it must be one for all groups; null if nothing was
  /// compared.
  const SplitTally* recommended() const;
};

/// One entry per machine (host and usable cores), in the answers' order.
std::vector<Overall> FindOverall(std::span<const Answer> answers);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_OVERALL_H_
