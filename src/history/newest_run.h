#ifndef HYBRID_HISTORY_NEWEST_RUN_H_
#define HYBRID_HISTORY_NEWEST_RUN_H_

#include <cstddef>

#include "compare/comparison.h"
#include "compare/output_settings.h"
#include "history/load_history.h"

namespace hybrid {

/// The newest run of a history against those before it.
struct NewestRun {
  std::size_t window = 0;  ///< how many runs it was compared with
  Comparison comparison;
  OutputSettings output;  ///< names the runs of both sides
};

/// Compares the newest run of `history`, which has at least one, with up to
/// `window` runs before it, at least 1. Reads the files of these runs again.
/// Throws ResultsError if one can no longer be read, or if there is no run
/// before the newest.
NewestRun CompareNewest(const History& history, std::size_t window,
                        const CompareSettings& settings);

}  // namespace hybrid

#endif  // HYBRID_HISTORY_NEWEST_RUN_H_
