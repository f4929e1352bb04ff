#include "measure/noise_trial.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include "analysis/noise_floor.h"

namespace hybrid {
namespace {

TrialResult MeasureSide(std::string_view variant, double cap_s, const Key& key,
                        std::uint64_t iterations, const RunContext& context,
                        RunState& state) {
  const std::unique_ptr<WorkerGroup> pool = state.pools.Launch(key);
  TrialResult side =
      BatchTrialOn(*pool, cap_s, key, iterations, context, state);
  pool->Shutdown();
  side.rows.front().variant = variant;
  return side;
}

}  // namespace

TrialResult NoiseTrial::operator()(const Key& key, std::uint64_t iterations,
                                   const RunContext& context, RunState& state) {
  state.pools.Release();
  const double cap_s = state.caps.CapFor(key);
  const bool b_first = std::exchange(b_first_, !b_first_);
  const auto measure = [&](std::string_view variant) {
    return MeasureSide(variant, cap_s, key, iterations, context, state);
  };
  TrialResult first = measure(b_first ? kNoiseB : kNoiseA);
  if (!first.ending.empty()) return first;
  TrialResult second = measure(b_first ? kNoiseA : kNoiseB);
  if (!second.ending.empty()) return second;
  std::transform(first.iterations_s.begin(), first.iterations_s.end(),
                 second.iterations_s.begin(), first.iterations_s.begin(),
                 std::plus<>());
  first.rows.insert(b_first ? first.rows.begin() : first.rows.end(),
                    std::move(second.rows.front()));
  return first;
}

}  // namespace hybrid
