#ifndef HYBRID_BASE_CPU_RANGES_H_
#define HYBRID_BASE_CPU_RANGES_H_

#include <string>
#include <vector>

namespace hybrid {

/// `0-3,7,64-67`, as taskset and numactl take it, of CPUs in ascending order.
std::string CpuRanges(const std::vector<int>& cpus);

}  // namespace hybrid

#endif  // HYBRID_BASE_CPU_RANGES_H_
