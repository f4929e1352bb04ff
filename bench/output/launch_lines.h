#ifndef HYBRID_BENCH_OUTPUT_LAUNCH_LINES_H_
#define HYBRID_BENCH_OUTPUT_LAUNCH_LINES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "machine/topology.h"

namespace hybrid {

/// Lines for bash, and for Slurm's srun inside bash, that start a program of
/// the user's once for each worker on that worker's CPUs, with the variables
/// that OpenMP and the usual BLAS libraries read. They can be pasted as they
/// are: what is no command is a comment.
std::string LaunchLines(const std::vector<CpuList>& assigned,
                        std::uint64_t blas_threads);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_LAUNCH_LINES_H_
