#ifndef HYBRID_MEASURE_NEW_ROW_H_
#define HYBRID_MEASURE_NEW_ROW_H_

#include <vector>

#include "key/key.h"
#include "measure/run_context.h"
#include "results/row.h"

namespace hybrid {

/// A row of `key`, measured now: everything that the run's context says, the
/// key's kernels included, and no measurement.
Row NewRow(const Key& key, const RunContext& context);

/// Of each of the hosts that share the work: what it is and can do, in place
/// of what the context says of the machine.
std::vector<Row> HostRows(const RunContext& context);

}  // namespace hybrid

#endif  // HYBRID_MEASURE_NEW_ROW_H_
