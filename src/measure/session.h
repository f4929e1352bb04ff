#ifndef HYBRID_MEASURE_SESSION_H_
#define HYBRID_MEASURE_SESSION_H_

#include <functional>
#include <memory>
#include <optional>

#include "ceilings/ceilings.h"
#include "ceilings/speed_check.h"
#include "counters/system_counters.h"
#include "key/key.h"
#include "machine/machine.h"
#include "measure/cap_policy.h"
#include "measure/pool_keeper.h"
#include "measure/run_info.h"

namespace hybrid {

/// What all fixtures of a run work with.
struct Session {
  const Machine& machine;
  RunInfo info;
  PoolKeeper pools;
  CapPolicy caps;
  SystemCounterReader system{};
  /// Absent where the user did not want them measured.
  std::optional<Ceilings> ceilings{};
  /// There if they are.
  std::unique_ptr<SpeedCheck> speed{};
  /// Told what is being measured, for the status line.
  std::function<void(const Key&)> on_run = [](const Key&) {};
};

}  // namespace hybrid

#endif  // HYBRID_MEASURE_SESSION_H_
