#ifndef HYBRID_ANALYSIS_RULES_H_
#define HYBRID_ANALYSIS_RULES_H_

#include <optional>

#include "analysis/finding.h"
#include "analysis/group_key.h"
#include "analysis/recorded_ceilings.h"
#include "analysis/split_result.h"

namespace hybrid {

/// What the rules look at. They are pure functions; one whose evidence is
/// absent finds nothing.
struct RuleInput {
  const SplitResult& split;   // why is this slower
  const SplitResult* single;  // 1×1, if it was measured
  const SplitResult& best;    // than this
  const RecordedCeilings& ceilings;
  const GroupKey& key;
};

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
/// Wall time that parallel load would save, from which it is worth a name.
inline constexpr double kSerialLoad = 0.05;
/// Rounds of tasks over those of an even division, from which it is uneven;
/// also the busy time of the slowest worker over the median one's.
inline constexpr double kUneven = 1.05;
/// Idle time must be at least this part of what an uneven batch predicts.
inline constexpr double kTailSeen = 0.5;
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
/// Idle time that nothing else explains, from which waiting is named.
inline constexpr double kWaitingShare = 0.1;
/// The gate and waking up cost no more than this a batch: tens of µs, and
/// where workers share cores a time slice of the scheduler. What idles longer
/// is something else.
inline constexpr double kLongestGate_s = 0.005;

// Who runs where: rules_cores.cc.
std::optional<Finding> Oversubscribed(const RuleInput& input);
std::optional<Finding> CrowdedOut(const RuleInput& input);
std::optional<Finding> TakingTurns(const RuleInput& input);
std::optional<Finding> ThreadsTooFine(const RuleInput& input);
std::optional<Finding> CoresIdle(const RuleInput& input);
// How a batch is divided: rules_batch.cc.
std::optional<Finding> LoadNotParallel(const RuleInput& input);
std::optional<Finding> Imbalance(const RuleInput& input);
std::optional<Finding> Waiting(const RuleInput& input);
/// Of the best: it would lose to 1×1 if its workers were started for one
/// batch.
std::optional<Finding> StartNotRepaid(const RuleInput& input);
// What it runs on: rules_machine.cc.
std::optional<Finding> MemoryBound(const RuleInput& input);
std::optional<Finding> SlowerKernels(const RuleInput& input);
std::optional<Finding> Disturbed(const RuleInput& input);

/// Whether the split's threads outnumber the usable cores.
bool HasTooManyThreads(const RuleInput& input, const SplitResult& split);

/// Its threads that can run at once.
double CoresUsedBy(const RuleInput& input, const SplitResult& split);

/// Tasks per second that one thread does while its worker operates: load and
/// idle time left out.
std::optional<double> OperateRate(const SplitResult& split);

/// What `loss` says of the split over what it says of the best, since what
/// both have doesn't tell them apart. At least 1.
template <typename Loss>
double Relative(const RuleInput& input, Loss loss) {
  const double own = loss(input.split);
  const double of_best = loss(input.best);
  return own > of_best && of_best > 0 ? own / of_best : 1;
}

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_RULES_H_
