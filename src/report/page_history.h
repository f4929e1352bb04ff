#ifndef HYBRID_REPORT_PAGE_HISTORY_H_
#define HYBRID_REPORT_PAGE_HISTORY_H_

#include <span>

#include "analysis/answer.h"
#include "base/json_fwd.h"
#include "report/runs.h"
#include "results/row.h"

namespace hybrid {

/// How times moved from run to run: a series for each configuration that
/// completed in two of `runs` or more, with its split, points, steps, and the
/// indices of the answers whose groups it belongs to. A new version of BLIS
/// doesn't begin a new series: what it changes is what a series should show.
JsonArray PageHistory(std::span<const Row> rows,
                      std::span<const ReportRun> runs,
                      std::span<const Answer> answers);

}  // namespace hybrid

#endif  // HYBRID_REPORT_PAGE_HISTORY_H_
