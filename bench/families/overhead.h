#ifndef HYBRID_BENCH_FAMILIES_OVERHEAD_H_
#define HYBRID_BENCH_FAMILIES_OVERHEAD_H_

#include "families/benchmark_list.h"
#include "flags/options.h"
#include "machine/machine.h"

namespace hybrid {

/// Adds the family `Overhead`, what the harness itself costs with as many
/// workers as there are usable cores, and with one and two:
/// `empty_tasks` (a batch of a million tasks that do nothing), `gate` (from
/// opening the gate to the last worker running), `start` (from the first
/// launch to the last worker ready) and `start_parent_4_gib` (the same with as
/// many workers as cores while the parent holds 4 GiB, where memory admits it).
void AddOverhead(const Options& options, const Machine& machine,
                 BenchmarkList& list);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FAMILIES_OVERHEAD_H_
