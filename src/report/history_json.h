#ifndef HYBRID_REPORT_HISTORY_JSON_H_
#define HYBRID_REPORT_HISTORY_JSON_H_

#include <span>

#include "base/json_fwd.h"
#include "report/runs.h"
#include "results/row.h"

namespace hybrid {

/// How the times of one configuration moved from run to run: a series for each
/// that completed in two runs or more. A new version of BLIS doesn't begin a
/// new series: what it changes is what a series should show.
Json HistoryJson(std::span<const Row> rows, std::span<const ReportRun> runs);

}  // namespace hybrid

#endif  // HYBRID_REPORT_HISTORY_JSON_H_
