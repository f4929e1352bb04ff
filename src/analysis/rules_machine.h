#ifndef HYBRID_ANALYSIS_RULES_MACHINE_H_
#define HYBRID_ANALYSIS_RULES_MACHINE_H_

#include <optional>

#include "analysis/finding.h"
#include "analysis/rule_input.h"

namespace hybrid {

// Rules about what a split runs on: memory, kernels, and who else is there.

/// Estimated traffic over the triad's, from which memory is named: BLIS packs
/// and waits for memory by turns, so it can't keep all of it busy.
inline constexpr double kMemoryBound = 0.5;
/// Even traffic at the triad's bandwidth leaves some of the time to gemm.
inline constexpr double kMostMemory = 0.9;
/// Kernels with less than this part of others' speed are slower ones.
inline constexpr double kSlowKernels = 0.9;
/// CPU time lost to others, from which a split was disturbed: a few percent
/// are any system's.
inline constexpr double kDisturbedShare = 0.05;

std::optional<Finding> MemoryBound(const RuleInput& input);
std::optional<Finding> SlowerKernels(const RuleInput& input);
std::optional<Finding> Disturbed(const RuleInput& input);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_RULES_MACHINE_H_
