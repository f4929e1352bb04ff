#ifndef HYBRID_BENCH_RESUMPTION_H_
#define HYBRID_BENCH_RESUMPTION_H_

#include <optional>
#include <string>
#include <vector>

#include "families/benchmark_list.h"
#include "flags/command_line.h"
#include "measure/resume_plan.h"
#include "measure/run_identity.h"
#include "measure/site.h"

namespace hybrid {

/// What the file of --resume leaves to do of `benchmarks`, where the flags say
/// otherwise than it among the differences. Nothing without --resume.
std::optional<ResumePlan> ResumePlanFor(
    const CommandLine& line, const std::vector<Benchmark>& benchmarks,
    const Machine& machine);

/// The benchmarks that remain, with the numbers of their attempts.
std::vector<Benchmark> KeepRemaining(std::vector<Benchmark> benchmarks,
                                     const ResumePlan& plan);

/// `plan` with what differs, and is to be noted, as workers and this bench tell
/// it.
ResumePlan ComparedWith(const RunIdentity& run, const Site& site,
                        ResumePlan plan);

/// Prints what differs, on stderr. Throws FlagError if that is anything and the
/// user does not want to go on anyway.
void CheckDifferences(const ResumePlan& plan, const Options& options);

/// `resumed   27 of 39 configurations from FILE`, and the notes.
std::string ResumedText(const ResumePlan& plan);

}  // namespace hybrid

#endif  // HYBRID_BENCH_RESUMPTION_H_
