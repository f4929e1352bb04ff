#ifndef HYBRID_PREDICTION_POLICY_H_
#define HYBRID_PREDICTION_POLICY_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "analysis/advice.h"
#include "analysis/group_key.h"
#include "key/key.h"
#include "prediction/grid.h"
#include "prediction/left_out.h"
#include "prediction/task_size.h"

namespace hybrid {

/// What a policy knows of one n and batch.
struct PolicyPoint {
  TaskSize size;
  Split split;                    ///< the one to use
  std::optional<double> seconds;  ///< its time per batch, if it completed
  bool measured = false;          ///< else predicted
};

/// The split to use in a rectangle of sizes.
struct PolicyRule {
  MeasuredRange n;
  MeasuredRange batch;
  Split split;
};

/// The largest batch of a rule without a bound.
inline constexpr std::uint64_t kAnyBatch =
    std::numeric_limits<std::uint64_t>::max();

/// Which split to use for which n and batch, for programs to look up.
struct Policy {
  /// What all sizes have in common; its n, batch and split mean nothing.
  GroupKey key;
  std::string machine_id;               ///< empty if not recorded
  std::vector<std::string> conditions;  ///< Way::conditions
  std::string days;  ///< of measuring, "2026-11-22" or "… to …"
  MeasuredRange n;   ///< no other is answered
  LeftOut left_out;
  /// How many splits were not run at some size (Grid::not_run), so that they
  /// are neither chosen nor predicted there.
  std::size_t not_run = 0;
  /// Each n with each batch, by batch, where its split is known.
  std::vector<PolicyPoint> points;
  /// They do not overlap, and hold every point.
  std::vector<PolicyRule> rules;

  /// The rule for a size; null if nothing is known of it.
  const PolicyRule* Find(const TaskSize& size) const;
};

/// The policy that `grid` makes. All measured n go with all measured batches;
/// sizes that were not measured, or whose best is not known, are predicted
/// where they can be. Of ties the split that others have in common is taken
/// (FewestRules). Between two neighbours with different splits the boundary is
/// their geometric mean, in n and, among batches that tell of each other, in
/// the batch; beyond the largest of those nothing changes. Throws
/// PredictionError where there is no choice, and for more sizes than a policy
/// is for.
Policy MakePolicy(const Grid& grid);

}  // namespace hybrid

#endif  // HYBRID_PREDICTION_POLICY_H_
