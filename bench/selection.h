#ifndef HYBRID_BENCH_SELECTION_H_
#define HYBRID_BENCH_SELECTION_H_

#include <cstddef>

#include "families/hybrid.h"
#include "flags/google_flags.h"

namespace hybrid {

/// Those of `all` that --benchmark_filter selects, and before a sweep its A/A
/// check if `with_noise`.
Fixtures Select(Fixtures all, const GoogleFlags& flags, bool with_noise);

/// How many repetitions a fixture gets.
std::size_t RepetitionsOf(const Fixture& fixture, const GoogleFlags& flags);

/// Registers all of them with Google Benchmark.
void RegisterAll(const Fixtures& fixtures, const GoogleFlags& flags);

}  // namespace hybrid

#endif  // HYBRID_BENCH_SELECTION_H_
