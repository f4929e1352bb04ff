#ifndef HYBRID_ANALYSIS_RULES_BATCH_H_
#define HYBRID_ANALYSIS_RULES_BATCH_H_

#include <optional>

#include "analysis/finding.h"
#include "analysis/rule_input.h"

namespace hybrid {

// Rules about how a batch is divided.

/// Wall time that parallel load would save, from which it is worth a name.
inline constexpr double kSerialLoad = 0.05;
/// Rounds of tasks over those of an even division, from which it is uneven;
/// also the busy time of the slowest worker over the median one's.
inline constexpr double kUneven = 1.05;
/// Idle time must be at least this part of what an uneven batch predicts.
inline constexpr double kTailSeen = 0.5;
/// Idle time that nothing else explains, from which waiting is named.
inline constexpr double kWaitingShare = 0.1;
/// The gate and waking up cost no more than this a batch: tens of µs, and
/// where workers share cores a time slice of the scheduler. What idles longer
/// is something else.
inline constexpr double kLongestGate_s = 0.005;

std::optional<Finding> LoadNotParallel(const RuleInput& input);
std::optional<Finding> Imbalance(const RuleInput& input);
std::optional<Finding> Waiting(const RuleInput& input);
/// Of the best: it would lose to 1×1 if its workers were started for one
/// batch.
std::optional<Finding> StartNotRepaid(const RuleInput& input);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_RULES_BATCH_H_
