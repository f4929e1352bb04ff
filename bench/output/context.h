#ifndef HYBRID_BENCH_OUTPUT_CONTEXT_H_
#define HYBRID_BENCH_OUTPUT_CONTEXT_H_

#include <string>
#include <vector>

#include "measure/run_context.h"
#include "sweep/sweep.h"

namespace hybrid {

/// The machine, what of it is usable and why not more: known at once.
std::string MachineText(const Machine& machine);

/// What else stands above the table: the BLAS that workers run, the fastest
/// kernels, the ceilings, what was kept from the workers, warnings. With
/// `verbose` all that the probe of kernels found.
std::string ContextText(const RunContext& context, bool verbose);

/// Puts machine, BLAS and ceilings into the context of Google Benchmark's own
/// output files.
void AddToGoogleContext(const RunContext& context);

/// `7.4 GiB`, or that nobody knows.
std::string AvailableMemoryText(const Machine& machine);

/// For each reason the first configuration that it keeps from running, and how
/// many more; empty if there are none.
std::string SkippedSummary(const std::vector<SkippedKey>& skipped);

/// The configurations that will not run, each with its reason; empty if there
/// are none.
std::string SkippedText(const std::vector<SkippedKey>& skipped);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_CONTEXT_H_
