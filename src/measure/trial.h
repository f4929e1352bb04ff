#ifndef HYBRID_MEASURE_TRIAL_H_
#define HYBRID_MEASURE_TRIAL_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "key/key.h"
#include "measure/run_context.h"
#include "measure/run_state.h"
#include "pool/worker_group.h"
#include "results/row.h"

namespace hybrid {

/// What one trial measured.
struct TrialResult {
  /// Completed or capped. Attempt, repetition and round are for the caller to
  /// set.
  Row row;
  /// What each iteration took, in seconds; none if it was capped.
  std::vector<double> iterations_s;
  /// Why it ended early: the cap; empty if it did not.
  std::string ending;
};

/// A trial: measures `key` once, with as many iterations as Google Benchmark
/// asks for, at least 1. Throws PoolError for a failure, PoolInterrupted after
/// a signal; the live pool is of no use then.
using Trial =
    std::function<TrialResult(const Key& key, std::uint64_t iterations,
                              const RunContext& context, RunState& state)>;

/// The trial that most are: an iteration is one batch, from the gate to the
/// last worker's finish. Runs on the live pool, which it starts if need be.
TrialResult BatchTrial(const Key& key, std::uint64_t iterations,
                       const RunContext& context, RunState& state);

/// How long a trial goes on, if no batch is stopped.
struct BatchGoal {
  std::uint64_t iterations = 1;  ///< so many batches at least, and …
  double seconds = 0;            ///< … until they took so long together
  /// A first batch of less than kWarmUpBelowS does not count: its workers were
  /// launched just now.
  bool warms_up = false;
  /// Threads at work are counted behind it, and a command's memory, where it is
  /// long enough to be a repetition.
  bool proves_threads = true;
};
inline constexpr double kWarmUpBelowS = 0.01;

/// BatchTrial on `pool`, with a batch stopped at `cap_s`. The products are
/// verified at the end, and a wrong one leaves no time. Rows hold means over
/// the batches, or of the one that was stopped, because a mean with completed
/// ones before it would be neither a completed time nor a rate at the cap.
/// Where there was a pause, all is measured anew, as far as `state` allows.
TrialResult BatchTrialOn(WorkerGroup& pool, double cap_s, const Key& key,
                         const BatchGoal& goal, const RunContext& context,
                         RunState& state);

/// A trial of workers that are launched for it, and end with it, so that what
/// differs from launch to launch is part of what its repetitions show. A worker
/// that ends badly is one line on stderr, as PoolKeeper has it. Throws
/// PoolError and PoolInterrupted.
TrialResult LaunchTrial(const Key& key, double cap_s, const BatchGoal& goal,
                        const RunContext& context, RunState& state);

/// Why a trial ended early: `row`'s batch was stopped at `cap_s`.
std::string CapEnding(const Row& row, double cap_s);

/// NewRow with what the workers of a pool said at its start.
Row NewRowOf(const PoolStart& start, const Key& key, const RunContext& context);

}  // namespace hybrid

#endif  // HYBRID_MEASURE_TRIAL_H_
