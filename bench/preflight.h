#ifndef HYBRID_BENCH_PREFLIGHT_H_
#define HYBRID_BENCH_PREFLIGHT_H_

#include <span>

#include "families/hybrid.h"
#include "flags/options.h"
#include "output/context.h"

namespace hybrid {

/// Asks a worker what it runs with, which completes what `session` knows of the
/// machine: only then it has an id.
Context MeetWorkers(const Environment& environment, Session& session);

/// Finds out what the measuring builds on, a few seconds in all: the state of
/// the machine, its ceilings, the fastest kernels for what `fixtures` ask for,
/// unless the rows of a `resumed` file tell those. Leaves it in `context` and
/// in `session`. Throws FlagError for kernels that this BLIS does not have or
/// this CPU does not run.
void GetToKnow(const Fixtures& fixtures, const Options& options,
               std::span<const Row> resumed, Context& context,
               Session& session);

}  // namespace hybrid

#endif  // HYBRID_BENCH_PREFLIGHT_H_
