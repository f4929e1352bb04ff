#ifndef HYBRID_ANALYSIS_RULES_HOSTS_H_
#define HYBRID_ANALYSIS_RULES_HOSTS_H_

#include <optional>

#include "analysis/finding.h"
#include "analysis/rule_input.h"

namespace hybrid {

// Rules about what hosts cost a batch that is spread over several. That one is
// idle while others work is Imbalance's, over the workers of all.

/// Share of wall time that workers wait for tasks, or for the way to their host
/// and back, from which it is worth a name.
inline constexpr double kHostsWait = 0.05;

/// One of the hosts is a slow one, so that all of them together do less than as
/// many like the others would. Only of all hosts that were looked at: which of
/// them are fewer is not known.
std::optional<Finding> SlowerHost(const RuleInput& input);

/// The workers of the slowest host waited for tasks that were still to come: a
/// range ended before the next one was there.
std::optional<Finding> Starved(const RuleInput& input);

/// Opening the gate of the slowest host and reading its report took a share of
/// the time that is worth a name.
std::optional<Finding> FarHosts(const RuleInput& input);

/// The split, which is the best and spread over several hosts, would lose to
/// the best of one host if its agents and workers were started for one batch.
std::optional<Finding> AgentsNotRepaid(const RuleInput& input);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_RULES_HOSTS_H_
