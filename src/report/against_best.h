#ifndef HYBRID_REPORT_AGAINST_BEST_H_
#define HYBRID_REPORT_AGAINST_BEST_H_

#include <optional>
#include <string>

#include "analysis/answer.h"
#include "analysis/split_result.h"

namespace hybrid {

/// Whether `answer` is a search's, which does not measure all splits.
bool IsSearched(const Answer& answer);

/// What `split` takes beside the best of `answer`.
struct AgainstBest {
  std::optional<double> slowdown;  ///< 1 for the best; nothing if not known
  bool at_least = false;           ///< it takes no less, but perhaps more
  bool by_bound = false;           ///< it was not run: 1×1's phases say so
};
AgainstBest FindAgainstBest(const Answer& answer, const SplitResult& split);

/// "1.24×", "≥ 2.0×" of what was stopped, "≥ 3.1×" of what was not run, or why
/// nothing is known: "not run", "failed".
std::string MultipleText(const Answer& answer, const SplitResult& split);

/// What a table says: "+24 %", "≥ 2.0×", "≥ 3.1× (bound)"; kNothing where it is
/// not known.
std::string AgainstBestText(const Answer& answer, const SplitResult& split);

}  // namespace hybrid

#endif  // HYBRID_REPORT_AGAINST_BEST_H_
