#ifndef HYBRID_MEASURE_GROUP_PLAN_H_
#define HYBRID_MEASURE_GROUP_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "key/key.h"
#include "machine/machine.h"
#include "measure/trial.h"
#include "results/row.h"
#include "search/launch.h"
#include "search/search_group.h"

namespace hybrid {

/// How the configurations of a group are measured, each launched anew in every
/// round.
struct GroupPlan {
  /// The best split is looked for, and others may be left out.
  bool is_search = false;
  /// Of a grid; of a search the most rounds of its race.
  std::size_t rounds = 1;
  bool spares_long = false;       ///< see SearchGroup
  std::optional<double> cap_s{};  ///< the longest that a batch may take
  double launch_s = 0;            ///< a launch runs batches for so long, …
  std::uint64_t batches = 1;      ///< … and so many at least
  /// So many rounds of a group are measured again where something disturbed
  /// them.
  std::size_t rounds_again = 0;
};

/// What a launch of the screening, the race or a grid does by `plan`.
BatchGoal GoalOf(const GroupPlan& plan);

/// The group of `keys`, which differ in their splits alone, on `machine`.
/// `rows` tell of a command whether its launches have phases.
SearchGroup PlannedGroup(std::span<const Key> keys, const GroupPlan& plan,
                         const Machine& machine, std::span<const Row> rows);

/// Of `rows` the last attempt at each launch of `keys`. `kept` tells of other
/// measurements of them, whose workers lived on.
struct KnownLaunches {
  std::vector<Row> rows;
  bool kept = false;
  std::vector<Split> skipped{};  ///< rows say that they were left out
};
KnownLaunches FindKnownLaunches(std::span<const Key> keys,
                                std::span<const Row> rows);

/// Whether `rows` hold all launches of the group.
bool IsGroupDone(std::span<const Key> keys, const GroupPlan& plan,
                 const Machine& machine, std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_MEASURE_GROUP_PLAN_H_
