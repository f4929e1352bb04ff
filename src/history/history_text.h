#ifndef HYBRID_HISTORY_HISTORY_TEXT_H_
#define HYBRID_HISTORY_HISTORY_TEXT_H_

#include <optional>
#include <string>

#include "compare/gate.h"
#include "history/load_history.h"
#include "history/newest_run.h"

namespace hybrid {

/// The history for terminals: of which machine and runs it is, the newest run
/// against those before it, steps, drifts and outlier runs, worst first, a
/// trend for each configuration, and the gate's line last.
std::string HistoryText(const History& history, const NewestRun& newest,
                        const std::optional<Gate>& gate = {});

}  // namespace hybrid

#endif  // HYBRID_HISTORY_HISTORY_TEXT_H_
