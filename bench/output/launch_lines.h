#ifndef HYBRID_BENCH_OUTPUT_LAUNCH_LINES_H_
#define HYBRID_BENCH_OUTPUT_LAUNCH_LINES_H_

#include <string>

#include "analysis/split_result.h"
#include "key/key.h"

namespace hybrid {

/// Lines for bash, and for Slurm's srun inside bash, that start a program of
/// the user's, or the command of `key`, once for each worker of `use` on that
/// worker's CPUs, as PasteLines has them. They can be pasted as they are: what
/// is no command is a comment.
std::string LaunchLines(const SplitResult& use, const Key& key);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_LAUNCH_LINES_H_
