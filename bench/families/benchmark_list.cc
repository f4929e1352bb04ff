#include "families/benchmark_list.h"

#include <utility>

#include "key/key_text.h"

namespace hybrid {

void BenchmarkList::Add(Key key, Trial trial, bool may_rerun) {
  std::string name = KeyText(key, KeyStyle::kBenchmark);
  benchmarks.push_back({.name = std::move(name),
                        .key = std::move(key),
                        .trial = std::move(trial),
                        .may_rerun = may_rerun});
}

void BenchmarkList::Skip(std::vector<SkippedKey> keys) {
  for (SkippedKey& skip : keys) {
    std::erase_if(benchmarks, [&skip](const Benchmark& benchmark) {
      return benchmark.key == skip.key;
    });
    skipped.push_back(std::move(skip));
  }
}

}  // namespace hybrid
