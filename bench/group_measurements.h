#ifndef HYBRID_BENCH_GROUP_MEASUREMENTS_H_
#define HYBRID_BENCH_GROUP_MEASUREMENTS_H_

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "families/benchmark_list.h"
#include "flags/google_flags.h"
#include "flags/options.h"
#include "measure/group_plan.h"
#include "measure/run_context.h"
#include "measure/run_state.h"
#include "measurement.h"
#include "results/row.h"

namespace hybrid {

/// How groups are measured; nothing where workers live on (--launch=keep).
std::optional<GroupPlan> GroupPlanFor(const Options& options,
                                      const GoogleFlags& google);

/// Those of `keys` that are of the family Hybrid, by groups, in the order of
/// each group's first.
std::vector<std::vector<Key>> HybridGroups(std::span<const Key> keys);

/// The name of a search's benchmark, which is a whole group.
std::string SearchName(const Key& key);

/// Groups by what GroupOf makes of their keys; each stays where it is.
using MeasuredGroups = std::map<Key, MeasuredGroup>;

/// The group that `key` is of; null if it is of none.
MeasuredGroup* GroupWith(const Key& key, MeasuredGroups& groups);

/// The groups of `benchmarks`, with what `known` rows of a resumed file have of
/// them. What they are measured with has to live on.
MeasuredGroups MakeGroups(std::span<const Benchmark> benchmarks,
                          const GroupPlan& plan, std::span<const Row> known,
                          const RunContext& context, RunState& state);

}  // namespace hybrid

#endif  // HYBRID_BENCH_GROUP_MEASUREMENTS_H_
