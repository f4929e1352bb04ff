#ifndef HYBRID_BENCH_OUTPUT_CONTEXT_H_
#define HYBRID_BENCH_OUTPUT_CONTEXT_H_

#include <string>
#include <vector>

#include "measure/run_context.h"
#include "sweep/sweep.h"

namespace hybrid {

/// What stands above the table: the machine, what of it is usable and why not
/// more, the BLAS that workers run, what was kept from them.
std::string ContextText(const RunContext& context);

/// Puts machine, BLAS and ceilings into the context of Google Benchmark's own
/// output files.
void AddToGoogleContext(const RunContext& context);

/// `7.4 GiB`, or that nobody knows.
std::string AvailableMemoryText(const Machine& machine);

/// The configurations that will not run, each with its reason; empty if there
/// are none.
std::string SkippedText(const std::vector<SkippedKey>& skipped);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_CONTEXT_H_
