#ifndef HYBRID_ANALYSIS_FINDING_H_
#define HYBRID_ANALYSIS_FINDING_H_

#include <string>

namespace hybrid {

/// Why a split is slower than the best, in the order in which causes are asked
/// for; of causes that explain as much the first is named.
enum class Cause {
  kOversubscribed,   ///< threads of one worker spin for others without a CPU
  kTakingTurns,      ///< more single-threaded workers than cores
  kFewerThreads,     ///< the BLAS ran fewer threads than it was given
  kThreadsTooFine,   ///< threads of one worker do less than 1×1's
  kLoadNotParallel,  ///< one thread makes the operands, the others wait
  kSharedProcess,    ///< threads of one process do less than processes
  kImbalance,        ///< the last tasks don't occupy all workers
  kSlowHost,         ///< one host can do less than the others
  kStarved,          ///< a host's workers waited for tasks still to come
  kFarHosts,         ///< the way to a host and back
  kMemoryBound,      ///< estimated traffic near the measured bandwidth
  kCoresIdle,        ///< fewer threads than cores
  kSlowerKernels,    ///< BLIS runs kernels that are slower than others
  kDisturbed,        ///< steal, throttling, other programs or slow cores
  kWaiting,          ///< the gate, waking up, workers without a task
  kStartNotRepaid,   ///< fastest once started, but starting costs more than
                     ///< 1×1 or one host takes
  kWithinNoise,      ///< not known to be slower at all
  kUnknown,          ///< no dominant cause in the evidence
};

/// One cause with its figures.
struct Finding {
  Cause cause = Cause::kUnknown;
  /// The factor of the time per task that would go if the cause did: the
  /// split's own, over the best's if that has some of it too. At least 1.
  double severity = 1;
  std::string text;  ///< the cause and the figures that show it, for people
};

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_FINDING_H_
