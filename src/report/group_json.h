#ifndef HYBRID_REPORT_GROUP_JSON_H_
#define HYBRID_REPORT_GROUP_JSON_H_

#include <cstddef>

#include "analysis/answer.h"
#include "base/json_fwd.h"
#include "report/choices.h"

namespace hybrid {

/// The group of `answer` with its splits, as the page shows it. `machine` is
/// the index of its machine in the page's list; `choice` is the one
/// that it belongs to: where that can't be trusted, nothing is recommended.
Json GroupJson(const Answer& answer, std::size_t machine, const Choice& choice);

}  // namespace hybrid

#endif  // HYBRID_REPORT_GROUP_JSON_H_
