#ifndef HYBRID_BENCH_MEASURE_H_
#define HYBRID_BENCH_MEASURE_H_

#include <optional>
#include <vector>

#include "flags/command_line.h"
#include "families/hybrid.h"
#include "measure/session.h"
#include "pool/environment.h"
#include "resumption.h"
#include "sweep/sweep.h"

namespace hybrid {

/// A run from the first look at the machine to the answer. The exit status.
/// Throws FlagError for what can't be measured as the flags say.
int Measure(const Fixtures& fixtures, const std::vector<SkippedKey>& skipped,
            const Environment& environment, const CommandLine& line,
            std::optional<Resumption> resumption, Session& session);

/// The end of a run with nothing left to measure: the answer of the file.
int ShowFinished(const CommandLine& line, const Resumption& resumption);

}  // namespace hybrid

#endif  // HYBRID_BENCH_MEASURE_H_
