#ifndef HYBRID_BENCH_PREFLIGHT_H_
#define HYBRID_BENCH_PREFLIGHT_H_

#include "context.h"
#include "hybrid.h"
#include "options.h"

namespace hybrid {

/// Finds out what the measuring builds on, a few seconds in all: the state of
/// the machine, its ceilings, the fastest kernels for what `fixtures` ask for.
/// Leaves ceilings and kernels in `session`. Throws FlagError for kernels that
/// this BLIS does not have or this CPU does not run.
Context GetToKnow(const Fixtures& fixtures, const Environment& environment,
                  const Options& options, Session& session);

}  // namespace hybrid

#endif  // HYBRID_BENCH_PREFLIGHT_H_
