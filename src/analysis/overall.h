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
  std::size_t measured = 0;        // groups in which it was run
  std::size_t best_or_tied = 0;    // groups in which nothing is faster
  std::size_t cannot_tell = 0;     // groups with too few samples to tell
  std::size_t capped = 0;          // groups in which it didn't complete
  std::size_t disturbed = 0;       // groups in which it has no verdict
  std::size_t failed = 0;          // groups in which it failed
  std::optional<double> slowdown;  // the worst in any group it completed
  // What its workers were started with: BLIS_ARCH_TYPE (empty: BLIS chose) and
  // the kernels that it gave, each pair once.
  std::vector<std::pair<std::string, std::string>> arch_types;
  bool serial_build = false;  // some ran BLIS's serial build
};

/// What one machine's answers have in common.
struct Overall {
  std::string host;
  std::uint64_t usable_cores = 0;
  std::size_t groups = 0;
  std::size_t unclear_groups = 0;  // with splits too seldom run to tell apart
  // Those that differences were judged by, each once; the machine's ceilings.
  std::vector<NoiseFloor> noise_floors;
  bool borrowed_floor = false;  // some n was judged by another n's floor
  RecordedCeilings ceilings;
  // Best first: most often best or tied, then least often capped or failed,
  // then least slowdown.
  std::vector<SplitTally> splits;

  /// The split to use if it must be one for all groups; none if nothing was
  /// compared.
  const SplitTally* recommended() const;
};

/// One entry per machine (host and usable cores), in the answers' order.
std::vector<Overall> FindOverall(std::span<const Answer> answers);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_OVERALL_H_
