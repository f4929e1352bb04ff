#ifndef HYBRID_BENCH_FAMILIES_HYBRID_H_
#define HYBRID_BENCH_FAMILIES_HYBRID_H_

#include "families/benchmark_list.h"
#include "machine/machine.h"
#include "sweep/sweep.h"

namespace hybrid {

/// Adds the family `Hybrid`: one benchmark for every configuration of the
/// sweep, the whole product.
void AddHybrid(const SweepAxes& axes, const Machine& machine,
               BenchmarkList& list);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FAMILIES_HYBRID_H_
