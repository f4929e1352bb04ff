#ifndef HYBRID_ANALYSIS_LIBRARIES_H_
#define HYBRID_ANALYSIS_LIBRARIES_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "analysis/ways.h"

namespace hybrid {

/// How one library fares against the others: by the best split of each, over
/// the groups that several of them have.
struct LibraryTally {
  const Way* way = nullptr;  ///< that it was measured in
  std::size_t fastest =
      0;  ///< groups in which no other is faster, beyond noise
  std::size_t groups = 0;
  /// Its time over the fastest library's, in its best and its worst group.
  double least = 1;
  double most = 1;
};

/// Libraries that were measured in otherwise the same way, the best one first:
/// the fastest in most groups.
using LibraryContest = std::vector<LibraryTally>;

/// All contests of two libraries or more among `ways`, which have to outlive
/// them.
std::vector<LibraryContest> CompareLibraries(std::span<const Way> ways);

/// Those of `ways` that no other library beats.
std::vector<Way> WithBestLibraries(std::span<const Way> ways,
                                   std::span<const LibraryContest> contests);

/// The outcome in a sentence: "openblas-pthread with SKYLAKEX kernels is
/// fastest in 4 of 4; netlib, this system's, takes 6.1× to 6.8× the time".
std::string ContestText(const LibraryContest& contest);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_LIBRARIES_H_
