#ifndef HYBRID_ANALYSIS_RULE_INPUT_H_
#define HYBRID_ANALYSIS_RULE_INPUT_H_

#include <cstdint>
#include <optional>
#include <span>

#include "analysis/group_key.h"
#include "analysis/recorded_ceilings.h"
#include "analysis/recorded_hosts.h"
#include "analysis/split_result.h"

namespace hybrid {

/// What a rule looks at to say why a split is slower than the best. A rule is a
/// pure function that finds nothing where its evidence is absent.
struct RuleInput {
  const SplitResult& split;          ///< the one that is slower
  const SplitResult* single;         ///< 1×1; null if it can't be ranked
  const SplitResult& best;           ///< of the group
  const RecordedCeilings& ceilings;  ///< of the machine
  const GroupKey& key;               ///< of the group
  /// The fastest split of one host; null if none can be ranked.
  const SplitResult* one_host = nullptr;
  std::span<const RecordedHost> hosts{};  ///< all that were looked at
};

/// The usable cores of all hosts of `split`; 0 if that is not known.
double CoreCount(const RuleInput& input, const SplitResult& split);

/// The split as it ran: with ThreadsAtWork for its blas_threads.
Split SplitAtWork(const SplitResult& split);

/// Whether the split's threads outnumber the usable cores of its hosts.
bool HasTooManyThreads(const RuleInput& input, const SplitResult& split);

/// The threads of `split` that were at work at once: no more than there are
/// usable cores on its hosts.
double CoresUsedBy(const RuleInput& input, const SplitResult& split);

/// Tasks per second that one thread of `split` does while its worker operates:
/// load and idle time left out. Nothing if its rate or its share is missing.
std::optional<double> OperateRate(const SplitResult& split);

/// What `loss`, a factor of the time per task, is for the split over what it is
/// for the best, since what both lose doesn't tell them apart. At least 1.
template <typename Loss>
double LossOverBest(const RuleInput& input, Loss loss) {
  const double own = loss(input.split);
  const double of_best = loss(input.best);
  return own > of_best && of_best > 0 ? own / of_best : 1;
}

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_RULE_INPUT_H_
