#ifndef HYBRID_BENCH_MEASURE_H_
#define HYBRID_BENCH_MEASURE_H_

#include <optional>
#include <span>

#include "families/benchmark_list.h"
#include "flags/command_line.h"
#include "machine/machine.h"
#include "measure/resume_plan.h"

namespace hybrid {

/// A run from the first look at the machine to the answer. The exit status.
/// Throws FlagError for what can't be measured as the flags say.
int Measure(const CommandLine& line, BenchmarkList list,
            std::optional<ResumePlan> to_resume, const Machine& machine);

/// What Measure checks before it takes its time, for who does not measure: the
/// worker, the files that it would write, the names of kernels, and what
/// differs from the file of `resume`, which it returns with that. Leaves no
/// file behind, and in `list` what the libraries can do and have kernels for.
/// Throws what Measure does.
std::optional<ResumePlan> CheckStart(const CommandLine& line,
                                     BenchmarkList& list,
                                     std::optional<ResumePlan> resume,
                                     const Machine& machine);

/// The end of a run with nothing left to measure: the answer of the file, and
/// what there is no memory for.
int ShowFinished(const CommandLine& line, const ResumePlan& plan,
                 std::span<const SkippedKey> not_run = {});

/// The end of a run that a signal has ended: says so on stderr. The exit
/// status.
int InterruptedStatus();

}  // namespace hybrid

#endif  // HYBRID_BENCH_MEASURE_H_
