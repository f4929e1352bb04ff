#include "selection.h"

#include <cstdint>
#include <set>
#include <string>

#include "base/parse_number.h"
#include "families/hybrid.h"
#include "families/noise.h"
#include "families/overhead.h"
#include "families/tutorial.h"
#include "flags/name_filter.h"
#include "key/key_text.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

BenchmarkList AllBenchmarks(Options options, const Machine& machine) {
  if (options.axes.batch.is_auto) {
    options.axes.batch = DefaultBatches(machine.usable_cores);
  }
  BenchmarkList all;
  AddNoise(options.axes, machine, all);
  AddHybrid(options.axes, machine, all);
  AddTutorial(options, machine, all);
  AddOverhead(options, machine, all);
  return all;
}

}  // namespace

BenchmarkList SelectBenchmarks(const CommandLine& line,
                               const Machine& machine) {
  const NameFilter filter(line.google.Value("benchmark_filter"));
  const auto is_selected = [&](const Key& key) {
    return filter.Selects(CompleteName(key, line.google));
  };
  BenchmarkList list = AllBenchmarks(line.options, machine);
  std::set<std::uint64_t> sweep_orders;
  for (const Benchmark& benchmark : list.benchmarks) {
    const Key& key = benchmark.key;
    if (line.options.noise && key.family == Family::kHybrid &&
        !ComputesNothing(key.operation) && is_selected(key)) {
      sweep_orders.insert(key.n);
    }
  }
  std::erase_if(list.benchmarks, [&](const Benchmark& benchmark) {
    const Key& key = benchmark.key;
    const bool checks_sweep = key.family == Family::kNoise &&
                              !filter.Excludes() &&
                              sweep_orders.contains(key.n);
    return !checks_sweep && !is_selected(key);
  });
  std::erase_if(list.skipped, [&](const SkippedKey& skipped) {
    return !is_selected(skipped.key);
  });
  if (RepeatsByDefault(line.google)) {
    for (Benchmark& benchmark : list.benchmarks) {
      benchmark.default_repetitions = RepetitionsOf(benchmark.key, line.google);
    }
  }
  return list;
}

std::string CompleteName(const Key& key, const GoogleFlags& flags) {
  return KeyText(key, KeyStyle::kBenchmark) +
         (RunsOnce(key, flags) ? "/repeats:1" : "") + "/manual_time";
}

bool RunsOnce(const Key& key, const GoogleFlags& flags) {
  return key.family == Family::kTutorial &&
         !flags.IsSet("benchmark_repetitions");
}

bool RepeatsByDefault(const GoogleFlags& flags) {
  return !flags.IsSet("benchmark_repetitions") &&
         !flags.IsSet("benchmark_min_warmup_time");
}

std::size_t RepetitionsOf(const Key& key, const GoogleFlags& flags) {
  if (RunsOnce(key, flags)) return 1;
  return ParseNumber<std::size_t>(flags.ValueOrDefault("benchmark_repetitions"))
      .value_or(kDefaultRepetitions);
}

}  // namespace hybrid
