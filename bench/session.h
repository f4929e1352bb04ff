#ifndef HYBRID_BENCH_SESSION_H_
#define HYBRID_BENCH_SESSION_H_

#include <functional>
#include <memory>
#include <optional>

#include "cap_policy.h"
#include "machine/ceilings.h"
#include "machine/machine.h"
#include "machine/speed_check.h"
#include "machine/system_counters.h"
#include "pool_keeper.h"
#include "run_info.h"
#include "sweep/config.h"

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
  std::function<void(const Config&)> on_run = [](const Config&) {};
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_SESSION_H_
