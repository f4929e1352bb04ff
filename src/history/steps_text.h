#ifndef HYBRID_HISTORY_STEPS_TEXT_H_
#define HYBRID_HISTORY_STEPS_TEXT_H_

#include <string>

#include "history/load_history.h"
#include "history/steps.h"

namespace hybrid {

/// A commit as texts name it: "unknown" where none was recorded.
std::string CommitText(const std::string& commit);

/// Where `step` lies: "between c006 and c007"; "commit c006 before and after,
/// so not by the program".
std::string CommitsText(const Step& step);

/// All steps, drifts and outlier runs for terminals, one heading for each pair
/// of commits that they lie between, the worst first, and their configurations
/// below it.
std::string StepsText(const History& history);

}  // namespace hybrid

#endif  // HYBRID_HISTORY_STEPS_TEXT_H_
