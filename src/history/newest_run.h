#ifndef HYBRID_HISTORY_NEWEST_RUN_H_
#define HYBRID_HISTORY_NEWEST_RUN_H_

#include <cstddef>
#include <optional>

#include "compare/comparison.h"
#include "compare/output_settings.h"
#include "history/load_history.h"

namespace hybrid {

/// Which runs of a history the newest one is judged by.
struct Window {
  std::size_t runs = 10;  ///< at most so many before it
  /// The index of the run from which on the levels are accepted: none before it
  /// counts, unless it is the newest one itself.
  std::optional<std::size_t> accepted{};
};

/// The newest run of a history against those before it.
struct NewestRun {
  Window asked;            ///< what it was to be judged by
  std::size_t window = 0;  ///< how many runs it was compared with
  Comparison comparison;
  OutputSettings output;  ///< names the runs of both sides; has no gate
};

/// Compares the newest run of `history`, which has at least one, with the runs
/// of the window before it, at least 1. Reads the files of these runs again.
/// Throws ResultsError if one can no longer be read, or if there is no run
/// before the newest.
NewestRun CompareNewest(const History& history, const Window& window,
                        const CompareSettings& settings);

}  // namespace hybrid

#endif  // HYBRID_HISTORY_NEWEST_RUN_H_
