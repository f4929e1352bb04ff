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
  if (!options.launch_anew) return std::nullopt;
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
       {"/hosts:", "/engine:", "/workers:", "/blas_threads:"}) {
    const std::size_t begin = name.find(part);
    if (begin == std::string::npos) continue;
    name.erase(begin, name.find('/', begin + 1) - begin);
  }
  return name + "/search";
}

MeasuredGroup* GroupWith(const Key& key, MeasuredGroups& groups) {
  const auto found = groups.find(GroupOf(key));
  return found == groups.end() ? nullptr : &found->second;
}

MeasuredGroups MakeGroups(std::span<const Benchmark> benchmarks,
                          const GroupPlan& plan, std::span<const Row> known,
                          const RunContext& context, RunState& state) {
  std::vector<Key> keys;
  keys.reserve(benchmarks.size());
  for (const Benchmark& benchmark : benchmarks) keys.push_back(benchmark.key);
  std::map<Key, std::vector<Row>> known_of;
  for (const Row& row : known) known_of[GroupOf(row)].push_back(row);
  MeasuredGroups groups;
  for (std::vector<Key>& group : HybridGroups(keys)) {
    Key key = GroupOf(group.front());
    const std::vector<Row>& its_rows = known_of[key];
    // Those that are done take part in what the rest is compared with.
    for (const Row& row : its_rows) {
      const Key& measured = row;
      if (row.is_launch() && !Contains(group, measured)) {
        group.push_back(measured);
      }
    }
    groups.emplace(
        std::move(key),
        MeasuredGroup{
            GroupRun(std::move(group), plan, its_rows, context, state), [] {},
            [] { return std::optional<double>(); }});
  }
  return groups;
}

}  // namespace hybrid
