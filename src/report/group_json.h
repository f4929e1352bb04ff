#ifndef HYBRID_REPORT_GROUP_JSON_H_
#define HYBRID_REPORT_GROUP_JSON_H_

#include <cstddef>

#include "analysis/answer.h"
#include "base/json_fwd.h"

namespace hybrid {

/// One group with its splits, as the page shows it; `machine` is its
/// place in the list of machines, `has_flops` its choice's.
Json GroupJson(const Answer& answer, std::size_t machine, bool has_flops);

}  // namespace hybrid

#endif  // HYBRID_REPORT_GROUP_JSON_H_
