#include "families/noise.h"

#include <algorithm>
#include <cstdint>

#include "measure/noise_trial.h"
#include "operation/operation.h"
#include "sweep/admission.h"

namespace hybrid {

void AddNoise(const SweepAxes& axes, const Machine& machine,
              BenchmarkList& list) {
  const auto operation =
      std::find_if(axes.operations.begin(), axes.operations.end(),
                   [&axes](const std::string& name) {
                     return !ComputesNothing(name) && FirstAspect(axes, name);
                   });
  if (operation == axes.operations.end()) return;
  Key key = FirstTasks(axes);
  key.family = Family::kNoise;
  key.operation = *operation;
  key.aspect = *FirstAspect(axes, *operation);
  key.workers = static_cast<std::uint64_t>(machine.usable_cores);
  key.batch =
      *std::min_element(axes.batch.values.begin(), axes.batch.values.end());
  for (const std::uint64_t n : axes.n.values) {
    key.n = n;
    if (WhyNotAdmissible(key, machine)) continue;
    list.Add(key, NoiseTrial(), false);
  }
}

}  // namespace hybrid
