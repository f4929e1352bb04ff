#ifndef HYBRID_REPORT_SPLIT_JSON_H_
#define HYBRID_REPORT_SPLIT_JSON_H_

#include "analysis/answer.h"
#include "analysis/split_result.h"
#include "base/json_fwd.h"

namespace hybrid {

/// One split of `answer` as the page shows it: texts for its tables and
/// tooltips, and numbers for what its charts draw. `has_flops` says whether
/// throughput is in GFLOP/s, else it is in tasks/s.
Json SplitJson(const Answer& answer, const SplitResult& split, bool has_flops);

}  // namespace hybrid

#endif  // HYBRID_REPORT_SPLIT_JSON_H_
