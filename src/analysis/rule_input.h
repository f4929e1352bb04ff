#ifndef HYBRID_ANALYSIS_RULE_INPUT_H_
#define HYBRID_ANALYSIS_RULE_INPUT_H_

#include <optional>

#include "analysis/group_key.h"
#include "analysis/recorded_ceilings.h"
#include "analysis/split_result.h"

namespace hybrid {

/// What the rules look at. They are pure functions; one whose evidence is
/// absent finds nothing.
struct RuleInput {
  const SplitResult& split;   // why is this slower
  const SplitResult* single;  // 1×1, if it was measured
  const SplitResult& best;    // than this
  const RecordedCeilings& ceilings;
  const GroupKey& key;
};

/// Whether the split's threads outnumber the usable cores.
bool HasTooManyThreads(const RuleInput& input, const SplitResult& split);

/// Its threads that can run at once.
double CoresUsedBy(const RuleInput& input, const SplitResult& split);

/// Tasks per second that one thread does while its worker operates: load and
/// idle time left out.
std::optional<double> OperateRate(const SplitResult& split);

/// What `loss` says of the split over what it says of the best, since what
/// both have doesn't tell them apart. At least 1.
template <typename Loss>
double Relative(const RuleInput& input, Loss loss) {
  const double own = loss(input.split);
  const double of_best = loss(input.best);
  return own > of_best && of_best > 0 ? own / of_best : 1;
}

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_RULE_INPUT_H_
