#include "output/dry_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/contains.h"
#include "key/key_text.h"
#include "machine/placement.h"
#include "machine/placement_text.h"
#include "measure/worker_settings.h"
#include "output/context.h"
#include "sweep/admission.h"

namespace hybrid {
namespace {

/// Where the workers of each split would run, once for all configurations that
/// share it, in the order in which they come.
std::string PlacementsText(const std::vector<Benchmark>& benchmarks,
                           const Machine& machine) {
  std::string text;
  std::vector<std::pair<Split, Pin>> shown;
  for (const Benchmark& benchmark : benchmarks) {
    const Key& key = benchmark.key;
    const Pin pin = ResolvePin(key, machine);
    const std::pair placed(key.split(), pin);
    if (Contains(shown, placed)) continue;
    shown.push_back(placed);
    const std::string split = SplitText(key.split());
    if (pin != Pin::kCores) {
      text += fmt::format(
          "placement {}  workers run anywhere on the usable CPUs\n", split);
      continue;
    }
    text +=
        fmt::format("placement {}  each worker on cores of its own\n", split);
    text += PlacementText(
        machine.topology,
        AssignCores(machine.topology, static_cast<int>(key.workers),
                    static_cast<int>(key.blas_threads)));
  }
  return text;
}

}  // namespace

std::string DryRunText(const BenchmarkList& selected, const Machine& machine) {
  std::string text;
  double largest_bytes = 0;
  for (const Benchmark& benchmark : selected.benchmarks) {
    const Key& key = benchmark.key;
    const double bytes = EstimateMemoryBytes(key);
    largest_bytes = std::max(largest_bytes, bytes);
    text += fmt::format(
        "run       {}  ({} estimated{}{})\n", benchmark.name,
        FormatBytes(bytes),
        IsOversubscribed(key.split(), machine.usable_cores) ? ", oversubscribed"
                                                            : "",
        ResolvePin(key, machine) == Pin::kCores ? ", pinned to cores" : "");
  }
  text += SkippedText(selected.skipped);
  text += PlacementsText(selected.benchmarks, machine);
  text += fmt::format(
      "{} to run, {} skipped; the largest needs {} (estimated) of {} "
      "available\n",
      selected.benchmarks.size(), selected.skipped.size(),
      FormatBytes(largest_bytes),
      AvailableMemoryText(machine));
  return text;
}

}  // namespace hybrid
