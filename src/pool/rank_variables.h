#ifndef HYBRID_POOL_RANK_VARIABLES_H_
#define HYBRID_POOL_RANK_VARIABLES_H_

#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// The names of those of `variables` (NAME=value each) by which a launcher
/// tells a process that it is a rank of its program: mpirun, mpiexec or srun,
/// which started this one or the shell that it was started in. What such a
/// process starts is none: MPI would make it one, or refuse to start. What
/// names an allocation, or sets up a launcher, is not among them.
std::vector<std::string_view> RankVariables(
    const std::vector<std::string>& variables);

}  // namespace hybrid

#endif  // HYBRID_POOL_RANK_VARIABLES_H_
