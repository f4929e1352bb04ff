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
/// A split's threads must wait for a CPU this many times as long as 1×1's,
/// which wait where others disturb them.
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
/// A thread of a process of several that keeps less than this part of what a
/// process of its own does is held up by the others.
inline constexpr double kHeldUp = 0.95;
/// A task that 1×1 does in this time is too small to divide; BLIS's threads
/// meet some dozen times a call for microseconds each, which a longer one
/// doesn't feel: where its threads scale badly, it is for another reason.
inline constexpr double kFineTask_s = 0.01;

/// More BLAS threads than cores, several a worker: while one waits for a CPU,
/// those that wait for it spin and keep it from one. Waiting for a CPU detects
/// it, the latency of tasks tells that threads wait for each other, and
/// throughput against 1×1's prices it.
std::optional<Finding> Oversubscribed(const RuleInput& input);

/// The cores would suffice for the split's threads, several a worker, but other
/// programs take some: a thread that waits for a CPU makes those spin that wait
/// for it. Found as kDisturbed.
std::optional<Finding> CrowdedOut(const RuleInput& input);

/// More single-threaded workers than cores: they take turns, and none waits for
/// another.
std::optional<Finding> TakingTurns(const RuleInput& input);

/// The BLAS ran fewer threads of a worker than it was given, as the CPU time of
/// each shows, and cores idle for it that the best's threads occupy.
std::optional<Finding> FewerThreads(const RuleInput& input);

/// The threads of one worker each do less inside the BLAS than 1×1's one does,
/// though there are cores for all: tasks are too small for them, or, where
/// tasks are long, threads scale badly for another reason.
std::optional<Finding> ThreadsTooFine(const RuleInput& input);

/// The threads of one process each do less inside the BLAS than the best's
/// processes do, with as many BLAS threads each and cores for all: they wait
/// for one another there (locks, one pool of threads or buffers, one heap).
std::optional<Finding> SharedProcess(const RuleInput& input);

/// The split's threads, all of them at work, are fewer than the cores that the
/// best's occupy: some cores idle.
std::optional<Finding> CoresIdle(const RuleInput& input);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_RULES_CORES_H_
