#ifndef HYBRID_BENCH_OUTPUT_SUMMARY_H_
#define HYBRID_BENCH_OUTPUT_SUMMARY_H_

#include <span>
#include <string>

#include "results/row.h"

namespace hybrid {

/// What stands at the end: the answer for the family `Hybrid`, the tutorial's
/// table, the harness's overhead, each where `rows` hold any of it.
std::string SummaryText(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_SUMMARY_H_
