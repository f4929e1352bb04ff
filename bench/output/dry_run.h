#ifndef HYBRID_BENCH_OUTPUT_DRY_RUN_H_
#define HYBRID_BENCH_OUTPUT_DRY_RUN_H_

#include <string>

#include "families/benchmark_list.h"
#include "machine/machine.h"

namespace hybrid {

/// What --dry_run prints, on a screen of 24 lines and 80 columns whatever the
/// number of configurations: how many would run and over which values, how many
/// would not and why, the splits, and the memory that the largest needs. A
/// single split comes with the cores of its workers and lines to launch a
/// program there, which may take more lines.
std::string DryRunText(const BenchmarkList& selected, const Machine& machine);

/// What --dry_run=full prints: a line for each benchmark that would run, and
/// for each that would not with the reason, and where the workers of each split
/// would be placed.
std::string FullDryRunText(const BenchmarkList& selected,
                           const Machine& machine);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_DRY_RUN_H_
