#ifndef HYBRID_HISTORY_NEWEST_RUN_H_
#define HYBRID_HISTORY_NEWEST_RUN_H_

#include <cstddef>

#include "compare/comparison.h"
#include "compare/output_settings.h"
#include "history/load_history.h"

namespace hybrid {

/// The newest run against those before it.
struct NewestRun {
  std::size_t window = 0;  ///< how many runs before it
  Comparison comparison;
  OutputSettings output;
};

/// Compares the newest run of `history` with up to `window` runs before it, of
/// which it reads the files again. Throws ResultsError, also if there is no run
/// before it.
NewestRun CompareNewest(const History& history, std::size_t window,
                        const CompareSettings& settings);

}  // namespace hybrid

#endif  // HYBRID_HISTORY_NEWEST_RUN_H_
