#include "measure/overhead_trials.h"

#include <memory>
#include <string>
#include <utility>

#include "measure/cap_policy.h"
#include "measure/pause.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

TrialResult ResultOf(Row row, std::vector<double> iterations_s) {
  row.iterations = iterations_s.size();
  row.wall_s = Mean(iterations_s);
  return {.row = std::move(row),
          .iterations_s = std::move(iterations_s),
          .ending = {}};
}

}  // namespace

TrialResult GateTrial(const Key& key, std::uint64_t iterations,
                      const RunContext& context, RunState& state) {
  WorkerGroup& pool = state.pools.Acquire(key);
  Row row = NewRowOf(pool.start(), key, context);
  std::vector<double> gates_s;
  while (gates_s.size() < iterations) {
    const BatchTiming timing = pool.RunBatch(kGridCutOff.first_s);
    const std::string pause =
        PauseText(timing, key, context.site.machine.usable_cores);
    if (!pause.empty() && state.pauses.Spend(key, pause, timing.wall_s)) {
      continue;
    }
    gates_s.push_back(timing.gate_s);
  }
  return ResultOf(std::move(row), std::move(gates_s));
}

TrialResult StartTrial::operator()(const Key& key, std::uint64_t iterations,
                                   const RunContext& context, RunState& state) {
  state.pools.Release();
  // Touched, so that a fork would have page tables to copy. Kept, since that
  // takes seconds.
  if (ballast_.size() < ballast_bytes_) ballast_.assign(ballast_bytes_, 1);
  Row row;
  std::vector<double> starts_s;
  std::vector<double> warm_ups_s;
  while (starts_s.size() < iterations) {
    const std::unique_ptr<WorkerGroup> pool = state.pools.Launch(key);
    const PoolStart& start = pool->start();
    row = NewRowOf(start, key, context);
    starts_s.push_back(start.start_s);
    warm_ups_s.push_back(start.warm_up_s);
    pool->Shutdown();
  }
  row.start_s = Mean(starts_s);
  // The workers' own part, their BLAS's: it is work, not waiting.
  row.operate_s = Mean(warm_ups_s);
  row.idle_s = *row.start_s - *row.operate_s;
  return ResultOf(std::move(row), std::move(starts_s));
}

}  // namespace hybrid
