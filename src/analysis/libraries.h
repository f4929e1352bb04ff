#ifndef HYBRID_ANALYSIS_LIBRARIES_H_
#define HYBRID_ANALYSIS_LIBRARIES_H_

#include <cstddef>
#include <limits>
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
  /// Its time over the fastest library's in the group where it is furthest
  /// behind, and who is the fastest there.
  double behind = 1;
  const Way* fastest_there = nullptr;
  const Answer* furthest_behind = nullptr;  ///< its answer there
  /// The groups that it shares with the best library, and those in which the
  /// two are no different beyond noise.
  std::size_t shared = 0;
  std::size_t ties = 0;
  /// Its time over the best library's where they differ; below 1 where it is
  /// the faster one.
  double least = std::numeric_limits<double>::infinity();
  double most = 0;
};

/// Libraries that were measured in otherwise the same way, the best one first:
/// the fastest in most groups. Of those that none beats anywhere the system's
/// own is the best, then `blis`: nobody should switch for nothing.
using LibraryContest = std::vector<LibraryTally>;

/// All contests of two libraries or more among `ways`, which have to outlive
/// them.
std::vector<LibraryContest> CompareLibraries(std::span<const Way> ways);

/// Those of `ways` that no other library beats.
std::vector<Way> WithBestLibraries(std::span<const Way> ways,
                                   std::span<const LibraryContest> contests);

/// What tells each contest from the others: "gemm, precision s"; empty if there
/// is one alone.
std::vector<std::string> ContestLabels(
    std::span<const LibraryContest> contests);

/// The library and the kernels of its best splits: "openblas-pthread with
/// SKYLAKEX kernels".
std::string WinnerText(const LibraryContest& contest);

/// The outcome in a sentence: "openblas-pthread with SKYLAKEX kernels is
/// fastest in 4 of 4; netlib, this system's, takes 6.1× to 6.8× the time". It
/// names as many of the others as `most_others`, the system's first, and counts
/// the rest.
std::string ContestText(
    const LibraryContest& contest,
    std::size_t most_others = std::numeric_limits<std::size_t>::max());

/// The outcome of several contests with the same WinnerText, in a sentence that
/// names the system's library alone of the others.
std::string JoinedContestText(std::span<const LibraryContest> contests);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_LIBRARIES_H_
