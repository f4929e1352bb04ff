#include "measure/group_plan.h"

#include <algorithm>
#include <map>
#include <set>
#include <variant>

#include "analysis/launches.h"
#include "measure/site.h"
#include "search/next_step.h"

namespace hybrid {

BatchGoal GoalOf(const GroupPlan& plan) {
  return {.iterations = plan.batches,
          .seconds = plan.launch_s,
          .warms_up = true,
          .proves_threads = false};
}

SearchGroup PlannedGroup(std::span<const Key> keys, const GroupPlan& plan,
                         const Machine& machine, std::span<const Row> rows) {
  SearchGroup group;
  group.key = keys.front();
  for (const Key& key : keys) group.splits.push_back(key.split());
  group.usable_cores = machine.usable_cores;
  group.has_smt =
      std::any_of(UsableCores(machine).begin(), UsableCores(machine).end(),
                  [](const CpuList& core) { return core.size() > 1; });
  group.has_phases = !group.key.runs_command() ||
                     std::any_of(rows.begin(), rows.end(), [](const Row& row) {
                       return row.load_s.has_value();
                     });
  group.is_grid = !plan.is_search;
  group.most_rounds = plan.is_search ? plan.rounds : plan.rounds - 1;
  group.spares_long = plan.spares_long;
  group.cut_off = plan.is_search ? kSearchCutOff : kGridCutOff;
  if (plan.cap_s && plan.is_search) group.cut_off.most_s = plan.cap_s;
  if (plan.cap_s && !plan.is_search) {
    group.cut_off = {
        .factor = 0, .least_s = *plan.cap_s, .first_s = *plan.cap_s};
  }
  return group;
}

KnownLaunches FindKnownLaunches(std::span<const Key> keys,
                                std::span<const Row> rows) {
  const std::set<Key> ours(keys.begin(), keys.end());
  KnownLaunches known;
  std::map<LaunchId, std::size_t> places;
  for (const Row& row : rows) {
    if (row.status == Status::kSkipped) {
      if (ours.contains(row)) known.skipped.push_back(row.split());
      continue;
    }
    if (!row.is_launch()) {
      known.kept |= row.status != Status::kError &&
                    row.family == keys.front().family &&
                    hybrid::GroupOf(row) == hybrid::GroupOf(keys.front());
      continue;
    }
    if (!ours.contains(row)) continue;
    const auto [place, is_new] =
        places.try_emplace(ToLaunch(row).id, known.rows.size());
    if (is_new) {
      known.rows.push_back(row);
    } else if (row.attempt >= known.rows[place->second].attempt) {
      known.rows[place->second] = row;
    }
  }
  return known;
}

bool IsGroupDone(std::span<const Key> keys, const GroupPlan& plan,
                 const Machine& machine, std::span<const Row> rows) {
  const KnownLaunches known = FindKnownLaunches(keys, rows);
  std::vector<Launch> launches;
  launches.reserve(known.rows.size());
  for (const Row& row : known.rows) launches.push_back(ToLaunch(row));
  const Step step =
      Next(PlannedGroup(keys, plan, machine, known.rows), launches);
  return std::holds_alternative<Statement>(step);
}

}  // namespace hybrid
