#ifndef HYBRID_MEASURE_RUN_STATE_H_
#define HYBRID_MEASURE_RUN_STATE_H_

#include <array>
#include <optional>
#include <set>
#include <string>

#include "ceilings/speed_check.h"
#include "key/precision.h"
#include "measure/cap_policy.h"
#include "measure/measured_memory.h"
#include "measure/pause.h"
#include "measure/pool_keeper.h"
#include "measure/run_context.h"
#include "measure/turns.h"

namespace hybrid {

/// What changes while a run measures, and the instruments it measures with.
struct RunState {
  /// `context` has to live on.
  RunState(const RunContext& context, CapPolicy known_caps,
           MeasuredMemory known_memory = MeasuredMemory());

  PoolKeeper pools;       ///< the live pool, and how many ended badly
  CapPolicy caps;         ///< and what the fastest split of each group took
  MeasuredMemory memory;  ///< what workers of commands need
  PauseBudget pauses;
  Turns turns;                      ///< with another process that measures
  std::optional<SpeedCheck> speed;  ///< there if there are ceilings
  /// Of each precision: a sample was faster than the peak, which therefore is
  /// none.
  std::array<bool, kNames<Precision>.size()> peak_is_refuted{};
  /// What a repetition takes at least, if that was asked for.
  double repetition_s = 0;
  std::set<std::string> said;  ///< lines that were printed, and once is enough
};

}  // namespace hybrid

#endif  // HYBRID_MEASURE_RUN_STATE_H_
