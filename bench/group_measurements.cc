#include "group_measurements.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "base/contains.h"
#include "flags/min_time.h"
#include "key/key_text.h"
#include "selection.h"

namespace hybrid {
namespace {

/// A search's launches, which are many, are short (search_group.h).
double LaunchSeconds(const Options& options, const GoogleFlags& google) {
  const bool is_given = google.IsSet("benchmark_min_time");
  return options.search && !is_given ? kLaunchS : MinTimeOf(google).seconds;
}

}  // namespace

std::optional<GroupPlan> GroupPlanFor(const Options& options,
                                      const GoogleFlags& google) {
  if (options.keep_workers) return std::nullopt;
  const std::size_t repetitions = RepetitionsOf(Key(), google);
  GroupPlan plan;
  plan.is_search = options.search;
  plan.rounds = repetitions;
  if (options.search && !google.IsSet("benchmark_repetitions")) {
    plan.rounds = kMostRounds;
  }
  plan.spares_long = RepeatsByDefault(google);
  plan.cap_s = options.cap_s;
  const auto iterations = MinTimeOf(google).iterations;
  plan.launch_s = iterations ? 0 : LaunchSeconds(options, google);
  plan.batches = static_cast<std::uint64_t>(iterations.value_or(1));
  constexpr std::size_t kUsualRoundsAgain = 1;
  plan.rounds_again = options.rerun_noisy
                          ? static_cast<std::size_t>(*options.rerun_noisy)
                          : kUsualRoundsAgain;
  return plan;
}

std::vector<std::vector<Key>> HybridGroups(std::span<const Key> keys) {
  std::vector<std::vector<Key>> groups;
  std::map<Key, std::size_t> places;
  for (const Key& key : keys) {
    if (key.family != Family::kHybrid) continue;
    const auto [place, is_new] =
        places.try_emplace(GroupOf(key), groups.size());
    if (is_new) groups.emplace_back();
    std::vector<Key>& group = groups[place->second];
    if (!Contains(group, key)) group.push_back(key);
  }
  return groups;
}

std::string SearchName(const Key& key) {
  std::string name = KeyText(key, KeyStyle::kBenchmark);
  for (const std::string_view part :
       {"/engine:", "/workers:", "/blas_threads:"}) {
    const std::size_t begin = name.find(part);
    if (begin == std::string::npos) continue;
    name.erase(begin, name.find('/', begin + 1) - begin);
  }
  return name + "/search";
}

MeasuredGroup* GroupWith(const Key& key, MeasuredGroups& groups) {
  if (key.family != Family::kHybrid) return nullptr;
  for (MeasuredGroup& group : groups) {
    if (GroupOf(group.run.members().front().key) == GroupOf(key)) return &group;
  }
  return nullptr;
}

MeasuredGroups MakeGroups(std::span<const Benchmark> benchmarks,
                          const GroupPlan& plan, std::span<const Row> known,
                          const RunContext& context, RunState& state) {
  std::vector<Key> keys;
  for (const Benchmark& benchmark : benchmarks) keys.push_back(benchmark.key);
  MeasuredGroups groups;
  for (std::vector<Key>& group : HybridGroups(keys)) {
    // Those that are done take part in what the rest is compared with.
    for (const Row& row : known) {
      if (row.family == Family::kHybrid && row.is_launch() &&
          GroupOf(row) == GroupOf(group.front()) &&
          !Contains(group, static_cast<const Key&>(row))) {
        group.push_back(row);
      }
    }
    groups.push_back({GroupRun(std::move(group), plan, known, context, state),
                      [] {}, [] { return std::optional<double>(); }});
  }
  return groups;
}

}  // namespace hybrid
