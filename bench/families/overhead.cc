#include "families/overhead.h"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>

#include "measure/overhead_trials.h"
#include "measure/trial.h"

namespace hybrid {
namespace {

constexpr std::uint64_t kEmptyTasks = 1000000;
constexpr std::size_t kBallastBytes = std::size_t{4} << 30;

Key OverheadKey(std::string_view what, std::uint64_t workers,
                std::uint64_t batch, const Options& options) {
  Key key;
  key.family = Family::kOverhead;
  key.variant = what;
  key.operation = "none";
  key.blas = options.axes.blas.front();
  key.kernels_asked = UsualKernels(key.family);
  key.n = 1;
  key.batch = batch;
  key.workers = workers;
  key.pin = options.axes.pin;
  key.seed = options.axes.seed;
  return key;
}

}  // namespace

void AddOverhead(const Options& options, const Machine& machine,
                 BenchmarkList& list) {
  const auto cores = static_cast<std::uint64_t>(machine.usable_cores);
  for (const std::uint64_t workers : std::set<std::uint64_t>{1, 2, cores}) {
    list.Add(OverheadKey("empty_tasks", workers, kEmptyTasks, options),
             &BatchTrial);
    list.Add(OverheadKey("gate", workers, workers, options), &GateTrial, false);
    list.Add(OverheadKey("start", workers, workers, options), StartTrial(),
             false);
  }
  if (OneProcessBytes(machine).value_or(0) / 2 <= kBallastBytes) return;
  // Last, so that nothing else runs beside the ballast.
  list.Add(OverheadKey("start_parent_4_gib", cores, cores, options),
           StartTrial(kBallastBytes), false);
}

}  // namespace hybrid
