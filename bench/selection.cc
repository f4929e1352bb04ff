#include "selection.h"

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "base/parse_number.h"
#include "flags/name_filter.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

/// The tutorial timed each case once, and a case takes up to minutes.
bool RunsOnce(const Fixture& fixture, const GoogleFlags& flags) {
  return !flags.IsSet("benchmark_repetitions") &&
         fixture.key().family == Family::kTutorial;
}

}  // namespace

Fixtures Select(Fixtures all, const GoogleFlags& flags, bool with_noise) {
  const NameFilter filter(flags.Value("benchmark_filter"));
  std::set<std::uint64_t> sweep_orders;
  for (const std::unique_ptr<Fixture>& fixture : all) {
    const Key& key = fixture->key();
    if (with_noise && key.family == Family::kHybrid &&
        !ComputesNothing(key.operation) &&
        filter.Selects(fixture->name() + "/manual_time")) {
      sweep_orders.insert(key.n);
    }
  }
  Fixtures selected;
  for (std::unique_ptr<Fixture>& fixture : all) {
    // Its names as Google Benchmark completes them.
    const std::string name = fixture->name() +
                             (RunsOnce(*fixture, flags) ? "/repeats:1" : "") +
                             "/manual_time";
    const bool checks_sweep = fixture->key().family == Family::kNoise &&
                              sweep_orders.contains(fixture->key().n);
    if (!filter.Selects(name) && !checks_sweep) continue;
    selected.push_back(std::move(fixture));
  }
  return selected;
}

std::size_t RepetitionsOf(const Fixture& fixture, const GoogleFlags& flags) {
  if (RunsOnce(fixture, flags)) return 1;
  return ParseNumber<std::size_t>(flags.Value("benchmark_repetitions"))
      .value_or(kDefaultRepetitions);
}

void RegisterAll(const Fixtures& fixtures, const GoogleFlags& flags) {
  for (const std::unique_ptr<Fixture>& fixture : fixtures) {
    Register(*fixture, RunsOnce(*fixture, flags) ? 1 : 0);
  }
}

}  // namespace hybrid
