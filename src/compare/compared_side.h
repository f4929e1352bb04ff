#ifndef HYBRID_COMPARE_COMPARED_SIDE_H_
#define HYBRID_COMPARE_COMPARED_SIDE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "analysis/pooled_rows.h"
#include "results/row.h"

namespace hybrid {

/// How often the workers of a configuration were launched.
enum class Launching : std::uint32_t {
  kLivedOn,   ///< once; or for each repetition, where old files interleave them
  kInRounds,  ///< for each repetition, of a grid
  kSearched,  ///< for each repetition, as often as a search took interest in it
};

/// What one side of a comparison measured of a configuration.
struct ComparedSide : PooledRows {
  Launching launching = Launching::kLivedOn;
  /// Completed and undisturbed repetitions that were not cut off.
  std::size_t whole = 0;

  bool is_measured() const {
    return status != PooledStatus::kMissing && !left_out();
  }
  /// Whether it was not run, or is known by no more than that a launch of it
  /// was stopped: nothing to claim a difference from.
  bool left_out() const {
    return status == PooledStatus::kSkipped ||
           (status == PooledStatus::kCapped &&
            launching != Launching::kLivedOn);
  }
  /// Whether there are as many launches as a comparison takes.
  bool has_launches() const;
  /// Every sample is of a launch of its own.
  bool of_launches = false;
};

/// Pools the rows of one configuration, of which only the last attempts are
/// given.
ComparedSide PoolSide(std::span<const Row* const> rows);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_COMPARED_SIDE_H_
