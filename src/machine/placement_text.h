#ifndef HYBRID_MACHINE_PLACEMENT_TEXT_H_
#define HYBRID_MACHINE_PLACEMENT_TEXT_H_

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "machine/topology.h"

namespace hybrid {

/// Draws which worker has which core, for people, in lines of at most 80
/// columns: one row for each NUMA node of each socket with a cell for every
/// allowed core (its worker's number or `.`, `e` after it where a faster kind
/// exists, `|` between last-level caches), then each worker's logical CPUs; of
/// more than `most_workers`, which are 3 at least, some are left out.
/// `assigned` is what AssignCores made of `topology`.
std::string PlacementText(
    const Topology& topology, const std::vector<CpuList>& assigned,
    std::size_t most_workers = std::numeric_limits<std::size_t>::max());

}  // namespace hybrid

#endif  // HYBRID_MACHINE_PLACEMENT_TEXT_H_
