#include "families/hybrid.h"

#include <utility>

#include "measure/trial.h"

namespace hybrid {

void AddHybrid(const SweepAxes& axes, const Machine& machine,
               BenchmarkList& list) {
  Sweep sweep = ExpandSweep(axes, machine);
  for (Key& key : sweep.keys) list.Add(std::move(key), &BatchTrial);
  for (SkippedKey& skipped : sweep.skipped) {
    list.skipped.push_back(std::move(skipped));
  }
}

}  // namespace hybrid
