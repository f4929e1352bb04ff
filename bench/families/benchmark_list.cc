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

}  // namespace hybrid
