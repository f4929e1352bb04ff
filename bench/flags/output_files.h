#ifndef HYBRID_BENCH_FLAGS_OUTPUT_FILES_H_
#define HYBRID_BENCH_FLAGS_OUTPUT_FILES_H_

#include "flags/google_flags.h"
#include "flags/options.h"

namespace hybrid {

/// Refuses two outputs of a run that would end up in one file, and a result
/// file in the place of --benchmark_out, before any is opened. Throws
/// FlagError.
void CheckOutputFiles(const Options& options, const GoogleFlags& google);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_OUTPUT_FILES_H_
