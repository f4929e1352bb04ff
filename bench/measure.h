#ifndef HYBRID_BENCH_MEASURE_H_
#define HYBRID_BENCH_MEASURE_H_

#include <optional>

#include "families/benchmark_list.h"
#include "flags/command_line.h"
#include "machine/machine.h"
#include "measure/resume_plan.h"

namespace hybrid {

/// A run from the first look at the machine to the answer. The exit status.
/// Throws FlagError for what can't be measured as the flags say.
int Measure(const CommandLine& line, const BenchmarkList& list,
            std::optional<ResumePlan> resume, const Machine& machine);

/// `plan` with what differs here from its file, as workers tell it: what
/// Measure compares, for who does not measure.
ResumePlan ComparedHere(const CommandLine& line, const Machine& machine,
                        ResumePlan plan);

/// The end of a run with nothing left to measure: the answer of the file.
int ShowFinished(const CommandLine& line, const ResumePlan& plan);

}  // namespace hybrid

#endif  // HYBRID_BENCH_MEASURE_H_
