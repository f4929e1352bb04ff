#ifndef HYBRID_BENCH_OUTPUT_DRY_RUN_H_
#define HYBRID_BENCH_OUTPUT_DRY_RUN_H_

#include <string>

#include "families/benchmark_list.h"
#include "machine/machine.h"

namespace hybrid {

/// What --dry_run prints: the benchmarks that would run, those that would not
/// with the reason, where the workers of each split would be placed, and the
/// memory that the largest needs.
std::string DryRunText(const BenchmarkList& selected, const Machine& machine);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_DRY_RUN_H_
