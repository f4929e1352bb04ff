#ifndef HYBRID_HISTORY_JUMPS_H_
#define HYBRID_HISTORY_JUMPS_H_

#include <cstddef>
#include <optional>

#include "history/series.h"
#include "statistics/modes.h"

namespace hybrid {

/// Two neighbouring levels of a series: from the run `first` to the run `last`,
/// the newer one from the run `at` on.
struct Boundary {
  std::size_t first = 0;
  std::size_t at = 0;
  std::size_t last = 0;
};

/// The two levels that the times on both sides of `boundary` have (FindModes),
/// if it may be by chance which of them a run falls on, so that there is no
/// step: if repetitions on either side are on both levels. Of an oversubscribed
/// configuration, of which the scheduler chooses the level, it is enough that
/// those on one side are; or that runs which jump would be in such an order,
/// all of one level before all of the other, with a chance above `rate`.
std::optional<Modes> FindJumps(const Series& series, const Boundary& boundary,
                               double rate);

}  // namespace hybrid

#endif  // HYBRID_HISTORY_JUMPS_H_
