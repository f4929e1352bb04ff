#ifndef HYBRID_HISTORY_HISTORY_JSON_H_
#define HYBRID_HISTORY_HISTORY_JSON_H_

#include <optional>
#include <string>

#include "compare/gate.h"
#include "history/load_history.h"
#include "history/newest_run.h"

namespace hybrid {

/// Everything that HistoryText tells, as one JSON document: the runs, the
/// newest one's comparison, and for each configuration its key, points, steps,
/// outlier runs, drift and trend. A run is its index; times are seconds, null
/// what is missing.
std::string HistoryJson(const History& history, const NewestRun& newest,
                        const std::optional<Gate>& gate = {});

}  // namespace hybrid

#endif  // HYBRID_HISTORY_HISTORY_JSON_H_
