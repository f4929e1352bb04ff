#ifndef HYBRID_MACHINE_SHARING_TEXT_H_
#define HYBRID_MACHINE_SHARING_TEXT_H_

#include <span>
#include <string>

#include "machine/topology.h"

namespace hybrid {

/// Which of the allowed CPUs have caches and memory together, in a few words:
/// `CPUs 0-7: an L2 for each core, L3 for 0-3 | 4-7, one NUMA node`. What is
/// not known is left out; empty if nothing is.
std::string SharingText(const Topology& topology);

/// Which caches and memory workers have together that run on the CPUs
/// `workers`, each on one list of them, in a few words: `an L2 each, an L3 for
/// 2 workers, one NUMA node`, `2 L2s for all` where each may run on both. Of
/// one worker what it has: `4 L2s, one L3`. What is not known is left out;
/// empty if nothing is.
std::string WorkersSharingText(const Topology& topology,
                               std::span<const CpuList> workers);

}  // namespace hybrid

#endif  // HYBRID_MACHINE_SHARING_TEXT_H_
