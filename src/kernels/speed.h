#ifndef HYBRID_KERNELS_SPEED_H_
#define HYBRID_KERNELS_SPEED_H_

#include <cstdint>
#include <span>
#include <vector>

#include "kernels/catalog.h"

namespace hybrid {

/// How fast one sub-configuration is.
struct KernelsSpeed {
  Kernels kernels;
  double gflops = 0;
};

/// Measures `all` kernels with one worker of `blas_threads` threads at
/// order n, operands in cache where they fit. The workers of all are alive
/// together and take turns, so that a disturbance meets all alike; who is far
/// behind drops out early. Of a turn the shortest batch counts, because
/// disturbances only ever add, and of all turns the median against the fastest
/// of each round. Takes about `budget_s`, but at least three rounds of one
/// task. Kernels that fail are left out. Throws PoolInterrupted.
std::vector<KernelsSpeed> MeasureSpeeds(std::span<const Kernels> all,
                                        std::uint64_t n,
                                        std::uint64_t blas_threads,
                                        const SettingsFor& settings_for,
                                        double budget_s);

}  // namespace hybrid

#endif  // HYBRID_KERNELS_SPEED_H_
