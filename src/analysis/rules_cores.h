#ifndef HYBRID_ANALYSIS_RULES_CORES_H_
#define HYBRID_ANALYSIS_RULES_CORES_H_

#include <optional>

#include "analysis/finding.h"
#include "analysis/rule_input.h"

namespace hybrid {

// Rules about who runs where.

/// Waiting for a CPU this long per second shows that threads share cores: 2×2
/// and 4×1 on 2 cores wait 0.5 s, splits that fit next to nothing.
inline constexpr double kWaits = 0.1;
/// And it must be this many times 1×1's, which waits where others disturb it.
inline constexpr double kWaitsMore = 3;
/// The 99th percentile of a task's latency over 1×1's, from which tasks are
/// torn apart: taking turns alone, two threads to a core, gives 1 for tasks
/// of 2 threads.
inline constexpr double kTornLatency = 1.5;
/// cores × 1×1's throughput over the split's, from which oversubscription is
/// a cause and not a fact: 4×1 on 2 cores waits as long as 2×2 and loses less.
inline constexpr double kOversubscribedPrice = 1.25;
/// A thread with less than this part of 1×1's throughput has too little to do.
inline constexpr double kFineThreads = 0.9;
/// A task that 1×1 does in this time is too small to divide; BLIS's threads
/// meet some dozen times a call for microseconds each, which a longer one
/// doesn't feel: where its threads scale badly, it is for another reason.
inline constexpr double kFineTask_s = 0.01;

std::optional<Finding> Oversubscribed(const RuleInput& input);
std::optional<Finding> CrowdedOut(const RuleInput& input);
std::optional<Finding> TakingTurns(const RuleInput& input);
std::optional<Finding> ThreadsTooFine(const RuleInput& input);
std::optional<Finding> CoresIdle(const RuleInput& input);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_RULES_CORES_H_
