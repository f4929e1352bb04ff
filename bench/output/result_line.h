#ifndef HYBRID_BENCH_OUTPUT_RESULT_LINE_H_
#define HYBRID_BENCH_OUTPUT_RESULT_LINE_H_

#include <cstddef>
#include <span>
#include <string>

#include "key/key.h"
#include "results/row.h"

namespace hybrid {

/// One configuration's line of the table: median and spread of its wall time,
/// GFLOP/s, and how the workers spent that time; or `ending`, for one that
/// failed or was capped. Its label, KeyStyle::kGroup, fills `label_width`
/// columns.
std::string ResultLine(const Key& key, std::span<const Row> rows,
                       const std::string& ending, std::size_t label_width);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_RESULT_LINE_H_
