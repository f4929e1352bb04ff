#ifndef HYBRID_REPORT_SPLIT_JSON_H_
#define HYBRID_REPORT_SPLIT_JSON_H_

#include "analysis/answer.h"
#include "base/json_fwd.h"

namespace hybrid {

/// One split of `answer` as the page shows it: texts for its tables and
/// tooltips, and numbers for what its charts draw. `has_flops`: whether
/// throughput is GFLOP/s, else tasks/s.
Json SplitJson(const Answer& answer, const SplitResult& split, bool has_flops);

}  // namespace hybrid

#endif  // HYBRID_REPORT_SPLIT_JSON_H_
