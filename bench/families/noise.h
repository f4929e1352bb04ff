#ifndef HYBRID_BENCH_FAMILIES_NOISE_H_
#define HYBRID_BENCH_FAMILIES_NOISE_H_

#include "families/benchmark_list.h"
#include "machine/machine.h"
#include "sweep/sweep.h"

namespace hybrid {

/// Adds the family `Noise`, the A/A check: for each order of the sweep the
/// split cores × 1 with the smallest batch and the first operation that
/// computes anything, measured against itself (NoiseTrial). Orders that memory
/// does not admit are left out, and all where no operation computes.
void AddNoise(const SweepAxes& axes, const Machine& machine,
              BenchmarkList& list);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FAMILIES_NOISE_H_
