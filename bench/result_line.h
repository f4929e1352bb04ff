#ifndef HYBRID_BENCH_RESULT_LINE_H_
#define HYBRID_BENCH_RESULT_LINE_H_

#include <span>
#include <string>

#include "results/row.h"
#include "sweep/config.h"

namespace hybrid {

/// One configuration's line of the table: median and spread of its wall time,
/// GFLOP/s, and how the workers spent that time; or `ending`, for one that
/// failed or was capped.
std::string ResultLine(const Config& config, std::span<const Row> rows,
                       const std::string& ending);

}  // namespace hybrid

#endif  // HYBRID_BENCH_RESULT_LINE_H_
