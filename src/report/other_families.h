#ifndef HYBRID_REPORT_OTHER_FAMILIES_H_
#define HYBRID_REPORT_OTHER_FAMILIES_H_

#include <span>

#include "base/json_fwd.h"
#include "results/row.h"

namespace hybrid {

/// What families measured that compare no splits (Tutorial, Overhead, and Noise
/// of older files), for the page's table: a line of texts for each
/// configuration and machine, in the order of their first rows.
JsonArray OtherFamiliesJson(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_REPORT_OTHER_FAMILIES_H_
