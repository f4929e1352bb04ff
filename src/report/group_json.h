#ifndef HYBRID_REPORT_GROUP_JSON_H_
#define HYBRID_REPORT_GROUP_JSON_H_

#include <cstddef>

#include "analysis/answer.h"
#include "base/json_fwd.h"

namespace hybrid {

/// The group of `answer` with its splits, as the page shows it. `machine` is
/// the index of its machine in the page's list; `has_flops` says whether
/// throughput is in GFLOP/s, else it is in tasks/s.
Json GroupJson(const Answer& answer, std::size_t machine, bool has_flops);

}  // namespace hybrid

#endif  // HYBRID_REPORT_GROUP_JSON_H_
