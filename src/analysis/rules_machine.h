#ifndef HYBRID_ANALYSIS_RULES_MACHINE_H_
#define HYBRID_ANALYSIS_RULES_MACHINE_H_

#include <optional>

#include "analysis/finding.h"
#include "analysis/rule_input.h"

namespace hybrid {

// Rules about what a split runs on: memory, kernels, and who else is there.

/// Estimated traffic over the triad's, from which memory is named: BLIS packs
/// and waits for memory by turns, so it can't keep all of it busy.
inline constexpr double kMemoryBoundFraction = 0.5;
/// No more than this share of the time is put down to memory: even traffic at
/// the triad's bandwidth leaves some of it to gemm.
inline constexpr double kMostMemory = 0.9;
/// Kernels with less than this part of others' speed are slower ones.
inline constexpr double kSlowKernels = 0.9;
/// CPU time lost to others, from which a split was disturbed: a few percent
/// are any system's.
inline constexpr double kDisturbedShare = 0.05;

/// The split's estimated traffic comes near the triad's bandwidth, and is more
/// than the best's: what the best moves more of through the same memory can't
/// be what holds the split back.
std::optional<Finding> MemoryBound(const RuleInput& input);

/// The split ran kernels that are slower than those that BLIS would choose, or
/// than the best's with as many threads; of both, what explains more.
std::optional<Finding> SlowerKernels(const RuleInput& input);

/// Steal, throttling or other programs took some of the split's time, or its
/// cores were slowed down.
std::optional<Finding> Disturbed(const RuleInput& input);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_RULES_MACHINE_H_
