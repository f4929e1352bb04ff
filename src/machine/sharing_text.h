#ifndef HYBRID_MACHINE_SHARING_TEXT_H_
#define HYBRID_MACHINE_SHARING_TEXT_H_

#include <string>

#include "machine/topology.h"

namespace hybrid {

/// Which of the allowed CPUs have caches and memory together, in a few words:
/// `CPUs 0-7: an L2 for each core, L3 for 0-3 | 4-7, one NUMA node`. What is
/// not known is left out; empty if nothing is.
std::string SharingText(const Topology& topology);

}  // namespace hybrid

#endif  // HYBRID_MACHINE_SHARING_TEXT_H_
