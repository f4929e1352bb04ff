#ifndef HYBRID_MACHINE_PLACEMENT_H_
#define HYBRID_MACHINE_PLACEMENT_H_

#include <vector>

#include "machine/topology.h"

namespace hybrid {

/// Gives each of `workers` workers physical cores of its own, the same number
/// for all and at least `blas_threads`, so that equal tasks meet equal workers;
/// returns each worker's logical CPUs, ascending, SMT siblings never apart.
/// Empty if workers × blas_threads exceeds the number of cores.
///
/// The cores are halved, in hwloc's order, at the boundary between two NUMA
/// nodes that is nearest to the middle; each worker goes to the half where it
/// gets the most cores; and so on in both halves. Within a node the workers
/// take the fastest kind of core as far as it goes, then the next, and the
/// cores of one kind are halved between sockets and between last-level caches.
/// A boundary whose two sides can't hold all workers whole is ignored. Kinds
/// that can't are mixed, the slowest only if it is needed. What is left without
/// a boundary is divided evenly. Cores that would make one worker's share
/// larger than another's stay free: a worker runs `blas_threads` threads and no
/// more, so a free core costs less than a worker that straddles.
std::vector<CpuList> AssignCores(const Topology& topology, int workers,
                                 int blas_threads);

}  // namespace hybrid

#endif  // HYBRID_MACHINE_PLACEMENT_H_
