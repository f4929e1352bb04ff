#ifndef HYBRID_ANALYSIS_RULES_BATCH_H_
#define HYBRID_ANALYSIS_RULES_BATCH_H_

#include <optional>

#include "analysis/finding.h"
#include "analysis/rule_input.h"

namespace hybrid {

// Rules about how a batch is divided.

/// Share of wall time that parallel load would save, from which it is worth a
/// name.
inline constexpr double kSerialLoad = 0.05;
/// A batch is uneven if its tasks take this many times the rounds of an even
/// division, or its slowest worker is busy this many times as long as the
/// median one.
inline constexpr double kUneven = 1.05;
/// Idle time must be at least this part of what an uneven batch predicts.
inline constexpr double kTailSeen = 0.5;
/// Share of wall time that workers idle and nothing else explains, from which
/// waiting is named.
inline constexpr double kWaitingShare = 0.1;
/// The gate and waking up cost no more than this a batch: tens of µs, and
/// where workers share cores a time slice of the scheduler. What idles longer
/// is something else.
inline constexpr double kLongestGate_s = 0.005;

/// One thread of each worker makes the operands while its others wait: what
/// only one of T threads does is not divided by T.
///
/// G. M. Amdahl, "Validity of the single processor approach to achieving large
/// scale computing capabilities", AFIPS 30 (1967), 483-485.
std::optional<Finding> LoadNotParallel(const RuleInput& input);

/// The last tasks don't occupy all workers: the batch is not divisible by the
/// workers, or one is slower than the others. Must show as idle time.
std::optional<Finding> Imbalance(const RuleInput& input);

/// Workers idle at the gate and while they wake up, or for want of a task, and
/// neither the batch's tail nor a lack of cores explains it.
std::optional<Finding> Waiting(const RuleInput& input);

/// The split, which is the best, would lose to 1×1 if its workers were started
/// for one batch.
std::optional<Finding> StartNotRepaid(const RuleInput& input);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_RULES_BATCH_H_
