#ifndef HYBRID_BENCH_OUTPUT_OVERHEAD_TEXT_H_
#define HYBRID_BENCH_OUTPUT_OVERHEAD_TEXT_H_

#include <span>
#include <string>

#include "results/row.h"

namespace hybrid {

/// What the rows of the family `Overhead` say; empty if there are none.
std::string OverheadText(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_OVERHEAD_TEXT_H_
