#ifndef HYBRID_BENCH_FLAGS_OUTPUT_FILES_H_
#define HYBRID_BENCH_FLAGS_OUTPUT_FILES_H_

#include <string>
#include <vector>

#include "flags/google_flags.h"
#include "flags/options.h"

namespace hybrid {

/// The flags that put something for programs on standard output, such as
/// `--csv=-`: then nothing else may stand there.
std::vector<std::string> OutputsOnStandardOutput(const Options& options,
                                                 const GoogleFlags& google);

/// Refuses two outputs of a run that would end up in one file or on one stream,
/// and a result file in the place of --benchmark_out, before any is opened.
/// Throws FlagError.
void CheckOutputFiles(const Options& options, const GoogleFlags& google);

/// Throws FlagError if standard output, which the caller closed, is to take
/// something for programs.
void RefuseClosedOutput(const Options& options, const GoogleFlags& google);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_OUTPUT_FILES_H_
